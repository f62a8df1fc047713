import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyedHash, keyedHash } from '#adapters/digest/keyed-hash.ts';
import { GENESIS } from '#core/journal/chain.ts';
import type { VerifyResult } from '#core/journal/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import {
  chain,
  copyJournal,
  drafts,
  openAsAttacker,
  openTestStorage,
  storageKeys,
  TEST_KEY,
} from '../support/storage.ts';
import { tempFolder } from '../support/temp-folder.ts';

const RECORDS = 60;
const ROUNDS = 30;
const folder = tempFolder('mt-tamper');
const original = join(folder.path, 'original');
const rng = createRng(20_241_120);

beforeAll(() => {
  copyJournal(original, original);
  const storage = openTestStorage(original);
  const { journal } = storage;
  for (let cycle = 0; cycle < 4; cycle++) journal.append(journal.beginCycle(), drafts(`R-${cycle % 2}`, RECORDS / 4));
  expect(journal.verify()).toMatchObject({ ok: true, records: RECORDS });
  storage.close();
});
afterAll(() => folder.remove());

type Attack = (db: Database.Database, seq: number) => number;
let round = 0;

/** Lets somebody with the key change a copy, and asks the journal about it afterwards. */
function verdictAfter(attack: Attack, seq: number): { readonly verdict: VerifyResult; readonly expected: number } {
  const copy = join(folder.path, `copy-${round++}`);
  copyJournal(original, copy);
  const db = openAsAttacker(copy);
  db.exec('drop index journal_run');
  const expected = attack(db, seq);
  db.close();
  const storage = openTestStorage(copy);
  const verdict = storage.journal.verify();
  storage.close();
  return { verdict, expected };
}

const edit =
  (column: string, value: string): Attack =>
  (db, seq) => {
    expect(db.prepare(`update journal set ${column} = ${value} where seq = ?`).run(seq).changes).toBe(1);
    return seq;
  };

const ATTACKS: { readonly [name: string]: Attack } = {
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
    const other = (seq % RECORDS) + 1;
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
    return RECORDS;
  },
  'removes the stored head': (db) => {
    db.exec('delete from journal_head');
    return RECORDS + 1;
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
    return RECORDS;
  },
};

/** What somebody who knows the format can do: make the whole journal agree with itself again. */
function rechain(db: Database.Database, mac?: KeyedHash): void {
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

describe(`a journal changed behind its triggers (${Object.keys(ATTACKS).length} kinds, ${ROUNDS} times each)`, () => {
  it.each(Object.entries(ATTACKS))('names the first bad record when somebody %s', (_, attack) => {
    for (let i = 0; i < ROUNDS; i++) {
      // Both ends are always among the places.
      const seq = i === 0 ? 1 : i === 1 ? RECORDS : 1 + rng.integer(RECORDS);
      const { verdict, expected } = verdictAfter(attack, seq);
      expect(verdict, `at record ${seq}`).toMatchObject({ ok: false, firstBadSeq: expected });
    }
  });

  it('passes a copy that somebody opened and left alone', () => {
    expect(verdictAfter(() => 0, 1).verdict).toMatchObject({ ok: true, records: RECORDS });
  });
});
