import { closeSync, openSync } from 'node:fs';
import { syncFile } from '#adapters/files/durable.ts';
import { assertIntact, type Db, openReadOnly } from './open-db.ts';
import { rowCounts } from './row-counts.ts';
import { guarded } from './storage-fault.ts';

/**
 * Writes a database as it is at this moment into a new file, under the same key, and sees it to the disk. The only way of copying that
 * is allowed: `serialize()` gives readable pages away, and `backup()` copies page by page under the feet of a writer. Answers what the
 * copy must hold. Throws Fault `storage`.
 */
export function copyDatabase(db: Db, path: string, to: string): string {
  guarded(to, () => {
    // For its owner only from the first byte; SQLite would make it with wider rights.
    closeSync(openSync(to, 'wx', 0o600));
    db.prepare('vacuum into ?').run(to);
    syncFile(to);
  });
  return rowCounts(db, path);
}

/** Opens a copy with its key, reads every page and index of it, and answers what it holds. Throws Fault `locked` or `storage`. */
export function inspectCopy(path: string, key: Buffer): string {
  const db = openReadOnly(path, key);
  try {
    assertIntact(db, path);
    return rowCounts(db, path);
  } finally {
    db.close();
  }
}
