import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyedHash } from '#adapters/digest/keyed-hash.ts';
import { LAB_MIGRATIONS, openLabStore } from '#adapters/sqlite/lab-store.ts';
import { type Migration, migrate } from '#adapters/sqlite/migrate.ts';
import { type Db, openDb } from '#adapters/sqlite/open-db.ts';
import { journalMigrations } from '#adapters/sqlite/open-journal.ts';
import { MARKET_MIGRATIONS } from '#adapters/sqlite/open-storage.ts';
import { GENESIS } from '#core/journal/chain.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { chain, draft, drafts, openTestStorage, storageKeys, TEST_KEY } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const mac = keyedHash(storageKeys(TEST_KEY).auditMac);
const JOURNAL_MIGRATIONS = journalMigrations(mac);
let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());
const path = (): string => join(folder.path, 'journal.db');
const withDb = <T>(work: (db: Db) => T): T => {
  const db = openDb(path(), TEST_KEY, 'journal');
  try {
    return work(db);
  } finally {
    db.close();
  }
};
const tables = (db: Db): readonly string[] =>
  db
    .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' order by name`)
    .all()
    .map((row) => row.name);

/** Records as the second version wrote them: chained, without a keyed hash. */
function writeAsVersionTwo(db: Db, count: number): void {
  const insert = db.prepare('insert into journal values (?, 0, ?, ?, ?, ?, ?, ?, ?)');
  let [hash, runHash]: [string, string] = [GENESIS, chain.runGenesis('R-1')];
  db.transaction(() => {
    for (const [index, item] of drafts('R-1', count).entries()) {
      const seq = index + 1;
      const { runId, ts, type } = item;
      const base = { seq, cycle: 0, runId, runSeq: seq, ts, type, payloadText: canonicalJson(item.payload) };
      runHash = chain.nextRunHash(runHash, base);
      hash = chain.nextHash(hash, { ...base, runHash });
      insert.run(seq, runId, seq, ts, type, base.payloadText, runHash, hash);
    }
    db.prepare('update journal_head set seq = ?, hash = ?').run(count, hash);
  })();
}

describe('migrations', () => {
  it('has one file for each step, and no file that is not a step', () => {
    const files = readdirSync(resolve(import.meta.dirname, '../../../src/adapters/sqlite/migrations')).sort();
    const steps = [...JOURNAL_MIGRATIONS, ...MARKET_MIGRATIONS, ...LAB_MIGRATIONS]
      .map((step) => `${step.name}.ts`)
      .sort();
    expect(files).toEqual(steps);
    expect(files.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['0001-journal', 0, ['journal', 'journal_head']],
    ['0002-memory', 1, ['journal', 'journal_head', 'lesson']],
    ['0003-audit', 2, ['audit_signer', 'journal', 'journal_head', 'lesson']],
  ] as const)('%s leads from version %i to the next, and again changes nothing', (_, from, wanted) => {
    withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, from));
      expect(db.pragma('user_version', { simple: true })).toBe(from);
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, from + 1));
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, from + 1));
      expect(db.pragma('user_version', { simple: true })).toBe(from + 1);
      expect(tables(db)).toEqual(wanted);
    });
  });

  it.each([
    ['market-0001-candles', 0, ['candle', 'series']],
    ['market-0002-candle-chunks', 1, ['chunk', 'revision', 'series']],
  ] as const)('%s leads from version %i of market.db to the next', (_, from, wanted) => {
    withDb((db) => {
      migrate(db, path(), MARKET_MIGRATIONS.slice(0, from));
      migrate(db, path(), MARKET_MIGRATIONS.slice(0, from + 1));
      migrate(db, path(), MARKET_MIGRATIONS.slice(0, from + 1));
      expect(db.pragma('user_version', { simple: true })).toBe(from + 1);
      expect(tables(db)).toEqual(wanted);
    });
  });

  it('keeps every study, task and count of a lab without evolutions, and takes one afterwards', () => {
    const file = join(folder.path, 'lab.db');
    const old = openDb(file, TEST_KEY, 'market');
    migrate(old, file, LAB_MIGRATIONS.slice(0, 1));
    const rows = (db: Db, table: string) => db.prepare<[], object>(`select * from ${table} order by 1, 2`).all();
    old.exec(`
      insert into study values ('S-1', 7, 'search', 'completed', '{}', '{}', 1.5, '{"a":1}', null);
      insert into study values ('W-1', 8, 'walk-forward', 'interrupted', '{}', '{}', 0, null, null);
      insert into result values ('r1', '{}', x'00'), ('r2', '{}', null);
      insert into task values ('S-1', 'all/000000', 'r1'), ('W-1', 'all/000000', 'r1'), ('W-1', 'fold00/test', 'r2');
      insert into configuration values ('d', 'dca', 'c', 0.5);
      insert into holdout values ('d', 'BTC', 1, 2, 'c', 3, 'W-1', 'dca');
    `);
    const names = ['study', 'task', 'result', 'configuration', 'holdout'];
    const before = names.map((table) => rows(old, table));
    old.close();
    openLabStore(file, TEST_KEY).close();
    const db = openDb(file, TEST_KEY, 'market');
    try {
      expect(names.map((table) => rows(db, table))).toEqual(before);
      expect(db.pragma('foreign_key_check')).toEqual([]);
      db.exec("insert into study values ('E-1', 9, 'evolution', 'running', '{}', '{}', 0, null, null)");
      expect(() => db.exec("insert into task values ('X-1', 'a', 'r1')")).toThrow('FOREIGN KEY');
      expect(() =>
        db.exec("insert into study values ('Q-1', 9, 'other', 'running', '{}', '{}', 0, null, null)"),
      ).toThrow('CHECK');
      // Who has children stays, and so does what was decided and looked at.
      db.exec(`
        insert into genome values ('a', '{}'), ('b', '{}');
        insert into genome_parent values ('b', 'a');
        insert into proof_look values ('d', 'c', 'E-1');
        insert into promotion values (1, 'E-1', 'b', 'm', 1, 'promoted', '{}', '[]');
      `);
      expect(() => db.exec("delete from genome where hash = 'a'")).toThrow('FOREIGN KEY');
      expect(() => db.exec("insert into genome_parent values ('b', 'nobody')")).toThrow('FOREIGN KEY');
      for (const sql of ['delete from proof_look', 'delete from promotion', "update promotion set reasons = '[1]'"])
        expect(() => db.exec(sql)).toThrow('stays');
    } finally {
      db.close();
    }
  });

  it('keeps the records of an older version, and gives each its keyed hash', () => {
    const count = 2_345;
    const before = withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, 2));
      writeAsVersionTwo(db, count);
      return db.prepare<[], object>('select * from journal order by seq').all();
    });
    const opened = openTestStorage(folder.path);
    expect(opened.journal.verify()).toMatchObject({ ok: true, records: count });
    opened.journal.append(0, [draft('R-1', count)]);
    expect(opened.journal.verify()).toMatchObject({ ok: true, records: count + 1 });
    opened.close();
    withDb((db) => {
      type Row = { readonly seq: number; readonly hash: string; readonly mac: string };
      const after = db.prepare<[], Row>('select * from journal order by seq').all();
      expect(after.slice(0, count)).toMatchObject(before);
      expect(after.filter((row) => row.mac !== mac(row.hash))).toEqual([]);
      for (const sql of [
        'update journal set ts = 1',
        "insert into journal select 99999, 0, 'R-2', 1, 1, 'x', '{}', 'a', 'b', ''",
      ])
        expect(() => db.exec(sql)).toThrow('append-only');
    });
  });

  it('leaves an older version whole when its keyed hashes cannot all be made', () => {
    withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, 2));
      writeAsVersionTwo(db, 5);
      let made = 0;
      const dying = journalMigrations((hash) => {
        made += 1;
        if (made === 3) throw new Error('the power went');
        return mac(hash);
      });
      expect(() => migrate(db, path(), dying)).toThrow('the power went');
      expect(db.pragma('user_version', { simple: true })).toBe(2);
      expect(() => db.exec('update journal set ts = 1')).toThrow('append-only');
    });
    const opened = openTestStorage(folder.path);
    expect(opened.journal.verify()).toMatchObject({ ok: true, records: 5 });
    opened.close();
  });

  it('refuses a database of a newer program and leaves it alone', () => {
    openTestStorage(folder.path).close();
    withDb((db) => db.pragma('user_version=99'));
    expect(() => openTestStorage(folder.path)).toThrow(
      expect.objectContaining({ code: 'storage', message: expect.stringContaining('newer version') }),
    );
    withDb((db) => expect(db.pragma('user_version', { simple: true })).toBe(99));
  });

  it.each([
    ['journal.db', 'market.db'],
    ['journal.db', 'lab.db'],
    ['market.db', 'lab.db'],
  ])('names the file when %s and %s have changed places, and writes to neither', (one, other) => {
    const at = (name: string): string => join(folder.path, name);
    const open = (): void => {
      openTestStorage(folder.path).close();
      openLabStore(at('lab.db'), TEST_KEY).close();
    };
    open();
    renameSync(at(one), at('kept'));
    renameSync(at(other), at(one));
    renameSync(at('kept'), at(other));
    const before = [one, other].map((name) => readFileSync(at(name)));
    expect(open).toThrow(
      expect.objectContaining({
        code: 'storage',
        message: expect.stringMatching(new RegExp(`${one} holds .*\\(${other}\\) and not .*\\(${one}\\)`)),
        remedy: expect.stringContaining('give each its own name back'),
      }),
    );
    expect([one, other].map((name) => readFileSync(at(name)))).toEqual(before);
  });

  it('leaves the older version whole when a step fails in the middle', () => {
    const broken: Migration = {
      version: JOURNAL_MIGRATIONS.length + 1,
      name: 'broken',
      sql: 'create table half (a integer) strict; create table journal (a)',
    };
    withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS);
      expect(() => migrate(db, path(), [...JOURNAL_MIGRATIONS, broken])).toThrow();
      expect(db.pragma('user_version', { simple: true })).toBe(JOURNAL_MIGRATIONS.length);
      expect(tables(db)).not.toContain('half');
    });
  });

  it('refuses steps that are out of order as a bug', () => {
    withDb((db) => expect(() => migrate(db, path(), JOURNAL_MIGRATIONS.toReversed())).toThrow(RangeError));
  });
});
