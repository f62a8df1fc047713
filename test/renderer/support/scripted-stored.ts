import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { NOW } from './sample-market.ts';

const HOUR_MS = 3_600_000;
const HASH = 'ab'.repeat(32);

type Stored = Pick<
  AppHandlers,
  | 'data.list'
  | 'data.check'
  | 'data.export'
  | 'market.import'
  | 'backup.list'
  | 'backup.make'
  | 'backup.verify'
  | 'audit.status'
  | 'audit.export'
>;

/** A disk with two backups, the older one damaged; candles are what was there already, and what is imported. */
export function createScriptedStored(records: number, imported: readonly StoredSeriesView[]): Stored {
  let series = imported;
  let backups = [
    { name: '2026-11-20T10-00-00Z', createdAt: NOW - HOUR_MS, bytes: 4_400_000, records: 160 },
    { name: '2026-11-19T23-00-00Z', createdAt: NOW - 12 * HOUR_MS, bytes: 4_100_000, records: 90 },
  ];
  const signed = {
    vaultId: 'scripted',
    counter: 7,
    size: records,
    root: HASH,
    hash: HASH,
    ts: NOW,
    publicKey: HASH,
    signature: 'cd'.repeat(64),
  };
  return {
    'data.list': () => [...series],
    'market.import': ({ instrument, interval }) => {
      const [firstOpen, lastOpen] = [NOW - 100 * HOUR_MS, NOW - HOUR_MS];
      const hole = { after: NOW - 50 * HOUR_MS, before: NOW - 47 * HOUR_MS, missing: 2 };
      const counts = { candles: 98, gaps: 1, missing: 2, revisions: 0 };
      series = [...series, { instrument, interval, venue: 'SIM', firstOpen, lastOpen, ...counts }];
      return { instrument, interval, candles: 98, added: 98, known: 0, revised: 0, gaps: [hole], firstOpen, lastOpen };
    },
    'data.check': ({ instrument, interval, jumpRanges }) => ({
      instrument,
      interval,
      candles: 98,
      firstOpen: NOW - 100 * HOUR_MS,
      lastOpen: NOW - HOUR_MS,
      gaps: { count: 1, missing: 2, longest: [] },
      zeroVolume: { candles: 3, runs: 1, longest: [] },
      jumps: { ranges: jumpRanges, count: 0, largest: [] },
      misaligned: 0,
      disordered: 0,
      inconsistent: 0,
      revisions: 0,
      findings: ['1 hole of 2 candles in all'],
    }),
    'data.export': ({ path }) => ({ path, candles: 98, bytes: 5_200_000, firstOpen: NOW, lastOpen: NOW }),
    'backup.list': () => [...backups],
    'backup.make': () => {
      const made = { name: '2026-11-20T11-00-00Z', createdAt: NOW, bytes: 4_500_000, records };
      backups = [made, ...backups];
      return made;
    },
    'backup.verify': ({ name }) => {
      const backup = backups.find((one) => one.name === name) ?? backups[0];
      if (backup === undefined) throw new Error('there is no backup');
      const ok = backup.records >= 100;
      return { backup, ok, why: ok ? null : 'page 12 of journal.db does not match its hash' };
    },
    'audit.status': () => ({
      vaultId: 'scripted',
      records,
      head: HASH,
      publicKey: HASH,
      fingerprint: 'abab-abab-abab-abab',
      signed: records === 0 ? null : signed,
      unsigned: 0,
    }),
    'audit.export': ({ dir = '/home/master/data/RECORD_LOGS', seq }) => ({
      path: `${dir}/journal-scripte-${records}${seq === undefined ? '' : `-record-${seq}`}.mtproof`,
      records,
      head: { ...signed, size: Math.max(1, records) },
      fingerprint: 'abab-abab-abab-abab',
    }),
  };
}
