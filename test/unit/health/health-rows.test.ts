import { describe, expect, it } from 'vitest';
import { type HealthReading, healthRows, worstOf } from '#host/health/health-rows.ts';
import { HEALTH_ROWS } from '#shared/contract/health.ts';
import { status } from '../../renderer/support/sample-account.ts';

const NOW = 1_700_000_000_000;
const well: HealthReading = {
  now: NOW,
  status: {
    ...status,
    tradingState: 'active',
    haltReason: null,
    journal: { ...status.journal, writable: true, why: null },
    disk: { freeBytes: 50_000_000_000, low: false },
    protection: { slot: 'unlock', protected: true, label: 'passphrase and keychain' },
    feed: { ...status.feed, ageMs: 12_000 },
    livePrices: null,
  },
  dataFault: null,
  load: {
    loop: { p50Ms: 0, p99Ms: 3, maxMs: 20 },
    process: { rssBytes: 200_000_000, heapUsedBytes: 50_000_000, cpuFraction: 0.1 },
  },
  newestBackup: { name: 'B1', createdAt: NOW - 1_800_000 },
  accounts: [],
  log: [],
};
const account = {
  name: 'main',
  exchange: 'binance',
  environment: 'sandbox' as const,
  instruments: ['BTC/USDT'],
  state: 'ready' as const,
  why: null,
  streamLost: false,
  reconciledAt: null,
  difference: null,
  shortfalls: [],
  unresolved: 0,
  foreign: [],
  equity: null,
  quoteAsset: null,
};
const rowOf = (id: string, change: Partial<HealthReading>) =>
  healthRows({ ...well, ...change }).find((row) => row.id === id);

describe('the rows of health', () => {
  it('stand in their order, and nothing is wrong with an engine that is well', () => {
    const rows = healthRows(well);
    expect(rows.map(({ id }) => id)).toEqual([...HEALTH_ROWS]);
    expect(rows.filter(({ state }) => state !== 'ok' && state !== 'off')).toEqual([]);
    expect(worstOf(rows)).toBe('ok');
  });

  it.each<[string, string, Partial<HealthReading>]>([
    ['engine', 'bad', { load: { ...well.load, loop: { p50Ms: 1, p99Ms: 900, maxMs: 2000 } } }],
    ['engine', 'warn', { load: { ...well.load, loop: { p50Ms: 1, p99Ms: 140, maxMs: 200 } } }],
    ['trading', 'bad', { status: { ...well.status, tradingState: 'halted', haltReason: 'kill switch' } }],
    ['feed', 'warn', { status: { ...well.status, feed: { ...well.status.feed, ageMs: null } } }],
    [
      'feed',
      'bad',
      {
        status: {
          ...well.status,
          livePrices: { environment: 'paper', label: 'binance', trouble: 'the book is stale' },
        },
      },
    ],
    ['clock', 'bad', { dataFault: 'the clock jumped by an hour' }],
    [
      'journal',
      'bad',
      { status: { ...well.status, journal: { ...well.status.journal, writable: false, why: 'full' } } },
    ],
    ['disk', 'bad', { status: { ...well.status, disk: { freeBytes: 1000, low: true } } }],
    ['backup', 'warn', { newestBackup: undefined }],
    ['backup', 'warn', { newestBackup: { name: 'B1', createdAt: NOW - 3 * 3_600_000 } }],
    [
      'protection',
      'warn',
      { status: { ...well.status, protection: { slot: 'open_file', protected: false, label: 'x' } } },
    ],
    ['accounts', 'bad', { accounts: [account, { ...account, name: 'other', state: 'broken', why: 'books differ' }] }],
    ['accounts', 'warn', { accounts: [{ ...account, streamLost: true }] }],
    ['memory', 'warn', { load: { ...well.load, process: { ...well.load.process, rssBytes: 3e9 } } }],
    ['errors', 'warn', { log: [{ ts: NOW - 1000, level: 'error', message: 'it broke' }] }],
  ])('%s is %s', (id, state, change) => {
    const row = rowOf(id, change);
    expect(row?.state).toBe(state);
    expect(row?.detail).not.toBe('');
    expect(worstOf(healthRows({ ...well, ...change }))).toBe(state);
  });

  it('forgets an error after an hour, and counts no warning as one', () => {
    const log = [
      { ts: NOW - 3_700_000, level: 'error' as const, message: 'long ago' },
      { ts: NOW - 1000, level: 'warn' as const, message: 'a warning' },
    ];
    expect(rowOf('errors', { log })?.value).toBe('0 in the last hour');
  });

  it('names the account that is worst', () => {
    const broken = { ...account, name: 'other', state: 'broken' as const, why: 'books differ by 0.1 BTC' };
    expect(rowOf('accounts', { accounts: [account, broken] })?.detail).toContain('other: books differ');
  });
});
