import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { syncFile } from '#adapters/files/durable.ts';
import { assertIntact, type Db, openDb } from './open-db.ts';
import { rowCounts } from './row-counts.ts';
import { damaged, guarded } from './storage-fault.ts';

/**
 * Writes a copy of a closed database that opens with another key, and proves that it holds the same: every page is read back, and each
 * table has as many rows as before. The database itself stays as it is. The copy is made with its old key and given the new one before
 * anybody can take it for finished; `amend` changes in it what else depends on the keys. Throws Fault `locked` or `storage`; the copy is then worth nothing.
 */
export function writeRekeyed(
  from: string,
  to: string,
  oldKey: Buffer,
  newKey: Buffer,
  amend: (copy: Db, path: string) => void = () => undefined,
): void {
  // As the journal's owner opens it: one process at a time, and what a crash left in the log is taken in first.
  const source = openDb(from, oldKey, 'journal');
  let rows: string;
  try {
    // For its owner only from the first byte; SQLite would make it with wider rights.
    guarded(to, () => closeSync(openSync(to, 'wx', 0o600)));
    guarded(to, () => source.prepare('vacuum into ?').run(to));
    rows = rowCounts(source, from);
  } finally {
    source.close();
  }
  guarded(to, () => {
    const copy = new Database(to);
    try {
      copy.pragma(`cipher='chacha20'`);
      copy.pragma(`key='raw:${oldKey.toString('hex')}'`);
      copy.pragma(`rekey='raw:${newKey.toString('hex')}'`);
    } finally {
      copy.close();
    }
  });
  const copy = openDb(to, newKey, 'journal');
  try {
    amend(copy, to);
    assertIntact(copy, to);
    if (rowCounts(copy, to) !== rows) throw damaged(to);
  } finally {
    copy.close();
  }
  syncFile(to);
}
