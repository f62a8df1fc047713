import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LAB_MIGRATIONS, openLabStore } from '#adapters/sqlite/lab-store.ts';
import { type Migration, migrate } from '#adapters/sqlite/migrate.ts';
import { type Db, openDb } from '#adapters/sqlite/open-db.ts';
import { JOURNAL_MIGRATIONS, MARKET_MIGRATIONS } from '#adapters/sqlite/open-storage.ts';
import { draft, openTestStorage, TEST_KEY } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

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

  it('keeps the records of an older version', () => {
    withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS.slice(0, 1));
      expect(tables(db)).not.toContain('lesson');
    });
    const first = openTestStorage(folder.path);
    first.journal.append(0, [draft('R-1', 0)]);
    first.close();
    const again = openTestStorage(folder.path);
    expect(again.journal.verify()).toMatchObject({ ok: true, records: 1 });
    again.close();
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
      version: 3,
      name: '0003-broken',
      sql: 'create table half (a integer) strict; create table journal (a)',
    };
    withDb((db) => {
      migrate(db, path(), JOURNAL_MIGRATIONS);
      expect(() => migrate(db, path(), [...JOURNAL_MIGRATIONS, broken])).toThrow();
      expect(db.pragma('user_version', { simple: true })).toBe(2);
      expect(tables(db)).not.toContain('half');
    });
  });

  it('refuses steps that are out of order as a bug', () => {
    withDb((db) => expect(() => migrate(db, path(), JOURNAL_MIGRATIONS.toReversed())).toThrow(RangeError));
  });
});
