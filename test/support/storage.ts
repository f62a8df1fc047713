import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sha256 } from '#adapters/digest/sha256.ts';
import { createRingLogger, type RingLogger } from '#adapters/logger/ring-logger.ts';
import type { StorageKeys } from '#adapters/sqlite/open-journal.ts';
import { openStorage, type Storage } from '#adapters/sqlite/open-storage.ts';
import { type RunId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { createChain } from '#core/journal/chain.ts';
import { type JournalDraft, RECORD_TYPES } from '#core/journal/types.ts';
import type { Json } from '#core/kernel/canonical-json.ts';

export const TEST_KEY = Buffer.alloc(32, 7);
export const chain = createChain(sha256);
export const START: UnixMs = unixMs(1_700_000_000_000);

export const storagePaths = (folder: string) => ({
  journalPath: join(folder, 'journal.db'),
  headPath: join(folder, 'journal.head'),
  marketPath: join(folder, 'market.db'),
});

/** The other keys of a test are made of the database's one, so that another database key is another vault. */
export const storageKeys = (db: Buffer): StorageKeys => ({
  db,
  auditMac: Buffer.from(db.map((byte) => byte ^ 1)),
  field: Buffer.from(db.map((byte) => byte ^ 2)),
});

/** Real databases in a folder, with the test key and the usual head file unless told otherwise. */
export function openTestStorage(
  folder: string,
  key: Buffer = TEST_KEY,
  headPath: string = storagePaths(folder).headPath,
): Storage & { readonly logger: RingLogger } {
  const logger = createRingLogger({ verbose: false });
  return { ...openStorage({ ...storagePaths(folder), headPath, keys: storageKeys(key), chain, logger }), logger };
}

/** The same with the keys of a vault. */
export const openStorageWith = (folder: string, keys: StorageKeys): Storage =>
  openStorage({ ...storagePaths(folder), keys, chain, logger: createRingLogger({ verbose: false }) });

export const draft = (runId: string, index: number, payload: Json = { index }): JournalDraft => ({
  runId: runId as RunId,
  ts: unixMs(START + index * 1000),
  type: RECORD_TYPES[index % RECORD_TYPES.length] ?? 'cycle.started',
  payload,
});

export const drafts = (runId: string, count: number): readonly JournalDraft[] =>
  Array.from({ length: count }, (_, index) => draft(runId, index));

/** Copies a closed journal and its head file into another folder. */
export function copyJournal(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['journal.db', 'journal.db-wal', 'journal.head']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

/** A connection of somebody who has the key and none of our manners: triggers gone, foreign rules off. */
export function openAsAttacker(folder: string, key: Buffer = TEST_KEY): Database.Database {
  const db = new Database(join(folder, 'journal.db'));
  db.pragma(`cipher='chacha20'`);
  db.pragma(`key='raw:${key.toString('hex')}'`);
  const triggers = db.prepare<[], { name: string }>(`select name from sqlite_master where type = 'trigger'`).all();
  for (const { name } of triggers) db.exec(`drop trigger ${name}`);
  return db;
}
