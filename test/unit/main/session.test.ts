import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../architecture/source-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { createFakeElectron } from './fake-electron.ts';

const fake = createFakeElectron();
vi.doMock('electron', () => fake.electron);
const { createSession, denyNavigation, refuseUnsafeSwitches } = await import('../../../src/main/harden.ts');
const { createSpoken } = await import('../../../src/main/spoken.ts');
const { UNSAFE_SWITCHES } = await import('../../../src/main/unsafe-switches.ts');
const { state } = fake;
const downloads = tempFolder('mt-downloads');
state.downloads = join(downloads.path, 'Downloads');
afterAll(() => downloads.remove());

/** Every permission that the installed Electron can name, from its own typings. */
const permissionNames = (): readonly string[] => {
  const typings = readFileSync(join(ROOT, 'node_modules/electron/electron.d.ts'), 'utf8');
  const named = [...typings.matchAll(/setPermission(?:Request|Check)Handler\(.*?permission: ([^,]+),/g)].flatMap(
    ([, union = '']) => [...union.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
  );
  return [...new Set(named)];
};

const STRANGERS = [
  'http://127.0.0.1:9/',
  'https://example.com/',
  'ws://127.0.0.1:1/',
  'wss://example.com/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'data:text/html,x',
  'blob:app://master-trader/1',
  'about:blank',
  'chrome://gpu/',
  'javascript:alert(1)',
  'app://bundle/index.html',
  'app://master-trader.example/',
  'app://master-trader:81/',
  'app://user@master-trader/',
  'app:master-trader',
  'APP://x',
  'devtools:evil',
  '',
  'not an address',
];

describe('the session of the page', () => {
  beforeAll(() => {
    createSession(createSpoken(() => 'en-US'));
  });
  const ask = (url: string): unknown => {
    let answer: unknown;
    state.handlers['beforeRequest']?.({ url }, (given: unknown) => {
      answer = given;
    });
    return answer;
  };

  it('[checklist 1] lets the page load itself and cancels every other request', () => {
    for (const own of ['app://master-trader/', 'app://master-trader/assets/a.js?x#y', 'devtools://devtools/bundled/x'])
      expect(ask(own), own).toEqual({ cancel: false });
    for (const url of STRANGERS) expect(ask(url), url).toEqual({ cancel: true });
  });

  it('[checklist 5] grants one permission of all that Electron knows, when asked and when looked up, and no device', () => {
    const names = permissionNames();
    expect(names.length).toBeGreaterThan(40);
    expect(names).toContain('geolocation');
    const granted = { request: [] as string[], check: [] as string[] };
    for (const name of [...names, 'a permission of tomorrow', '', 'constructor', '__proto__']) {
      state.handlers['request']?.({}, name, (given: boolean) => given && granted.request.push(name), {});
      if (state.handlers['check']?.(null, name, 'app://master-trader', {}) === true) granted.check.push(name);
    }
    expect(granted).toEqual({ request: ['clipboard-sanitized-write'], check: ['clipboard-sanitized-write'] });
    expect(state.handlers['device']?.({ deviceType: 'usb' })).toBe(false);
    let streams: unknown;
    state.handlers['displayMedia']?.({}, (given: unknown) => {
      streams = given;
    });
    expect(streams).toEqual({});
  });

  it('lives in memory', () => {
    expect(state.partitions.every((name) => name === 'mt' && !name.startsWith('persist:'))).toBe(true);
  });

  /** What comes of a download: the path that it is given, or nothing when it is stopped. */
  const save = (address: string, name: string, end = 'completed'): string | undefined => {
    let path: string | undefined;
    let stopped = false;
    const done: ((event: unknown, state: string) => void)[] = [];
    const item = {
      getURL: () => address,
      getFilename: () => name,
      setSavePath: (to: string) => void (path = to),
      once: (_event: string, listener: (event: unknown, state: string) => void) => void done.push(listener),
    };
    fake.ownSession.emit('will-download', { preventDefault: () => (stopped = true) }, item);
    if (path !== undefined) writeFileSync(path, name);
    for (const listener of done) listener({}, end);
    expect(stopped).toBe(path === undefined);
    return path;
  };
  const OWN = 'blob:app://master-trader/0b1e';

  it('saves a table that the page made among the downloads, and over nothing', () => {
    expect(save(OWN, 'fills-simulated.csv')).toBe(join(downloads.path, 'Downloads', 'fills-simulated.csv'));
    expect(save(OWN, 'fills-simulated.csv')).toBe(join(downloads.path, 'Downloads', 'fills-simulated (2).csv'));
    expect(save(OWN, 'fills-simulated.csv')).toBe(join(downloads.path, 'Downloads', 'fills-simulated (3).csv'));
    expect(save(OWN, 'diagnostics.json')).toBe(join(downloads.path, 'Downloads', 'diagnostics.json'));
    expect(state.errorBoxes).toEqual([]);
  });

  it('saves the report of a run or a measurement of the Lab, and no other page', () => {
    for (const name of ['B-0123456789ab.html', 'M-0123456789ab.html', 'B-0123456789ab-trades.csv'])
      expect(save(OWN, name), name).toBe(join(downloads.path, 'Downloads', name));
    for (const name of ['B-0123.html', 'x-0123456789ab.html', 'B-0123456789ab.html.sh', 'B-0123456789ab.htm'])
      expect(save(OWN, name), name).toBeUndefined();
  });

  it('says when a file could not be saved', async () => {
    save(OWN, 'orders.csv', 'interrupted');
    await expect.poll(() => state.errorBoxes).toEqual([expect.stringContaining('orders.csv could not be saved in')]);
  });

  it('saves no other kind of file, none with a way in its name, and none from elsewhere', () => {
    for (const name of [
      'x.sh',
      'x.html',
      'x.desktop',
      'x',
      '.x.csv',
      '../x.csv',
      'a/x.csv',
      'x.csv.exe',
      'x.csv\n',
      '',
    ])
      expect(save(OWN, name), name).toBeUndefined();
    for (const address of [
      ...STRANGERS,
      'blob:https://example.com/1',
      'blob:app://master-trader.example/1',
      'blob:null/1',
    ])
      if (!address.startsWith('blob:app://master-trader/')) expect(save(address, 'x.csv'), address).toBeUndefined();
  });
});

describe('every page there will ever be', () => {
  const page = fake.contents();
  denyNavigation(createSpoken(() => 'en-US'));
  fake.electron.app.emit('web-contents-created', {}, page);

  it('[checklist 11] [checklist 12] is refused a webview', () => {
    let prevented = false;
    expect(page.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {})).toBe(1);
    expect(prevented).toBe(true);
  });

  it('[checklist 13] stays where it is: navigation, redirection and frames go to no other origin', () => {
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of STRANGERS) {
        let prevented = false;
        expect(page.emit(name, { url, preventDefault: () => (prevented = true) })).toBe(1);
        expect(prevented, `${name} ${url}`).toBe(true);
      }
      let stopped = false;
      page.emit(name, { url: 'app://master-trader/index.html#/lab', preventDefault: () => (stopped = true) });
      expect(stopped).toBe(false);
    }
  });

  it('[checklist 13] is shown again when it has come to be somewhere else all the same', () => {
    page.emit('did-navigate', {}, 'app://master-trader/index.html');
    expect(page.loaded).toEqual([]);
    page.emit('did-navigate', {}, 'about:blank');
    page.emit('did-fail-load', {}, -3, '', 'https://example.com/', false);
    page.emit('did-fail-load', {}, -6, '', 'app://master-trader/index.html', true);
    expect(page.loaded).toEqual(['app://master-trader/index.html']);
    page.emit('did-fail-load', {}, -300, '', 'about:srcdoc', true);
    expect(page.loaded).toHaveLength(2);
  });

  it('[checklist 14] gets no window, whatever it asks for', () => {
    for (const url of [...STRANGERS, 'https://www.kraken.com/', 'app://master-trader/index.html'])
      expect(page.asksForWindow(url), url).toEqual({ action: 'deny' });
  });
});

describe('the command line', () => {
  it('[checklist 4] a packaged build ends at each switch that takes protection away, and only then', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    state.packaged = true;
    expect(refuseUnsafeSwitches()).toBe(false);
    for (const name of UNSAFE_SWITCHES) {
      state.switches = new Set(['disable-gpu', name]);
      expect(refuseUnsafeSwitches(), name).toBe(true);
    }
    expect(state.exits).toEqual(UNSAFE_SWITCHES.map(() => 2));
    for (const named of ['no-sandbox', 'remote-debugging-port', 'disable-web-security', 'load-extension', 'js-flags'])
      expect(UNSAFE_SWITCHES).toContain(named);
    state.packaged = false;
    expect(refuseUnsafeSwitches()).toBe(false);
  });
});
