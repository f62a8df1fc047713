import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { HEALTH_ROWS } from '#shared/contract/health.ts';
import { DAILY_CHECKS, SETUP_STEPS } from '#shared/contract/setup.ts';
import { NOW } from './sample-market.ts';

const WORDS: Readonly<Record<string, readonly ['ok' | 'warn' | 'bad' | 'off', string, string]>> = {
  engine: ['ok', '2 ms', 'delay of its thread since the last look: half of the time under 1 ms, at most 14 ms'],
  backup: ['warn', 'none yet', 'one is made each hour while the engine runs; mt backup now makes one'],
  protection: ['warn', 'not locked', 'key in the keychain, no passphrase'],
  accounts: ['off', 'none', 'no account at a venue is connected'],
  errors: ['warn', '1 in the last hour', 'the hourly backup could not be made'],
};

/** An engine with two things to look at and one error in its log. */
export const scriptedHealth: Pick<AppHandlers, 'health.get' | 'health.log' | 'setup.get'> = {
  'setup.get': () => ({
    steps: SETUP_STEPS.map((id, index) => ({ id, done: index < 2, detail: 'as the engine says it' })),
    daily: DAILY_CHECKS.map((id) => ({
      id,
      state: id === 'backup' ? ('look' as const) : ('ok' as const),
      detail: id === 'backup' ? 'none yet' : 'nothing to see',
    })),
  }),
  'health.get': () => ({
    at: NOW,
    startedAt: NOW - 7_200_000,
    state: 'warn',
    rows: HEALTH_ROWS.map((id) => {
      const [state, value, detail] = WORDS[id] ?? ['ok', 'fine', 'nothing is known against it'];
      return { id, state, value, detail };
    }),
    loop: { p50Ms: 0, p99Ms: 2, maxMs: 14 },
    process: { rssBytes: 214_000_000, heapUsedBytes: 61_000_000, cpuFraction: 0.04 },
    machine: { cores: 8, load1: 0.6, freeMemoryBytes: 9_400_000_000, totalMemoryBytes: 17_000_000_000 },
    files: [
      { name: 'journal.db', bytes: 4_200_000 },
      { name: 'market.db', bytes: 61_000_000 },
    ],
  }),
  'health.log': ({ level }) =>
    [
      { ts: NOW - 60_000, level: 'info' as const, message: 'the engine is open', detail: null },
      {
        ts: NOW - 30_000,
        level: 'error' as const,
        message: 'the hourly backup could not be made',
        detail: '{"why":"the disk is full"}',
      },
    ].filter((line) => level === 'info' || line.level !== 'info'),
};
