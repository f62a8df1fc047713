import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

const sources = readSources('src');
type Planted = Pick<SourceFile, 'path' | 'text'>;

/**
 * Every connection to a database, by the file that opens it. `open-db.ts` sets and asserts the durability; the others hold no record:
 * a lock, and a copy that is not yet anybody's data.
 */
const DOORS = [
  'src/adapters/sqlite/exclusive-file.ts',
  'src/adapters/sqlite/open-db.ts',
  'src/adapters/sqlite/rekey-db.ts',
];
/** Who opens a database to write to it with the durability of the journal. */
const JOURNAL_DOORS = ['src/adapters/sqlite/open-journal.ts', 'src/adapters/sqlite/rekey-db.ts'];

const openers = (files: readonly Planted[]): readonly string[] =>
  files.filter(({ text }) => /\bnew Database\(/.test(text)).map(({ path }) => path);
const journalOpeners = (files: readonly Planted[]): readonly string[] =>
  files.filter(({ text }) => /\bopenDb\([^)]*'journal'\)/.test(text)).map(({ path }) => path);
/** `serialize()` gives readable pages away; `backup()` copies page by page under the feet of a writer, and knows nothing of the key. */
const copiers = (files: readonly Planted[]): readonly string[] =>
  files.filter(({ text }) => /\.(backup|serialize)\(/.test(text)).map(({ path }) => path);
/** Whatever loosens what `open-db.ts` has set. */
const looseners = (files: readonly Planted[]): readonly string[] =>
  files
    .filter(
      ({ path, text }) =>
        path !== 'src/adapters/sqlite/open-db.ts' &&
        /pragma[^\n]*(synchronous|journal_mode|fullfsync|locking_mode)/i.test(text),
    )
    .map(({ path }) => path);

describe('a record is on the disk before anything follows from it', () => {
  it('because nothing opens a database but the one door that sees to it', () => {
    expect(openers(sources).toSorted()).toEqual(DOORS);
    expect(journalOpeners(sources).toSorted()).toEqual(JOURNAL_DOORS);
  });

  it('because that door refuses a database that is not in WAL mode with synchronous FULL', () => {
    const door = sources.find(({ path }) => path === 'src/adapters/sqlite/open-db.ts')?.text ?? '';
    expect(door).toMatch(/const wanted = kind === 'journal' \? 2 : 1;/);
    expect(door).toMatch(/pragma\('synchronous', \{ simple: true \}\) !== wanted/);
    expect(door).toMatch(/pragma\('journal_mode', \{ simple: true \}\) !== 'wal'/);
  });

  it('because nothing loosens it afterwards', () => {
    expect(looseners(sources)).toEqual([]);
  });

  it('and a copy is made by VACUUM INTO alone', () => {
    expect(copiers(sources)).toEqual([]);
    const users = sources.filter(({ text }) => /vacuum into/.test(text)).map(({ path }) => path);
    expect(users.toSorted()).toEqual(['src/adapters/sqlite/database-copy.ts', 'src/adapters/sqlite/rekey-db.ts']);
  });

  it('which these checks would notice', () => {
    const planted = (text: string): readonly Planted[] => [{ path: 'src/host/x.ts', text }];
    expect(openers(planted(`const db = new Database(path);`))).toHaveLength(1);
    expect(journalOpeners(planted(`openDb(path, key, 'journal')`))).toHaveLength(1);
    expect(copiers(planted('await db.backup(to);'))).toHaveLength(1);
    expect(copiers(planted('db.serialize()'))).toHaveLength(1);
    expect(looseners(planted(`db.pragma('synchronous=OFF')`))).toHaveLength(1);
  });
});
