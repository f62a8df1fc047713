import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { errorCode } from '#adapters/files/error-code.ts';
import { storageFault } from './storage-fault.ts';

/** A lock that the operating system drops when its process dies, however it dies. */
export type ExclusiveFile = { release(): void };

/**
 * Takes SQLite's exclusive lock on an otherwise empty file, or answers undefined when another process or connection holds it. The file
 * is left behind on release: removing a locked file would let two processes lock two files of one name.
 */
export function holdExclusive(path: string): ExclusiveFile | undefined {
  let db: Database.Database | undefined;
  try {
    keepPrivate(path);
    db = new Database(path, { timeout: 0 });
    db.exec('begin exclusive');
    const held = db;
    return {
      release() {
        if (!held.open) return;
        held.exec('rollback');
        held.close();
      },
    };
  } catch (error) {
    db?.close();
    if (errorCode(error)?.startsWith('SQLITE_BUSY')) return undefined;
    throw storageFault(error, path);
  }
}

/** Made for its owner only, before SQLite makes it with wider rights. An existing one is not opened: closing it would drop its locks (POSIX). */
function keepPrivate(path: string): void {
  if (!existsSync(path)) {
    try {
      closeSync(openSync(path, 'wx', 0o600));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}
