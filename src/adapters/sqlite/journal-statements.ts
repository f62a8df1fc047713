import type { Statement } from 'better-sqlite3';
import type { KeyedHash } from '#adapters/digest/keyed-hash.ts';
import type { RecordCheck, StoredRecord } from '#core/journal/types.ts';
import type { Db } from './open-db.ts';

const COLUMNS = `seq, cycle, run_id as runId, run_seq as runSeq, ts, type, payload as payloadText, run_hash as runHash, hash`;

/** A record with its keyed hash, as verification reads it. */
export type KeyedRecord = StoredRecord & { readonly mac: string };

type HeadRow = { readonly seq: number; readonly hash: string; readonly last_cycle: number };
type RunRow = { readonly runSeq: number; readonly runHash: string };

export type JournalStatements = {
  readonly head: Statement<[], HeadRow>;
  readonly moveHead: Statement<[seq: number, hash: string]>;
  readonly nextCycle: Statement<[]>;
  readonly insert: Statement<[number, number, string, number, number, string, string, string, string, string]>;
  readonly newest: Statement<[], { readonly seq: number }>;
  readonly hashAt: Statement<[seq: number], { readonly hash: string }>;
  readonly lastOfRun: Statement<[cycle: number, runId: string], RunRow>;
  readonly firstOfRun: Statement<[runId: string], { readonly seq: number | null }>;
  readonly after: Statement<[seq: number, limit: number], StoredRecord>;
  readonly before: Statement<[seq: number, limit: number], StoredRecord>;
  readonly ofCycle: Statement<[cycle: number], StoredRecord>;
  readonly hashes: Statement<[seq: number, limit: number], { readonly hash: string }>;
  readonly everything: Statement<[], KeyedRecord>;
};

/** Every statement that the journal ever runs, compiled once. */
export const prepareStatements = (db: Db): JournalStatements => ({
  head: db.prepare<[], HeadRow>('select seq, hash, last_cycle from journal_head where id = 1'),
  moveHead: db.prepare<[number, string]>('update journal_head set seq = ?, hash = ? where id = 1'),
  nextCycle: db.prepare<[]>('update journal_head set last_cycle = last_cycle + 1 where id = 1'),
  insert: db.prepare<[number, number, string, number, number, string, string, string, string, string]>(
    'insert into journal (seq, cycle, run_id, run_seq, ts, type, payload, run_hash, hash, mac) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  newest: db.prepare<[], { seq: number }>('select seq from journal order by seq desc limit 1'),
  hashAt: db.prepare<[number], { hash: string }>('select hash from journal where seq = ?'),
  lastOfRun: db.prepare<[number, string], RunRow>(
    'select run_seq as runSeq, run_hash as runHash from journal where cycle = ? and run_id = ? order by run_seq desc limit 1',
  ),
  firstOfRun: db.prepare<[string], { seq: number | null }>(
    'select min(seq) as seq from journal where run_id = ? and run_seq = 1',
  ),
  after: db.prepare<[number, number], StoredRecord>(
    `select ${COLUMNS} from journal where seq > ? order by seq limit ?`,
  ),
  before: db.prepare<[number, number], StoredRecord>(
    `select ${COLUMNS} from journal where seq < ? order by seq desc limit ?`,
  ),
  ofCycle: db.prepare<[number], StoredRecord>(`select ${COLUMNS} from journal where cycle = ? order by seq`),
  hashes: db.prepare<[number, number], { hash: string }>('select hash from journal where seq > ? order by seq limit ?'),
  // The table itself in row order, never an index: an index may have been tampered with on its own.
  everything: db.prepare<[], KeyedRecord>(`select ${COLUMNS}, mac from journal not indexed order by seq`),
});

/** Sees a chain that was made anew, every hash and head of it, by somebody without the audit key. */
export const keyedHashCheck =
  (mac: KeyedHash): RecordCheck<KeyedRecord> =>
  (record) =>
    mac(record.hash) === record.mac
      ? undefined
      : {
          why: `record ${record.seq} does not match its keyed hash: it was written by somebody without the vault's audit key`,
          witness: 'the keyed hash',
        };
