import type Database from 'better-sqlite3';
import { type KeyedHash, keyedHash } from '#adapters/digest/keyed-hash.ts';
import { GENESIS } from '#core/journal/chain.ts';
import { chain, storageKeys, TEST_KEY } from './storage.ts';

/**
 * What somebody with the database's key can do to a journal behind its triggers. Each changes the copy at `seq` and answers the first bad
 * record that verification has to name.
 */
export type Attack = (db: Database.Database, seq: number) => number;

const edit =
  (column: string, value: string): Attack =>
  (db, seq) => {
    const { changes } = db.prepare(`update journal set ${column} = ${value} where seq = ?`).run(seq);
    if (changes !== 1) throw new Error(`there is no record ${seq} to edit`);
    return seq;
  };

/** By name, for a journal of so many records whose head row and head file are in place. */
export const journalAttacks = (records: number): { readonly [name: string]: Attack } => ({
  'edits the cycle': edit('cycle', 'cycle + 1'),
  'edits the run id': edit('run_id', `run_id || 'x'`),
  'edits the place in the run': edit('run_seq', 'run_seq + 1'),
  'edits the time by a millisecond': edit('ts', 'ts + 1'),
  'edits the type': edit('type', `case type when 'risk.denied' then 'risk.approved' else 'risk.denied' end`),
  'edits the payload by a space': edit('payload', `payload || ' '`),
  'edits a digit of the payload': edit('payload', `replace(payload, '":', '":1')`),
  'edits the run hash': edit('run_hash', `substr(run_hash, 2) || 'a'`),
  'edits the keyed hash': edit('mac', `substr(mac, 2) || 'a'`),
  'edits the hash': edit('hash', `substr(hash, 2) || 'a'`),
  'deletes a record': (db, seq) => {
    db.prepare('delete from journal where seq = ?').run(seq);
    return seq;
  },
  'deletes a record and renumbers the rest': (db, seq) => {
    db.prepare('delete from journal where seq = ?').run(seq);
    db.exec(`update journal set seq = -seq where seq > ${seq}; update journal set seq = -seq - 1 where seq < 0`);
    return seq;
  },
  'moves a record to another number': (db, seq) => {
    db.prepare('update journal set seq = seq + 100000 where seq = ?').run(seq);
    return seq;
  },
  'swaps two records': (db, seq) => {
    const other = (seq % records) + 1;
    db.exec(`update journal set seq = -1 where seq = ${seq};
      update journal set seq = ${seq} where seq = ${other}; update journal set seq = ${other} where seq = -1`);
    return Math.min(seq, other);
  },
  'inserts a record': (db, seq) => {
    db.exec(`update journal set seq = -seq where seq >= ${seq}; update journal set seq = -seq + 1 where seq < 0;
      insert into journal select ${seq}, cycle, run_id, run_seq, ts, type, payload, run_hash, hash, mac from journal where seq = ${seq + 1}`);
    // The copy of a record fits its own place; what follows it does not.
    return seq + 1;
  },
  'puts a record before the first': (db) => {
    db.exec(
      'insert into journal select 0, cycle, run_id, run_seq, ts, type, payload, run_hash, hash, mac from journal where seq = 1',
    );
    return 1;
  },
  'cuts the tail off': (db, seq) => {
    db.prepare('delete from journal where seq >= ?').run(seq);
    return seq;
  },
  'cuts the tail off and moves the stored head back': (db, seq) => {
    db.prepare('delete from journal where seq >= ?').run(seq);
    const last = db.prepare<[], { hash: string }>('select hash from journal order by seq desc limit 1').get();
    db.prepare('update journal_head set seq = ?, hash = ?').run(seq - 1, last?.hash ?? GENESIS);
    return seq;
  },
  'edits the stored head': (db) => {
    db.exec(`update journal_head set hash = substr(hash, 2) || 'a'`);
    return records;
  },
  'removes the stored head': (db) => {
    db.exec('delete from journal_head');
    return records + 1;
  },
  'edits a time and recomputes every hash and the stored head, without the audit key': (db, seq) => {
    db.prepare('update journal set ts = ts + 1 where seq = ?').run(seq);
    rechain(db);
    return seq;
  },
  'edits a time and recomputes every hash and the stored head, with the audit key': (db, seq) => {
    db.prepare('update journal set ts = ts + 1 where seq = ?').run(seq);
    rechain(db, keyedHash(storageKeys(TEST_KEY).auditMac));
    // The forger left the head file alone; it can name only the record that it remembers.
    return records;
  },
});

/** What somebody who knows the format can do: make the whole journal agree with itself again. */
export function rechain(db: Database.Database, mac?: KeyedHash): void {
  const runs = new Map<string, string>();
  let hash: string = GENESIS;
  const rows = db
    .prepare<
      [],
      { seq: number; cycle: number; runId: string; runSeq: number; ts: number; type: string; payloadText: string }
    >(
      'select seq, cycle, run_id as runId, run_seq as runSeq, ts, type, payload as payloadText from journal order by seq',
    )
    .all();
  for (const row of rows) {
    const key = `${row.cycle} ${row.runId}`;
    const runHash = chain.nextRunHash(runs.get(key) ?? chain.runGenesis(row.runId), row);
    hash = chain.nextHash(hash, { ...row, runHash });
    runs.set(key, runHash);
    db.prepare('update journal set run_hash = ?, hash = ? where seq = ?').run(runHash, hash, row.seq);
    if (mac !== undefined) db.prepare('update journal set mac = ? where seq = ?').run(mac(hash), row.seq);
  }
  db.prepare('update journal_head set hash = ?').run(hash);
}
