import { afterEach, describe, expect, it } from 'vitest';
import { type Announcement, createAlertDesk, type Raised } from '#core/alerts/alert-desk.ts';
import { MOST_A_MINUTE } from '#core/alerts/rate-cap.ts';
import type { AlertSettings } from '#core/alerts/types.ts';
import { isWithin } from '#core/domain/day-hours.ts';
import { unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import type { AlertStore } from '#core/ports/alert-store.ts';
import { openTestStorage, START } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MINUTE_MS = 60_000;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** The desk over a real database, at a time of day that the test chooses. */
function openDesk(settings: Partial<AlertSettings> = {}, minute = 12 * 60) {
  const folder = tempFolder('mt-alerts');
  closing.push(folder.remove);
  const storage = openTestStorage(folder.path);
  closing.push(() => storage.close());
  const clock = new TestClock(START);
  const heard: Announcement[] = [];
  const errors: unknown[] = [];
  const desk = createAlertDesk({
    store: storage.alerts,
    clock,
    settings: () => ({ muted: [], quietHours: null, ...settings }),
    minuteOfDay: () => minute,
    onAnnounce: (announcement) => heard.push(announcement),
    onError: (error) => errors.push(error),
  });
  const rows = (): ReturnType<AlertStore['list']> => storage.alerts.list({ limit: 500, unreadOnly: false });
  const pass = (ms: number): void => clock.advanceTo(unixMs(clock.now() + ms));
  return { desk, storage, clock, heard, errors, rows, pass, told: () => heard.filter(({ tell }) => tell) };
}

const failed = (about: number): Raised => ({
  kind: 'cycle_failed',
  facts: { cycle: about, why: 'a test' },
  environment: 'simulated',
  link: '/agents',
  about: String(about),
});
const killed: Raised = {
  kind: 'kill_done',
  facts: { verb: 'flatten', steps: 5, why: 'a test' },
  environment: null,
  link: '/alerts',
};

describe('the alert desk', () => {
  it('makes a row of everything, and tells six in a minute; the rest is one digest', () => {
    const { desk, rows, told, pass } = openDesk();
    for (let cycle = 1; cycle <= 20; cycle += 1) desk.raise(failed(cycle));
    expect(rows()).toHaveLength(20);
    expect(told()).toHaveLength(MOST_A_MINUTE);
    pass(MINUTE_MS);
    const digest = told().at(-1)?.alert;
    expect(digest).toMatchObject({ kind: 'digest', text: expect.stringMatching(/^14 more alerts/) });
    expect(rows()).toHaveLength(21);
    expect(rows().filter(({ heldBack }) => heldBack === 'too many')).toHaveLength(14);
    pass(MINUTE_MS);
    desk.raise(failed(21));
    expect(told().at(-1)?.alert.text).toMatch(/^Cycle 21/);
  });

  it('never holds back what is critical: not by the cap, quiet hours or muting', () => {
    const { desk, told } = openDesk({ muted: ['kill_done'], quietHours: { from: '00:00', to: '23:59' } });
    desk.raise(failed(1));
    expect(told()).toHaveLength(0);
    for (let time = 1; time <= 9; time += 1) desk.raise({ ...killed, about: String(time) });
    expect(told()).toHaveLength(9);
  });

  it('holds back a critical kind that was muted for what is no real money, and only there', () => {
    const { desk, told } = openDesk({ muted: ['risk_breached'] });
    const breached = (environment: 'simulated' | 'live', about: string): Raised => ({
      kind: 'risk_breached',
      facts: { fromPeak: '-0.02', act: 'halt', reason: 'a test' },
      environment,
      link: '/portfolio',
      about,
    });
    desk.raise(breached('simulated', '1'));
    expect(told()).toHaveLength(0);
    desk.raise(breached('live', '2'));
    expect(told()).toHaveLength(1);
  });

  it('keeps what was muted or is off here as read, and what came in quiet hours as unread', () => {
    const { desk, rows, storage } = openDesk({
      muted: ['disk_low'],
      quietHours: { from: '11:00', to: '13:00' },
    });
    desk.raise({ kind: 'disk_low', facts: { freeBytes: 1 }, environment: null, link: '/alerts' });
    desk.raise(failed(1));
    expect(rows().map(({ kind, heldBack, read }) => [kind, heldBack, read])).toEqual([
      ['cycle_failed', 'quiet hours', false],
      ['disk_low', 'muted', true],
    ]);
    expect(storage.alerts.unread()).toBe(1);
  });

  it('counts what comes again within half an hour and tells it anew after that', () => {
    const { desk, rows, told, pass } = openDesk();
    const low: Raised = { kind: 'disk_low', facts: { freeBytes: 1 }, environment: null, link: '/alerts' };
    for (let time = 0; time < 3; time += 1) {
      desk.raise(low);
      pass(10 * MINUTE_MS);
    }
    expect(rows()).toMatchObject([{ count: 3 }]);
    expect(told()).toHaveLength(1);
    pass(31 * MINUTE_MS);
    desk.raise(low);
    expect(rows()).toHaveLength(2);
    expect(told()).toHaveLength(2);
  });

  it('raises a single event once, however late it is read again', () => {
    const { desk, rows, pass } = openDesk();
    desk.raise({ ...failed(3), once: true });
    pass(24 * 60 * MINUTE_MS);
    expect(desk.raise({ ...failed(3), once: true })).toBeUndefined();
    expect(rows()).toHaveLength(1);
  });

  it('keeps the last five hundred, and what is critical and unread before them', () => {
    const { desk, rows } = openDesk();
    desk.raise(killed);
    for (let cycle = 1; cycle <= 510; cycle += 1) desk.raise(failed(cycle));
    expect(rows()).toHaveLength(500);
    expect(rows().at(-1)).toMatchObject({ kind: 'kill_done' });
    expect(rows()[0]?.text).toMatch(/^Cycle 510/);
  });

  it('tells what no disk will keep', () => {
    const { desk, storage, told, errors } = openDesk();
    storage.close();
    desk.raise(killed);
    expect(told()).toMatchObject([{ alert: { kind: 'kill_done', id: -1 } }]);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('quiet hours', () => {
  const overnight = { from: '22:00', to: '07:00' };
  it.each([
    ['22:00', true],
    ['23:59', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
    ['21:59', false],
  ])('from 22:00 to 07:00: %s is %s', (time, quiet) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    expect(isWithin(overnight, hours * 60 + minutes)).toBe(quiet);
  });
  it('are none when both ends are the same', () => {
    expect(isWithin({ from: '08:00', to: '08:00' }, 8 * 60)).toBe(false);
  });

  it('tells the summary of a day once, also over a restart, while its store can for a time not be read or written', () => {
    const { storage, clock, rows } = openDesk();
    const heard: Announcement[] = [];
    const errors: unknown[] = [];
    const failing = { has: false, add: false };
    const start = () =>
      createAlertDesk({
        store: {
          ...storage.alerts,
          has(key) {
            if (failing.has) throw new Error('the table cannot be read');
            return storage.alerts.has(key);
          },
          add(alert) {
            if (failing.add) throw new Error('the table cannot be written');
            return storage.alerts.add(alert);
          },
        },
        clock,
        settings: () => ({ muted: [], quietHours: null }),
        minuteOfDay: () => 12 * 60,
        onAnnounce: (announcement) => heard.push(announcement),
        onError: (error) => errors.push(error),
      });
    const summary: Raised = {
      kind: 'daily_summary',
      facts: { dayFraction: '0.01', dayAmount: '1', quote: 'USDT', agents: 1, drawdown: '0' },
      environment: 'simulated',
      link: '/portfolio',
      about: '2026-11-20',
      once: 'until kept',
    };
    const first = start();
    for (const trouble of ['add', 'has'] as const) {
      failing[trouble] = true;
      expect(first.raise(summary)).toBeUndefined();
      failing[trouble] = false;
    }
    expect([heard.length, errors.length]).toEqual([0, 2]);
    expect(first.raise(summary)).toBeDefined();
    const second = start();
    failing.has = true;
    expect(second.raise(summary)).toBeUndefined();
    failing.has = false;
    expect(second.raise(summary)).toBeUndefined();
    expect(heard).toHaveLength(1);
    expect(rows()).toHaveLength(1);
  });
});
