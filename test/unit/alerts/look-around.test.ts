import { afterEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { type LookAround, lookAround } from '#host/alerts/look-around.ts';
import type { Raised } from '#host/alerts/open-alerts.ts';
import type { AccountView } from '#shared/contract/accounts.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';

const LOOK_MS = 5_000;
const NOON = Date.UTC(2026, 10, 20, 12);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

type World = {
  disk: { freeBytes: number | null; low: boolean };
  journal: ReturnType<LookAround['seen']>['parts']['durable'] extends { state(): { journal: infer J } } ? J : never;
  fault: string | null;
  label: string;
  accounts: AccountView[];
  cycles: ReturnType<LookAround['seen']>['cycles'];
  downloads: ReturnType<LookAround['downloads']>;
  summaryAt: string | null;
};

/** A world in which all is well, and a look at it every five seconds. */
function world() {
  const state: World = {
    disk: { freeBytes: 10_000_000_000, low: false },
    journal: { kind: 'ok' },
    fault: null,
    label: 'Rules (no model)',
    accounts: [],
    cycles: [],
    downloads: [],
    summaryAt: null,
  };
  const raised: Raised[] = [];
  const { look, stop } = lookAround({
    alerts: { raise: (one) => raised.push(one) },
    seen: () => ({
      parts: {
        durable: { state: () => ({ journal: state.journal, disk: state.disk }) } as never,
        models: { describe: () => ({ kind: 'rules', label: state.label }) } as never,
        dataFault: () => state.fault,
      },
      cycles: state.cycles,
      accounts: state.accounts,
    }),
    downloads: () => state.downloads,
    status: () =>
      ({
        environment: 'simulated',
        dayPnl: '42.18',
        dayPnlFraction: '0.0042',
        quoteAsset: 'USDT',
        agentsRunning: 2,
        drawdownFraction: '0.006',
      }) as EngineStatus,
    preferences: () => ({ dailySummaryTime: state.summaryAt, timeZone: 'UTC' }),
    logger: createRingLogger({ verbose: false }),
  });
  ends.push(stop);
  let now = NOON;
  const looks = (times: number): void => {
    for (let time = 0; time < times; time += 1) {
      now += LOOK_MS;
      look(now);
    }
  };
  const kinds = (): readonly string[] => raised.map(({ kind }) => kind);
  return { state, raised, looks, kinds, sleep: (ms: number) => (now += ms) };
}

describe('looking around', () => {
  it('says nothing while all is well', () => {
    const { looks, raised } = world();
    looks(50);
    expect(raised).toEqual([]);
  });

  it('tells a disk and a journal at once, and once, until they were well again', () => {
    const { state, looks, kinds } = world();
    state.disk = { freeBytes: 400_000_000, low: true };
    state.journal = { kind: 'cannot_write', why: 'disk full', remedy: 'make room' };
    looks(5);
    expect(kinds()).toEqual(['journal_unwritable', 'disk_low']);
    state.disk = { freeBytes: 10_000_000_000, low: false };
    looks(1);
    state.disk = { freeBytes: 400_000_000, low: true };
    looks(2);
    expect(kinds()).toEqual(['journal_unwritable', 'disk_low', 'disk_low']);
  });

  it('waits for a second miss, and a feed for a minute', () => {
    const { state, looks, kinds, raised } = world();
    state.fault = 'the clock jumped';
    state.cycles = [{ cycle: 3, label: 'BTC/USDT (binance)', environment: 'paper', trouble: 'quiet' }];
    looks(1);
    expect(kinds()).toEqual([]);
    looks(1);
    expect(kinds()).toEqual(['clock_skew']);
    looks(10);
    expect(kinds()).toEqual(['clock_skew']);
    looks(1);
    expect(raised.at(-1)).toMatchObject({ kind: 'feed_stale', facts: { seconds: 60 }, environment: 'paper' });
  });

  it('tells a broken account at once, and one that only connects after a minute', () => {
    const { state, looks, kinds } = world();
    const account = { name: 'main', environment: 'live', why: null, streamLost: false } as AccountView;
    state.accounts = [{ ...account, state: 'connecting' }];
    looks(12);
    expect(kinds()).toEqual([]);
    looks(1);
    expect(kinds()).toEqual(['venue_trouble']);
    state.accounts = [{ ...account, state: 'broken' }];
    looks(1);
    expect(kinds()).toEqual(['venue_trouble', 'account_mismatch']);
  });

  it('notices that the machine slept, for how long, and that stops stayed', () => {
    const { state, looks, raised, sleep } = world();
    state.accounts = [{ name: 'main', state: 'ready', streamLost: false } as AccountView];
    looks(1);
    sleep(42 * 60_000);
    looks(2);
    expect(raised).toMatchObject([{ kind: 'machine_slept', facts: { minutes: 42, accounts: 1 } }]);
  });

  it('tells a model that cannot be asked, and how a download that it saw has ended', () => {
    const { state, looks, kinds } = world();
    state.downloads = [{ id: 'a', name: 'old', state: 'done', why: null }];
    looks(1);
    state.downloads = [{ id: 'b', name: 'new', state: 'running', why: null }];
    looks(1);
    state.downloads = [
      { id: 'b', name: 'new', state: 'failed', why: 'no route' },
      { id: 'c', name: 'newer', state: 'running', why: null },
    ];
    looks(1);
    state.downloads = [{ id: 'c', name: 'newer', state: 'done', why: null }];
    state.label = 'Rules (it crashed three times)';
    looks(3);
    expect(kinds()).toEqual(['download_failed', 'model_ready', 'model_safe_mode']);
  });

  it('gives the summary of a day at its time, and asks for it under the name of that day alone', () => {
    const { state, looks, raised } = world();
    state.summaryAt = '12:01';
    looks(11);
    expect(raised).toEqual([]);
    looks(3);
    expect(new Set(raised.map(({ about }) => about))).toEqual(new Set(['2026-11-20']));
    expect(raised.every(({ kind, once }) => kind === 'daily_summary' && once === 'until kept')).toBe(true);
  });
});
