import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFile, syncFolder } from '#adapters/files/durable.ts';
import { readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { inspectCopy } from '#adapters/sqlite/database-copy.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { SECOND_FACTOR_FILE } from '../access/second-factor-file.ts';
import type { HomePaths } from '../home-folder.ts';
import { fileHash, MANIFEST, type ManifestBody, manifestText } from './manifest.ts';

const PARTIAL = /^\.partial-/;
const SECOND_MS = 1000;

export type BackupKeys = { readonly db: Buffer; readonly backup: Buffer };

/** What a backup is made of. */
export type BackupSource = {
  readonly paths: HomePaths;
  readonly vaultId: string;
  /** Of the vault's data key. */
  readonly fingerprint: string;
  readonly keys: BackupKeys;
  /** Signs the records that are not signed yet, so that the backup is covered by a head. */
  readonly signHead: () => Promise<void>;
  readonly head: () => { readonly seq: number; readonly hash: string };
  /** Each writes its database into a new file and answers what that must hold. */
  readonly copies: Readonly<Record<'journal.db' | 'lab.db', (to: string) => string>>;
};

export type MadeBackup = {
  readonly name: string;
  readonly createdAt: UnixMs;
  readonly bytes: number;
  readonly records: number;
};

/** `2026-08-04T12-00-00Z`: no colons, which Windows does not take in names. */
const nameOf = (at: number): string => utcText(unixMs(Math.floor(at / SECOND_MS) * SECOND_MS)).replaceAll(':', '-');

/**
 * Makes a backup under a name that nobody reads, proves that each copy opens, is intact and holds what it must, and gives it its name
 * last: a kill at any instant leaves whole backups and perhaps a part that the next one removes. Throws Fault `storage`.
 */
export async function makeBackup(source: BackupSource, now: () => number): Promise<MadeBackup> {
  const { backups } = source.paths;
  const createdAt = unixMs(now());
  const partial = join(backups, `.partial-${nameOf(createdAt)}-${process.pid}`);
  try {
    mkdirSync(backups, { recursive: true, mode: 0o700 });
    removePartials(backups);
    mkdirSync(join(partial, 'vault'), { recursive: true, mode: 0o700 });
    await source.signHead();
    // Both without a pause in between: what the records say and what the manifest says of them is one moment.
    const head = source.head();
    const rows = { 'journal.db': source.copies['journal.db'](join(partial, 'journal.db')) };
    const labRows = { 'lab.db': source.copies['lab.db'](join(partial, 'lab.db')) };
    copyHeads(source.paths.signedHeads, join(partial, 'journal.heads'), head.seq);
    copyVault(source.paths.vaultDir, join(partial, 'vault'));
    const files = await describeFiles(partial);
    const body: ManifestBody = {
      version: 1,
      createdAt,
      vaultId: source.vaultId,
      fingerprint: source.fingerprint,
      journal: { records: head.seq, head: head.hash },
      rows: { ...rows, ...labRows },
      files,
    };
    for (const [name, wanted] of Object.entries(body.rows)) {
      if (inspectCopy(join(partial, name), source.keys.db) !== wanted) throw notWhole(join(backups, name));
    }
    writeSynced(join(partial, MANIFEST), manifestText(source.keys.backup, body));
    syncFolder(join(partial, 'vault'));
    syncFolder(partial);
    const name = freeName(backups, nameOf(createdAt));
    renameSync(partial, join(backups, name));
    syncFolder(backups);
    return { name, createdAt, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), records: head.seq };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw storageFault(error, backups);
  }
}

/** What a killed backup left. No two are made at once: the engine holds the folder. */
function removePartials(backups: string): void {
  for (const name of readdirSync(backups))
    if (PARTIAL.test(name)) rmSync(join(backups, name), { recursive: true, force: true });
}

/** Two in one second get a number. */
function freeName(backups: string, name: string): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!existsSync(join(backups, candidate))) return candidate;
  }
}

/** The heads that the copied journal reaches; one that was signed meanwhile would accuse it. */
function copyHeads(from: string, to: string, records: number): void {
  const { heads } = readSignedHeads(from);
  const within = heads.filter(({ size }) => size <= records).map((head) => `${JSON.stringify(head)}\n`);
  writeSynced(to, within.join(''));
}

/** Header and sealed values, so that a restore opens with the same passphrase. A key that lies open in a file is never copied. */
function copyVault(from: string, to: string): void {
  for (const name of ['header.json', 'exchange-keys.json', SECOND_FACTOR_FILE]) {
    if (!existsSync(join(from, name))) continue;
    copyFileSync(join(from, name), join(to, name));
    syncFile(join(to, name));
  }
}

function writeSynced(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  syncFile(path);
}

/** Every file of a backup but its manifest, by its path with forward slashes. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => (entry.parentPath === folder ? entry.name : `${basename(entry.parentPath)}/${entry.name}`))
    .filter((path) => path !== MANIFEST)
    .sort();
}

async function describeFiles(folder: string): Promise<ManifestBody['files']> {
  const files: ManifestBody['files'] = [];
  for (const path of listFiles(folder)) {
    const full = join(folder, ...path.split('/'));
    files.push({ path, bytes: statSync(full).size, sha256: await fileHash(full) });
  }
  return files;
}

const notWhole = (path: string): Fault =>
  new Fault(
    'storage',
    `the copy ${basename(path)} does not hold what the database holds`,
    `check the disk of ${dirname(path)}; the database itself was not touched`,
  );
