import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { inspectCopy } from '#adapters/sqlite/database-copy.ts';
import { verifyJournalCopy } from '#adapters/sqlite/journal-copy.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { VaultKeys } from '../vault/keys.ts';
import { listFiles } from './make-backup.ts';
import { fileHash, isSealed, type Manifest, readManifest } from './manifest.ts';

/** `why` names what is wrong; a backup with anything wrong is not restored. */
export type BackupVerdict =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly why: string };

export type CheckKeys = Pick<VaultKeys, 'db' | 'backup' | 'auditMac'>;

/**
 * A backup as a restore would meet it: every byte of every file against the sealed manifest, every page and index of the databases, the
 * rows of each table, and the whole chain of the journal up to the head that the manifest names.
 */
export async function checkBackup(folder: string, keys: CheckKeys, chain: JournalChain): Promise<BackupVerdict> {
  const wrong = (why: string): BackupVerdict => ({ ok: false, why });
  const manifest = readManifest(folder);
  if (manifest === undefined) return wrong('its manifest is missing or unreadable');
  if (!isSealed(manifest, keys.backup)) return wrong('its manifest was changed: the seal does not fit');
  const named = manifest.files.map(({ path }) => path).toSorted();
  const found = listFiles(folder);
  const odd = found.find((path) => !named.includes(path)) ?? named.find((path) => !found.includes(path));
  if (odd !== undefined) return wrong(`${odd} is ${found.includes(odd) ? 'not part of it' : 'missing'}`);
  for (const { path, bytes, sha256 } of manifest.files) {
    const full = join(folder, ...path.split('/'));
    if (statSync(full).size !== bytes || (await fileHash(full)) !== sha256)
      return wrong(`${path} is not what was written`);
  }
  try {
    for (const [name, rows] of Object.entries(manifest.rows)) {
      if (inspectCopy(join(folder, name), keys.db) !== rows) return wrong(`${name} holds other rows than were written`);
    }
    const { records, head } = manifest.journal;
    const verdict = verifyJournalCopy(join(folder, 'journal.db'), keys, chain);
    if (!verdict.ok) return wrong(verdict.why);
    if (verdict.records !== records || verdict.head !== head) return wrong('the journal ends at another record');
  } catch (error) {
    if (error instanceof Fault) return wrong(error.message);
    throw error;
  }
  return headsFit(folder, manifest) ? { ok: true, manifest } : wrong('the signed heads are not those of its journal');
}

function headsFit(folder: string, { journal }: Manifest): boolean {
  const path = join(folder, 'journal.heads');
  const { heads, garbledLine } = readSignedHeads(path);
  return existsSync(path) && garbledLine === undefined && heads.every(({ size }) => size <= journal.records);
}
