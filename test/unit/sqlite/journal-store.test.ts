import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDb } from '#adapters/sqlite/open-db.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import { GENESIS } from '#core/journal/chain.ts';
import type { JournalDraft } from '#core/journal/types.ts';
import { chain, draft, drafts, openTestStorage, TEST_KEY } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const RUN = 'R-1' as RunId;
let folder = tempFolder();
let storage = openTestStorage(folder.path);
beforeEach(() => {
  storage.close();
  folder.remove();
  folder = tempFolder();
  storage = openTestStorage(folder.path);
});
afterEach(() => {
  storage.close();
  folder.remove();
});
const reopen = (): void => {
  storage.close();
  storage = openTestStorage(folder.path);
};

describe('the journal', () => {
  it('begins empty, with a head of zeros', () => {
    expect(storage.journal.head()).toEqual({ seq: 0, hash: GENESIS });
    expect(storage.journal.verify()).toEqual({ ok: true, records: 0, head: GENESIS });
    expect(storage.journal.runHead(1, RUN)).toBe(chain.runGenesis(RUN));
  });

  it('knows the first record of a run, whichever cycle repeated it, through an index of first records alone', () => {
    const other = 'R-2' as RunId;
    const first = storage.journal.beginCycle();
    storage.journal.append(first, drafts(other, 3));
    storage.journal.append(first, drafts(RUN, 4));
    const second = storage.journal.beginCycle();
    storage.journal.append(second, drafts(RUN, 4));
    storage.journal.append(second, drafts(other, 3));
    expect(storage.journal.firstSeqOfRun(RUN)).toBe(4);
    expect(storage.journal.firstSeqOfRun(other)).toBe(1);
    expect(storage.journal.firstSeqOfRun('R-3' as RunId)).toBeUndefined();
    storage.close();
    const db = openDb(join(folder.path, 'journal.db'), TEST_KEY, 'journal');
    const plan = db
      .prepare('explain query plan select min(seq) from journal where run_id = ? and run_seq = 1')
      .all(RUN);
    const kept = db.prepare('select count(*) from journal indexed by journal_first_of_run where run_seq = 1').pluck();
    expect([JSON.stringify(plan), kept.get()]).toEqual([expect.stringContaining('journal_first_of_run'), 4]);
    db.close();
    storage = openTestStorage(folder.path);
  });

  it('gives back what was appended, now and after a restart', () => {
    const cycle = storage.journal.beginCycle();
    const records = storage.journal.append(cycle, drafts(RUN, 25));
    expect(records.map((record) => [record.seq, record.cycle, record.runSeq])).toEqual(
      records.map((_, i) => [i + 1, 1, i + 1]),
    );
    expect(storage.journal.readCycle(1)).toEqual(records);
    reopen();
    expect(storage.journal.readCycle(1)).toEqual(records);
    expect(storage.journal.read(5, 3)).toEqual(records.slice(5, 8));
    expect(storage.journal.readBack(5, 3)).toEqual(records.slice(1, 4).toReversed());
    expect(storage.journal.head()).toEqual({ seq: 25, hash: records.at(-1)?.hash });
    expect(storage.journal.runHead(1, RUN)).toBe(records.at(-1)?.runHash);
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 25 });
  });

  it('keeps any JSON exactly, odd strings included', () => {
    const payload = { '\ud800': 'lone \udfff', 'nul\0': ['é', 1e21, -0.5, null, { a: [] }], __proto__x: 'ok' };
    const [record] = storage.journal.append(0, [draft(RUN, 0, payload)]);
    reopen();
    expect(storage.journal.read(0, 1)[0]).toEqual(record);
    expect(record?.payload).toEqual(payload);
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 1 });
  });

  it('hands out each cycle once, across restarts and crashes between', () => {
    expect([storage.journal.beginCycle(), storage.journal.beginCycle()]).toEqual([1, 2]);
    reopen();
    expect(storage.journal.beginCycle()).toBe(3);
  });

  it('refuses a cycle that was not begun', () => {
    expect(() => storage.journal.append(1, [draft(RUN, 0)])).toThrow(RangeError);
    expect(storage.journal.head().seq).toBe(0);
  });

  it('writes all drafts of a call or none', () => {
    storage.journal.append(0, drafts(RUN, 3));
    const head = storage.journal.head();
    const bad: readonly (readonly JournalDraft[])[] = [
      [draft(RUN, 0), draft(RUN, 1, { price: Number.NaN })],
      [draft(RUN, 0), { ...draft(RUN, 1), ts: 1.5 as UnixMs }],
      [draft(RUN, 0), { ...draft(RUN, 1), type: 'order.invented' as 'order.filled' }],
    ];
    for (const batch of bad) expect(() => storage.journal.append(0, batch)).toThrow(TypeError);
    expect(storage.journal.head()).toEqual(head);
    expect(storage.journal.read(0, 10)).toHaveLength(3);
    expect(storage.journal.append(0, [draft(RUN, 9)])[0]?.seq).toBe(4);
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 4 });
  });

  it('gives the same facts the same run head in two journals with different pasts', () => {
    const other = tempFolder();
    const second = openTestStorage(other.path);
    try {
      second.journal.append(0, drafts('R-system', 7));
      second.journal.append(second.journal.beginCycle(), drafts('R-earlier', 11));
      const [a, b] = [storage.journal.beginCycle(), second.journal.beginCycle()];
      expect([a, b]).toEqual([1, 2]);
      storage.journal.append(a, drafts(RUN, 20));
      // The same facts in other batches, with another run between them.
      second.journal.append(b, drafts(RUN, 20).slice(0, 9));
      second.journal.append(0, drafts('R-system', 2));
      second.journal.append(b, drafts(RUN, 20).slice(9));
      expect(second.journal.runHead(b, RUN)).toBe(storage.journal.runHead(a, RUN));
      expect(second.journal.head().hash).not.toBe(storage.journal.head().hash);
      // Repeated in the same journal: the next cycle, the same run head.
      const again = storage.journal.beginCycle();
      storage.journal.append(again, drafts(RUN, 20));
      expect(storage.journal.runHead(again, RUN)).toBe(storage.journal.runHead(a, RUN));
      for (const store of [storage, second]) expect(store.journal.verify().ok).toBe(true);
    } finally {
      second.close();
      other.remove();
    }
  });

  it('gives a fact of another moment another run head', () => {
    const [a, b] = [storage.journal.beginCycle(), storage.journal.beginCycle()];
    storage.journal.append(a, [draft(RUN, 1)]);
    storage.journal.append(b, [{ ...draft(RUN, 1), ts: (draft(RUN, 1).ts + 1) as UnixMs }]);
    expect(storage.journal.runHead(a, RUN)).not.toBe(storage.journal.runHead(b, RUN));
  });

  it('refuses every way of changing a record through its own connection', () => {
    storage.journal.append(0, drafts(RUN, 3));
    storage.close();
    const db = openDb(join(folder.path, 'journal.db'), TEST_KEY, 'journal');
    for (const sql of [
      `update journal set ts = ts + 1 where seq = 2`,
      `delete from journal where seq = 3`,
      `delete from journal`,
      `insert or replace into journal select seq, cycle, run_id, run_seq, ts + 1, type, payload, run_hash, hash, mac from journal where seq = 2`,
      `insert or replace into journal select 4, cycle, run_id, run_seq, ts + 1, type, payload, run_hash, hash, mac from journal where seq = 2`,
      `insert into journal select 9, cycle, run_id, 9, ts, type, payload, run_hash, hash, mac from journal where seq = 2`,
      `delete from journal_head`,
    ]) {
      expect(() => db.exec(sql), sql).toThrow('append-only');
    }
    db.close();
    storage = openTestStorage(folder.path);
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 3 });
  });
});

const headPath = (): string => join(folder.path, 'journal.head');

describe('the head file', () => {
  it('names the newest record after every append', () => {
    storage.journal.append(0, drafts(RUN, 3));
    expect(JSON.parse(readFileSync(headPath(), 'utf8'))).toEqual(storage.journal.head());
  });

  it('may be missing, empty or behind, as after a power cut', () => {
    storage.journal.append(0, drafts(RUN, 3));
    const early = readFileSync(headPath());
    storage.journal.append(0, drafts(RUN, 3));
    writeFileSync(headPath(), early);
    reopen();
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 6 });
    writeFileSync(headPath(), '');
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 6 });
    writeFileSync(headPath(), Buffer.alloc(90));
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 6 });
    rmSync(headPath());
    reopen();
    expect(storage.journal.verify()).toMatchObject({ ok: true, records: 6 });
    storage.journal.append(0, drafts(RUN, 1));
    expect(JSON.parse(readFileSync(headPath(), 'utf8'))).toMatchObject({ seq: 7 });
  });

  it.each(['{', '[]', '{"seq":"3","hash":""}', '{"seq":-1,"hash":"00"}'])(
    'is an accusation when it reads %s',
    (text) => {
      storage.journal.append(0, drafts(RUN, 3));
      writeFileSync(headPath(), text);
      expect(storage.journal.verify()).toMatchObject({ ok: false, firstBadSeq: 4, records: 3 });
    },
  );

  it('that cannot be written never fails an append, and is reported once', () => {
    storage.close();
    // A folder that does not exist can't be written, not even by root.
    const blocked = openTestStorage(folder.path, TEST_KEY, join(folder.path, 'no-such-folder', 'journal.head'));
    blocked.journal.append(0, drafts(RUN, 2));
    blocked.journal.append(0, drafts(RUN, 2));
    expect(blocked.journal.verify()).toMatchObject({ ok: true, records: 4 });
    expect(blocked.logger.recent().map((line) => line.message)).toEqual(['the head file could not be written']);
    blocked.close();
  });

  it('that is ahead stops further appends, so that the evidence stays', () => {
    storage.journal.append(0, drafts(RUN, 3));
    const head = storage.journal.head();
    writeFileSync(headPath(), JSON.stringify({ ...head, seq: 9 }));
    reopen();
    expect(storage.journal.verify()).toMatchObject({ ok: false, firstBadSeq: 4 });
    expect(() => storage.journal.append(0, drafts(RUN, 1))).toThrow(expect.objectContaining({ code: 'storage' }));
    expect(() => storage.journal.beginCycle()).toThrow(expect.objectContaining({ code: 'storage' }));
    expect(JSON.parse(readFileSync(headPath(), 'utf8'))).toMatchObject({ seq: 9 });
    expect(storage.logger.recent()).toHaveLength(1);
  });
});
