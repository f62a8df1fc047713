import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertIntact, openDb } from '#adapters/sqlite/open-db.ts';
import { draft, openTestStorage, TEST_KEY } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const CANARY = 'canary-7f3a-secret-order-note';
let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());
const journalPath = (): string => join(folder.path, 'journal.db');

/** Ways in which the canary could lie on the disk. */
const disguises = (): readonly Buffer[] => {
  const raw = Buffer.from(CANARY);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), raw])
      .toString('base64')
      .slice(4, 24),
  );
  return [
    raw,
    Buffer.from(CANARY, 'utf16le'),
    Buffer.from(raw.toString('hex')),
    ...base64.map((text) => Buffer.from(text)),
  ];
};
const leaks = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return disguises().some((disguise) => bytes.includes(disguise));
    })
    .map((entry) => entry.name);

describe('openDb', () => {
  it('leaves nothing readable in any file, open or closed', () => {
    const storage = openTestStorage(folder.path);
    storage.journal.append(storage.journal.beginCycle(), [draft('R-1', 0, { note: CANARY })]);
    expect(readdirSync(folder.path)).toContain('journal.db-wal');
    expect(statSync(join(folder.path, 'journal.db-wal')).size).toBeGreaterThan(0);
    expect(leaks(folder.path)).toEqual([]);
    storage.close();
    expect(leaks(folder.path)).toEqual([]);
    for (const name of ['journal.db', 'market.db']) {
      expect(readFileSync(join(folder.path, name)).includes('SQLite format 3')).toBe(false);
    }
  });

  it('finds the canary in a file that is not encrypted, so that the search above means something', () => {
    const plain = new Database(join(folder.path, 'plain.db'));
    plain.exec('create table note (text text)');
    plain.prepare('insert into note values (?)').run(CANARY);
    plain.close();
    expect(leaks(folder.path)).toEqual(['plain.db']);
  });

  it('keeps every file for its owner only', () => {
    const storage = openTestStorage(folder.path);
    storage.journal.append(0, [draft('R-1', 0)]);
    const files = readdirSync(folder.path);
    expect(files).toEqual(
      expect.arrayContaining(['journal.db', 'journal.db-wal', 'journal.head', 'market.db', 'market.db-wal']),
    );
    for (const name of files) expect([name, statSync(join(folder.path, name)).mode & 0o777]).toEqual([name, 0o600]);
    storage.close();
  });

  it('refuses another key as locked and leaves the file as it was', () => {
    openTestStorage(folder.path).close();
    const before = readFileSync(journalPath());
    expect(() => openDb(journalPath(), Buffer.alloc(32, 8), 'journal')).toThrow(
      expect.objectContaining({ code: 'locked', message: expect.stringContaining(journalPath()) }),
    );
    expect(readFileSync(journalPath()).equals(before)).toBe(true);
    openTestStorage(folder.path).close();
  });

  it('refuses a key of the wrong length as a bug', () => {
    expect(() => openDb(journalPath(), Buffer.alloc(16), 'journal')).toThrow(RangeError);
    expect(existsSync(journalPath())).toBe(false);
  });

  it('refuses a cut-off file, and an ordinary readable database, as storage faults', () => {
    openTestStorage(folder.path).close();
    truncateSync(journalPath(), 5000);
    expect(() => openDb(journalPath(), TEST_KEY, 'journal')).toThrow(expect.objectContaining({ code: 'storage' }));

    const plainPath = join(folder.path, 'plain.db');
    const plain = new Database(plainPath);
    plain.exec('create table note (text text)');
    plain.close();
    expect(() => openDb(plainPath, TEST_KEY, 'journal')).toThrow(
      expect.objectContaining({ code: 'storage', message: expect.stringContaining('not encrypted') }),
    );
  });

  it('finds every flipped bit outside the first page when it checks the file', () => {
    const storage = openTestStorage(folder.path);
    storage.journal.append(
      0,
      Array.from({ length: 40 }, (_, i) => draft('R-1', i, { text: 'y'.repeat(1500) })),
    );
    storage.close();
    const good = readFileSync(journalPath());
    const pages = good.length / 4096;
    expect(pages).toBeGreaterThan(10);
    for (let page = 1; page < pages; page++) {
      const bad = Buffer.from(good);
      const at = page * 4096 + ((page * 1237) % 4096);
      bad[at] = (bad[at] ?? 0) ^ (1 << (page % 8));
      writeFileSync(journalPath(), bad);
      expect(() => openTestStorage(folder.path).close(), `page ${page + 1}`).toThrow(
        expect.objectContaining({ code: 'storage' }),
      );
    }
    writeFileSync(journalPath(), good);
    openTestStorage(folder.path).close();
  });

  it('calls a damaged first page locked or damaged, never a new journal', () => {
    openTestStorage(folder.path).close();
    const bad = readFileSync(journalPath());
    bad[100] = (bad[100] ?? 0) ^ 1;
    writeFileSync(journalPath(), bad);
    expect(() => openTestStorage(folder.path)).toThrow(
      expect.objectContaining({ code: 'locked', message: expect.stringContaining('damaged') }),
    );
  });

  it('makes journal commits durable and market commits cheap', () => {
    const journal = openDb(journalPath(), TEST_KEY, 'journal');
    const market = openDb(join(folder.path, 'market.db'), TEST_KEY, 'market');
    expect([journal, market].map((db) => db.pragma('synchronous', { simple: true }))).toEqual([2, 1]);
    expect([journal, market].map((db) => db.pragma('journal_mode', { simple: true }))).toEqual(['wal', 'wal']);
    assertIntact(journal, journalPath());
    journal.close();
    market.close();
  });

  it('admits one connection to the journal at a time', () => {
    const first = openDb(journalPath(), TEST_KEY, 'journal');
    expect(() => openDb(journalPath(), TEST_KEY, 'journal')).toThrow(
      expect.objectContaining({ code: 'engine_running' }),
    );
    first.close();
    openDb(journalPath(), TEST_KEY, 'journal').close();
  });

  it('names the file when its folder does not exist or is a file', () => {
    const nowhere = join(folder.path, 'nowhere', 'journal.db');
    expect(() => openDb(nowhere, TEST_KEY, 'journal')).toThrow(
      expect.objectContaining({ code: 'storage', message: expect.stringContaining(nowhere) }),
    );
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => openDb(join(folder.path, 'file', 'journal.db'), TEST_KEY, 'journal')).toThrow(
      expect.objectContaining({ code: 'storage' }),
    );
  });

  it('does not take an emptied database for a first start when the head file remembers records', () => {
    const storage = openTestStorage(folder.path);
    storage.journal.append(0, [draft('R-1', 0)]);
    storage.close();
    rmSync(journalPath());
    const again = openTestStorage(folder.path);
    expect(again.journal.verify()).toMatchObject({ ok: false, firstBadSeq: 1 });
    expect(() => again.journal.append(0, [draft('R-1', 0)])).toThrow(expect.objectContaining({ code: 'storage' }));
    again.close();
  });
});
