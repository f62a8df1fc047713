import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';
import { growLog } from './grow-log.ts';
import { damaged, guarded, storageFault } from './storage-fault.ts';

export type Db = Database.Database;
export type DbKind = 'journal' | 'market';

const KEY_BYTES = 32;
/** Pages are a power of two; a database of a whole number of the smallest pages is the weakest thing that must hold. */
const SMALLEST_PAGE = 512;
const PLAIN_HEADER = 'SQLite format 3\0';

/**
 * The one door to a database. Everything in it, its write-ahead log included, is encrypted and authenticated page by page (ChaCha20 with
 * Poly1305, the raw 32-byte key; no passphrase stretching, because the key is random already).
 *
 * `journal`: a commit is on the disk before it returns (synchronous FULL, asserted), and the file admits one process at a time.
 * `market`: candles that can be imported again; a power cut may lose the last commit, never the file.
 *
 * Throws Fault `locked` for a key that doesn't open the file, `storage` for a damaged or unencrypted file, a read-only folder or a full
 * disk, `engine_running` when another process holds the journal.
 */
export function openDb(path: string, key: Buffer, kind: DbKind): Db {
  if (key.length !== KEY_BYTES) throw new RangeError(`a database key has ${KEY_BYTES} bytes`);
  const bytes = prepareFile(path);
  let db: Db;
  try {
    db = new Database(path, { timeout: kind === 'journal' ? 500 : 2000 });
  } catch (error) {
    throw storageFault(error, path);
  }
  try {
    configure(db, key, kind);
    // Nothing above has read a page yet; a wrong key shows here.
    db.prepare('select count(*) from sqlite_master').get();
    if (kind === 'journal') growLog(`${path}-wal`);
    return db;
  } catch (error) {
    db.close();
    if (errorCode(error) === 'SQLITE_NOTADB' && bytes > 0) throw isPlain(path) ? notEncrypted(path) : unreadable(path);
    throw storageFault(error, path);
  }
}

/**
 * Opens a copy that nobody writes to, without a trace on the disk: a connection that could write would make a log beside it and change
 * its first page. Throws as `openDb` does.
 */
export function openReadOnly(path: string, key: Buffer): Db {
  const { size } = guarded(path, () => statSync(path));
  if (size === 0 || size % SMALLEST_PAGE !== 0) throw damaged(path);
  let db: Db;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw storageFault(error, path);
  }
  try {
    unlock(db, key);
    for (const setting of ['trusted_schema=OFF', 'cell_size_check=ON', 'temp_store=MEMORY']) db.pragma(setting);
    db.prepare('select count(*) from sqlite_master').get();
    return db;
  } catch (error) {
    db.close();
    if (errorCode(error) === 'SQLITE_NOTADB') throw isPlain(path) ? notEncrypted(path) : unreadable(path);
    throw storageFault(error, path);
  }
}

function unlock(db: Db, key: Buffer): void {
  db.pragma(`cipher='chacha20'`);
  db.pragma(`key='raw:${key.toString('hex')}'`);
}

function configure(db: Db, key: Buffer, kind: DbKind): void {
  unlock(db, key);
  // Before the first access, so that the lock is taken with the file and no shared-memory file is made.
  if (kind === 'journal') db.pragma('locking_mode=EXCLUSIVE');
  db.pragma('journal_mode=WAL');
  db.pragma(`synchronous=${kind === 'journal' ? 'FULL' : 'NORMAL'}`);
  if (process.platform === 'darwin') {
    // macOS acknowledges an ordinary fsync before the drive has the data.
    db.pragma('fullfsync=1');
    db.pragma('checkpoint_fullfsync=1');
  }
  for (const setting of [
    'foreign_keys=ON',
    'trusted_schema=OFF',
    'cell_size_check=ON',
    'secure_delete=ON',
    'temp_store=MEMORY',
    'recursive_triggers=ON',
  ]) {
    db.pragma(setting);
  }
  const wanted = kind === 'journal' ? 2 : 1;
  if (db.pragma('synchronous', { simple: true }) !== wanted || db.pragma('journal_mode', { simple: true }) !== 'wal') {
    throw new Fault(
      'storage',
      'the database did not accept the durability it must have',
      'use a local disk for the data folder (--home); network folders may not do',
    );
  }
}

/**
 * Creates the file for its owner only, before SQLite does with wider rights; its log inherits them. Returns its size. An existing file is
 * not opened here: closing it would drop the locks that another connection of this process holds on it (POSIX).
 */
function prepareFile(path: string): number {
  return guarded(path, () => {
    if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
    const { size } = statSync(path);
    if (size % SMALLEST_PAGE !== 0) throw damaged(path);
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    return size;
  });
}

/** True for an ordinary SQLite file, which this program never makes. */
function isPlain(path: string): boolean {
  const start = Buffer.alloc(PLAIN_HEADER.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1') === PLAIN_HEADER;
}

/** With authenticated encryption a wrong key and a damaged first page look the same; the likelier one comes first. */
const unreadable = (path: string): Fault =>
  new Fault(
    'locked',
    `${path} does not open with this vault's key: it belongs to another vault, or its first page is damaged`,
    'put back the vault folder that belongs to this file, or move the file aside and restore it from a backup',
  );

const notEncrypted = (path: string): Fault =>
  new Fault(
    'storage',
    `${path} is not encrypted: it was not made by this program`,
    'move the file aside; the engine never opens readable data',
  );

/** Reads every page and index. Throws Fault `storage` when anything is amiss: about 70 ms for 32 MB. */
export function assertIntact(db: Db, path: string): void {
  const answer = guarded(path, () => db.pragma('integrity_check(1)', { simple: true }));
  if (answer !== 'ok') throw damaged(path);
}
