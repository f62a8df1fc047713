import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('the hardening of the window in real Electron', 'electron', electron);

/** Ways for a page to go elsewhere; each is tried as a location, as a link and as a form. */
const ELSEWHERE = [
  'https://example.com/',
  'http://127.0.0.1:9/',
  'http://localhost/',
  'https://www.kraken.com.evil.example/',
  '//example.com/',
  'javascript:document.body.remove()',
  'data:text/html,<h1>other</h1>',
  'data:text/html;base64,PGgxPm90aGVyPC9oMT4=',
  'file:///etc/passwd',
  'file:///',
  'blob:app://master-trader/0',
  'chrome://gpu/',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://master-trader/index.html',
  'app://bundle/index.html',
  'app://master-trader.evil/index.html',
  'ftp://example.com/',
  'mailto:a@example.com',
  'ms-settings:privacy',
  'smb://server/share',
];

type PageWorld = { marker?: string; violations?: string[] };

describe.skipIf(absent)('the window, hardened', () => {
  const folder = tempFolder('mt-hardening');
  let running: RunningApp;
  const windows = (): Promise<number> =>
    askMain(running.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

  beforeAll(async () => {
    running = await startApp('path' in electron ? electron.path : '', folder.path);
    await running.page.evaluate(() => {
      const world = globalThis as unknown as PageWorld;
      world.marker = 'still the same page';
      world.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        world.violations?.push(event.effectiveDirective);
      });
    });
  });
  afterAll(async () => {
    await running?.quit();
    stopScreen();
    folder.remove();
  });
  const samePage = (): Promise<boolean> =>
    running.page.evaluate(() => (globalThis as unknown as PageWorld).marker === 'still the same page');

  it('[checklist 2] [checklist 20] gives the page exactly three functions, and nothing behind them', async () => {
    const walked = await running.page.evaluate(() => {
      const bridge = (globalThis as unknown as { mt: object }).mt;
      const names: string[] = [];
      const walk = (value: unknown, path: string, depth: number): void => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || depth > 4) return;
        for (const key of Reflect.ownKeys(value)) {
          if (
            typeof value === 'function' &&
            ['length', 'name', 'prototype', 'arguments', 'caller'].includes(String(key))
          )
            continue;
          names.push(`${path}.${String(key)}: ${typeof (value as Record<PropertyKey, unknown>)[key]}`);
          walk((value as Record<PropertyKey, unknown>)[key], `${path}.${String(key)}`, depth + 1);
        }
      };
      walk(bridge, 'mt', 0);
      const world = globalThis as unknown as Record<string, unknown>;
      const node = ['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname'];
      return { names: names.toSorted(), node: node.filter((name) => name in world), frozen: Object.isFrozen(bridge) };
    });
    expect(walked).toMatchObject({
      names: ['mt.onFrame: function', 'mt.pathOf: function', 'mt.send: function'],
      node: [],
    });
  });

  it('[checklist 3] [checklist 20] keeps the bridge whole when the page changes the language under it, and tells it no event', async () => {
    const heard = await running.page.evaluate(async () => {
      const { mt } = globalThis as unknown as {
        mt: { send(frame: unknown): void; onFrame(listener: (...all: unknown[]) => void): () => void };
      };
      const [push, call] = [Array.prototype.push, Function.prototype.call];
      const stolen: unknown[] = [];
      const answer = new Promise<unknown[]>((done) => {
        const off = mt.onFrame((...all) => {
          if ((all[0] as { readonly id?: unknown }).id !== 987_654) return;
          off();
          done(all);
        });
      });
      // In the page's own world, and only for the moment in which it speaks.
      Reflect.set(Array.prototype, 'push', (...items: unknown[]) => {
        stolen[stolen.length] = items;
        return 0;
      });
      Reflect.set(Function.prototype, 'call', function steal(this: unknown) {
        stolen[stolen.length] = this;
      });
      mt.send({ t: 'call', id: 987_654, name: 'engine.status', input: {} });
      Reflect.set(Array.prototype, 'push', push);
      Reflect.set(Function.prototype, 'call', call);
      const all = await answer;
      const kinds = Object.keys(all[0] as object).toSorted();
      const reached = stolen.some((one) => String(one).includes('ipcRenderer'));
      return { count: all.length, kinds, reached };
    });
    expect(heard).toEqual({ count: 1, kinds: ['id', 'output', 't'], reached: false });
  });

  it('[checklist 1] [checklist 18] reaches nothing outside: no address of the net and no file', async () => {
    const reached = await running.page.evaluate(async () => {
      const found: string[] = [];
      for (const url of [
        'http://127.0.0.1:9/',
        'https://example.com/',
        'file:///etc/passwd',
        'app://bundle/index.html',
        'app://master-trader/../../package.json',
        'app://master-trader/..%2f..%2fpackage.json',
        'app://master-trader/%2e%2e/%2e%2e/package.json',
        'app://master-trader/..%5c..%5cpackage.json',
        'app://master-trader//etc/passwd',
      ]) {
        const got = await fetch(url).then(
          (response) => response.ok,
          () => false,
        );
        if (got) found.push(url);
      }
      const open = (url: string): Promise<string> =>
        new Promise((done) => {
          try {
            const socket = new WebSocket(url);
            socket.addEventListener('open', () => done('open'));
            socket.addEventListener('error', () => done('refused'));
          } catch {
            done('refused');
          }
        });
      if ((await open('ws://127.0.0.1:9/')) !== 'refused') found.push('ws');
      return found;
    });
    expect(reached).toEqual([]);
  });

  it('[checklist 6] [checklist 7] [checklist 8] breaks the policy of the page in none of nine ways without being stopped and reported', async () => {
    const seen = await running.page.evaluate(async () => {
      const world = globalThis as unknown as PageWorld & { ran?: string[] };
      world.ran = [];
      world.violations = [];
      const attempt = async (what: string, act: () => unknown): Promise<readonly [string, readonly string[]]> => {
        world.violations = [];
        // From a timer, because what a debugger evaluates is excused from the policy.
        await new Promise<void>((done) =>
          setTimeout(() => {
            try {
              act();
            } catch {
              // Refused on the spot is as good.
            }
            setTimeout(done, 400);
          }, 0),
        );
        return [what, [...new Set(world.violations)].toSorted()];
      };
      const put = (tag: string, fields: Record<string, string>): HTMLElement => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(fields)) element.setAttribute(name, value);
        document.body.append(element);
        return element;
      };
      const tried = [
        await attempt('inline script', () => {
          put('script', {}).append('globalThis.ran.push("inline")');
        }),
        await attempt('eval', () => Reflect.get(globalThis, 'eval')('globalThis.ran.push("eval")')),
        await attempt('remote script', () => put('script', { src: 'https://example.com/x.js' })),
        await attempt('remote image', () => put('img', { src: 'https://example.com/x.png' })),
        await attempt('remote style', () => put('link', { rel: 'stylesheet', href: 'https://example.com/x.css' })),
        await attempt('fetch', () => void fetch('https://example.com/').catch(() => undefined)),
        await attempt('frame', () => put('iframe', { src: 'https://example.com/' })),
        await attempt('form', () =>
          (put('form', { action: 'https://example.com/', method: 'post' }) as HTMLFormElement).submit(),
        ),
        await attempt('markup as text', () => {
          document.createElement('div').innerHTML = '<img src=x>';
        }),
        await attempt('style attribute', () => put('p', { style: 'color: red' })),
        await attempt('base', () => put('base', { href: 'https://example.com/' })),
      ];
      return { tried: Object.fromEntries(tried), ran: world.ran };
    });
    expect(seen.ran).toEqual([]);
    const { tried } = seen;
    expect(tried['inline script']).toEqual(expect.arrayContaining([expect.stringMatching(/script|trusted/)]));
    expect(tried['eval']).toEqual(expect.arrayContaining([expect.stringMatching(/script|trusted/)]));
    expect(tried['remote script']?.join()).toMatch(/script-src|trusted/);
    expect(tried['remote image']).toEqual(['img-src']);
    expect(tried['remote style']).toEqual(['style-src-elem']);
    expect(tried['fetch']).toEqual(['connect-src']);
    expect(tried['frame']).toEqual(['frame-src']);
    expect(tried['form']).toEqual(['form-action']);
    expect(tried['markup as text']?.join()).toMatch(/trusted-types/);
    expect(tried['style attribute']).toEqual(['style-src-attr']);
    expect(tried['base']).toEqual(['base-uri']);
  });

  it('[checklist 11] [checklist 12] makes no webview', async () => {
    const webview = await running.page.evaluate(async () => {
      const element = document.createElement('webview');
      element.setAttribute('src', 'https://example.com/');
      document.body.append(element);
      await new Promise((done) => setTimeout(done, 300));
      return { live: 'getWebContentsId' in element, frames: globalThis.frames.length };
    });
    expect(webview.live).toBe(false);
    expect(await askMain(running.app, ({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  it('[checklist 5] is refused what it may not do by the page’s own means', async () => {
    const states = await running.page.evaluate(async () => {
      const asked: Record<string, string> = {};
      for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'midi', 'clipboard-read']) {
        asked[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'refused',
        );
      }
      asked['media'] = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'refused',
      );
      return asked;
    });
    expect(Object.entries(states).filter(([, state]) => state === 'granted')).toEqual([]);
    expect(states['geolocation']).toBe('denied');
  });

  // Last, because a driver waits for navigations that it saw begin and that never come.
  it('[checklist 14] opens no second window by script, by link or by the middle button', async () => {
    const { page } = running;
    const opened = await page.evaluate(
      (addresses) => addresses.map((url) => globalThis.open(url, '_blank', 'popup') === null),
      ELSEWHERE,
    );
    expect(opened).toEqual(ELSEWHERE.map(() => true));
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      link.target = '_blank';
      link.id = 'outside-link';
      link.append('outside');
      // Above everything else, so that the mouse meets it.
      const box = document.createElement('dialog');
      box.append(link);
      document.body.append(box);
      box.showModal();
    });
    const at = await page.evaluate(() => {
      const box = document.getElementById('outside-link')?.getBoundingClientRect();
      return { x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 };
    });
    await page.mouse.click(at.x, at.y);
    await page.mouse.click(at.x, at.y, { button: 'middle' });
    for (const key of ['Control', 'Shift'] as const) {
      await page.keyboard.down(key);
      await page.mouse.click(at.x, at.y);
      await page.keyboard.up(key);
    }
    await page.waitForTimeout(300);
    expect(await windows()).toBe(1);
    expect(await samePage()).toBe(true);
  });

  it('[checklist 13] stays on its page, wherever a script sends it', async () => {
    const { page } = running;
    const before = page.url();
    for (const url of ELSEWHERE) {
      await page.evaluate((address) => {
        setTimeout(() => {
          try {
            location.href = address;
          } catch {
            // An address that cannot even be parsed.
          }
        }, 0);
      }, url);
      await page.waitForTimeout(60);
      expect(page.url(), url).toBe(before);
      expect(await samePage(), url).toBe(true);
    }
    expect(await windows()).toBe(1);
  });

  it.each(['about:blank', 'about:srcdoc'])(
    '[checklist 13] is brought back from %s, which no event can prevent',
    async (address) => {
      const { page } = running;
      await page.evaluate((url) => {
        setTimeout(() => {
          location.href = url;
        }, 0);
      }, address);
      await page.waitForTimeout(100);
      const shown = (): Promise<string> =>
        askMain(running.app, ({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          return `${contents?.getURL()} ${contents?.getTitle()}`;
        });
      await expect.poll(shown).toBe('app://master-trader/index.html Master Trader');
    },
  );
});
