import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import type { Announcement } from '#host/alerts/open-alerts.ts';
import type { EngineStatus, SealedStatus } from '#shared/contract/engine.ts';
import type { Language } from '#shared/i18n/create-i18n.ts';
import { withScreen } from '../../../src/main/deep-link.ts';
import { createNotifier, type NoteOptions } from '../../../src/main/notify.ts';
import { autostartFolder, setAutostartEntry } from '../../../src/main/start-at-login.ts';
import { createStayAwake } from '../../../src/main/stay-awake.ts';
import { TRAY_STATES, trayIcon, trayState } from '../../../src/main/tray-state.ts';
import { trayIsShown } from '../../../src/main/tray-watcher.ts';
import { wordsIn } from '../../../src/main/words.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ICONS = resolve(import.meta.dirname, '../../../resources/icons');
const SIGNATURE_AND_HEADER = 33;

/** The pixels of a PNG as our own script writes it: eight bits, transparency, rows without a filter. */
function pixelsOf(name: string): { readonly size: number; readonly alpha: readonly number[]; readonly all: Buffer } {
  const png = readFileSync(join(ICONS, name));
  const size = png.readUInt32BE(16);
  const rows = inflateSync(
    png.subarray(SIGNATURE_AND_HEADER + 8, SIGNATURE_AND_HEADER + 8 + png.readUInt32BE(SIGNATURE_AND_HEADER)),
  );
  const all = Buffer.concat(
    Array.from({ length: size }, (_, row) => rows.subarray(row * (size * 4 + 1) + 1, (row + 1) * (size * 4 + 1))),
  );
  return { size, all, alpha: Array.from({ length: size * size }, (_, index) => all[index * 4 + 3] ?? 0) };
}

type Drawing = {
  readonly FILES: readonly {
    readonly name: string;
    readonly state: string;
    readonly size: number;
    readonly template: boolean;
  }[];
  readonly drawState: (state: string, size: number, template: boolean) => Buffer;
};

describe('the icons of the tray', () => {
  it('are what the script draws, in every size', async () => {
    const script = '../../../scripts/tray-icons.mjs';
    const { FILES, drawState } = (await import(script)) as Drawing;
    expect(FILES).toHaveLength(TRAY_STATES.length * 4);
    for (const { name, state, size, template } of FILES) {
      const { all, size: found } = pixelsOf(name);
      expect(found, name).toBe(size);
      expect(all.equals(drawState(state, size, template)), name).toBe(true);
    }
  });

  it('differ by shape alone: without any colour no two are alike', () => {
    const solid = TRAY_STATES.map((state) =>
      pixelsOf(trayIcon(state, 'darwin')).alpha.map((alpha) => (alpha > 127 ? 1 : 0)),
    );
    solid.forEach((one, index) =>
      solid.slice(index + 1).forEach((other, later) => {
        const different = one.filter((bit, at) => bit !== other[at]).length;
        expect(different, `${TRAY_STATES[index]} and ${TRAY_STATES[index + 1 + later]}`).toBeGreaterThan(12);
      }),
    );
  });
});

const open = {
  tradingState: 'active',
  agentsRunning: 0,
  environment: 'simulated',
  journal: { writable: true },
  livePrices: null,
} as EngineStatus;
const locked = { sealed: 'locked', tradingState: 'unknown' } as SealedStatus;

describe('the state of the tray', () => {
  it.each([
    ['idle', open, 0],
    ['running', { ...open, agentsRunning: 2 }, 0],
    ['live', { ...open, agentsRunning: 1, environment: 'live' }, 0],
    ['approval', { ...open, agentsRunning: 1 }, 1],
    ['offline', { ...open, journal: { ...open.journal, writable: false } }, 0],
    ['offline', { ...open, livePrices: { environment: 'paper', label: 'x', trouble: 'quiet' } }, 0],
    ['offline', locked, 0],
    ['halted', { ...locked, tradingState: 'halted' }, 0],
    ['halted', { ...open, tradingState: 'halted' }, 3],
  ] as const)('is %s', (state, status, approvals) => {
    expect(trayState(status as EngineStatus, approvals)).toBe(state);
    expect(existsSync(join(ICONS, trayIcon(state, 'linux')))).toBe(true);
  });
});

describe('whether a tray is shown', () => {
  it('is asked of the desktop on Linux, by whichever tool there is, and no where nobody answers', async () => {
    const asked: string[] = [];
    const says = (answers: { readonly [command: string]: string }) => (command: string) => {
      asked.push(command);
      const answer = answers[command];
      return answer === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(answer);
    };
    expect(await trayIsShown('linux', says({ gdbus: '(true,)' }))).toBe(true);
    expect(await trayIsShown('linux', says({ gdbus: '(false,)' }))).toBe(false);
    expect(await trayIsShown('linux', says({ 'dbus-send': '   boolean true' }))).toBe(true);
    expect(await trayIsShown('linux', says({}))).toBe(false);
    expect(asked).toEqual(['gdbus', 'gdbus', 'gdbus', 'dbus-send', 'gdbus', 'dbus-send']);
    expect(await trayIsShown('darwin', says({}))).toBe(true);
  });
});

describe('starting at login on Linux', () => {
  it('writes an entry of ours, removes it again, and leaves one of another program alone', () => {
    const folder = tempFolder('mt-autostart');
    try {
      const autostart = autostartFolder({ XDG_CONFIG_HOME: folder.path }, '/home/somebody');
      const path = join(autostart, 'master-trader.desktop');
      setAutostartEntry(autostart, false, ['/opt/app']);
      expect(existsSync(autostart)).toBe(false);
      setAutostartEntry(autostart, true, ['/opt/my "app"', '--home', '/data/100% $me']);
      expect(readFileSync(path, 'utf8')).toContain('Exec="/opt/my \\\\"app\\\\"" "--home" "/data/100%% \\\\$me"\n');
      setAutostartEntry(autostart, false, []);
      expect(existsSync(path)).toBe(false);
      mkdirSync(autostart, { recursive: true });
      writeFileSync(path, '[Desktop Entry]\nName=Something else\n');
      setAutostartEntry(autostart, false, []);
      expect(existsSync(path)).toBe(true);
      expect(() => setAutostartEntry(autostart, true, ['/opt/app'])).toThrow(/another program/);
    } finally {
      folder.remove();
    }
    expect(autostartFolder({ XDG_CONFIG_HOME: 'relative' }, '/home/somebody')).toBe('/home/somebody/.config/autostart');
  });
});

const announced = (part: Partial<Announcement['alert']> = {}, tell = true): Announcement => ({
  tell,
  alert: {
    id: 1,
    kind: 'agent_ended',
    urgency: 'low',
    environment: 'simulated',
    at: unixMs(1),
    lastAt: unixMs(1),
    count: 1,
    text: '−12.40 USDT: A-7 has ended',
    hidden: '•••: A-7 has ended',
    link: '/agents/A-7',
    read: false,
    heldBack: null,
    ...part,
  },
});

describe('notifications of the desktop', () => {
  type Made = { readonly options: NoteOptions; readonly heard: Map<string, (...args: readonly unknown[]) => void> };
  const notifier = (
    given: {
      readonly locked?: boolean;
      readonly inFront?: boolean;
      readonly supported?: boolean;
      readonly language?: Language;
    } = {},
  ) => {
    const made: Made[] = [];
    const opened: string[] = [];
    const failed: string[] = [];
    const notify = createNotifier({
      supported: () => given.supported ?? true,
      locked: () => Promise.resolve(given.locked ?? false),
      inFront: () => given.inFront ?? false,
      open: (link) => opened.push(link),
      words: () => wordsIn(given.language ?? 'en'),
      onFailed: (why) => failed.push(why),
      make(options) {
        const heard: Made['heard'] = new Map();
        made.push({ options, heard });
        return {
          show: () => undefined,
          on: (event: string, listener: (...args: readonly never[]) => void) => heard.set(event, listener as never),
        };
      },
    });
    return { notify, made, opened, failed };
  };

  it('say no amount to whoever stands before a locked screen', async () => {
    const shut = notifier({ locked: true });
    await shut.notify(announced());
    expect(shut.made[0]?.options.body).toBe('•••: A-7 has ended');
    const swahili = notifier({ locked: true, language: 'sw' });
    await swahili.notify(announced({ hidden: '••• (+0.80\u00a0R): A-7 on BTC/USDT has ended. trend over' }));
    expect(swahili.made[0]?.options).toMatchObject({
      title: 'Wakala amemaliza',
      body: expect.stringMatching(/^••• \(\+0\.80.R\): A-7 kwenye BTC\/USDT amemaliza/),
    });
    const free = notifier();
    await free.notify(announced());
    expect(free.made[0]?.options).toMatchObject({
      title: 'Agent ended',
      body: '−12.40 USDT: A-7 has ended',
      silent: true,
    });
  });

  it('lead to what they are about, and tell when the desktop refuses them', async () => {
    const { notify, made, opened, failed } = notifier();
    await notify(announced());
    made[0]?.heard.get('click')?.();
    made[0]?.heard.get('failed')?.({}, 'not signed');
    expect(opened).toEqual(['/agents/A-7']);
    expect(failed).toEqual(['not signed']);
    const without = notifier({ supported: false });
    await without.notify(announced());
    expect(without.failed).toEqual(['this desktop shows no notifications']);
  });

  it('repeat nothing that the window in front shows, unless it is critical, and nothing that was held back', async () => {
    const { notify, made } = notifier({ inFront: true });
    await notify(announced());
    await notify(announced({}, false));
    expect(made).toHaveLength(0);
    await notify(announced({ kind: 'kill_done', urgency: 'critical' }));
    expect(made[0]?.options).toMatchObject({ urgency: 'critical', silent: false, timeoutType: 'never' });
  });
});

describe('keeping the machine awake', () => {
  it('lasts as long as agents trade live prices, locked or not, and no longer', () => {
    const held = new Set<number>();
    let next = 0;
    const awake = createStayAwake({
      start: () => {
        next += 1;
        held.add(next);
        return next;
      },
      stop: (id) => held.delete(id),
    });
    const paper = {
      ...open,
      agentsRunning: 1,
      livePrices: { environment: 'paper', label: 'x', trouble: null },
    } as EngineStatus;
    awake.look({ ...open, agentsRunning: 3 });
    expect(held.size).toBe(0);
    awake.look(paper);
    awake.look(paper);
    expect(held.size).toBe(1);
    awake.look(locked);
    expect(held.size).toBe(1);
    awake.look(open);
    expect(held.size).toBe(0);
    awake.look(paper);
    awake.stop();
    expect(held.size).toBe(0);
  });
});

describe('the way into a screen', () => {
  it('stays on our own page, whatever it is given', () => {
    const page = 'app://master-trader/index.html?shapes#/market';
    expect(withScreen(page, '/agents/A-1f2e')).toBe('app://master-trader/index.html?shapes#/agents/A-1f2e');
    for (const link of ['https://example.com', '//example.com', 'javascript:alert(1)', '/a b', '', '/../x?y#z'])
      expect(withScreen(page, link)).toBe('app://master-trader/index.html?shapes#/');
  });
});
