import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { syncFile, syncFolder } from '#adapters/files/durable.ts';
import { rekeyAudit } from '#adapters/sqlite/audit-signer.ts';
import { writeRekeyed } from '#adapters/sqlite/rekey-db.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { Logger } from '#core/ports/logger.ts';
import { SECOND_FACTOR_FILE } from '../access/second-factor-file.ts';
import { acquireEngineLock } from '../engine-lock.ts';
import { type HomePaths, homePaths, prepareHome } from '../home-folder.ts';
import { type BackupVault, openBackupVault } from '../vault/backup-keys.ts';
import type { Credential } from '../vault/credential.ts';
import { wipeKeys } from '../vault/keys.ts';
import { needsCredential, vaultHeader } from '../vault/open-vault.ts';
import { headerPath, type VaultOptions } from '../vault/vault-options.ts';
import { checkBackup } from './check-backup.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { finishRestore, writePlan } from './restore-plan.ts';
import { signTakeOver } from './take-over.ts';

export type RestoreOptions = Pick<VaultOptions, 'secrets' | 'now' | 'randomBytes' | 'hash' | 'bootClock'> & {
  readonly home: string;
  /** A name as `mt backup ls` prints it, or the path of a backup's folder. */
  readonly backup: string;
  /** A folder that does not exist or is empty, instead of the data folder itself. */
  readonly to?: string;
  /** The restored folder goes on in place of the one that the keychain remembers. Always so in the data folder itself. */
  readonly takeOver: boolean;
  /** Asked for only where the vault does not open without one. */
  readonly askCredential?: () => Promise<Credential>;
  readonly chain: JournalChain;
  readonly logger: Logger;
};

export type RestoreReport = {
  readonly home: string;
  readonly createdAt: number;
  readonly records: number;
  /** Where the data of before lies now; null when there was none. */
  readonly aside: string | null;
};

/** Names of what a backup brings, beside the vault. */
const DATABASES = ['journal.db', 'lab.db'] as const;

/**
 * Puts a backup in place of the data folder's content, or into another folder. It is checked as a whole first, and everything is written
 * and on the disk before anything moves; what was there is kept aside. A kill leaves the old state or the new one: from the moment the
 * plan is written the next start finishes it. Throws Fault `engine_running`, `locked` or `storage`.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const paths = prepareHome(options.home);
  const lock = acquireEngineLock(paths.runDir, options.now);
  try {
    await finishRestore(paths.home, options.secrets);
    return await restoreUnderLock(paths, options);
  } finally {
    lock.release();
  }
}

async function restoreUnderLock(paths: HomePaths, options: RestoreOptions): Promise<RestoreReport> {
  const folder = backupFolder(paths, options.backup);
  const manifest = readManifest(folder);
  if (manifest === undefined) {
    throw new Fault('not_found', `${folder} holds no readable backup`, 'take a name from mt backup ls');
  }
  const target = options.to === undefined ? paths : freshTarget(options.to);
  const inPlace = options.to === undefined;
  const name = `restore-${options.randomBytes(8).toString('hex')}`;
  const staged = join(target.home, name);
  try {
    mkdirSync(join(staged, 'vault'), { recursive: true, mode: 0o700 });
    const hasVault = existsSync(headerPath(paths.home));
    const files: string[] = [];
    if (!inPlace || !hasVault) files.push(...copyVault(hasVault ? paths.vaultDir : join(folder, 'vault'), staged));
    const vaultHome = hasVault ? paths.home : staged;
    const header = vaultHeader(vaultHome);
    const asked = header !== undefined && needsCredential(header) ? await options.askCredential?.() : undefined;
    const vault = await openBackupVault({ ...options, home: vaultHome }, manifest, asked);
    try {
      await assertWhole(folder, vault, options);
      files.push(...copyDatabases(folder, staged, vault));
      const takes = inPlace || options.takeOver;
      const keychain = takes ? await signTakeOver({ staged, vault, manifest, ...options, present: paths }) : null;
      if (takes) files.push('journal.head');
      syncFolder(join(staged, 'vault'));
      syncFolder(staged);
      const aside = `replaced-${stamp(options.now())}`;
      writePlan(target.home, { version: 1, staged: name, aside, files, keychain });
      await finishRestore(target.home, options.secrets);
      return reportOf(target, manifest, aside);
    } finally {
      wipeKeys(vault.keys);
      wipeKeys(vault.present);
    }
  } catch (error) {
    // A plan that is written is carried out by the next start; anything before it leaves no trace.
    if (!existsSync(join(target.home, 'restore.json'))) rmSync(staged, { recursive: true, force: true });
    throw storageFault(error, target.home);
  }
}

const stamp = (now: number): string => utcText(unixMs(Math.floor(now / 1000) * 1000)).replaceAll(':', '-');

function backupFolder(paths: HomePaths, backup: string): string {
  if (isAbsolute(backup)) return backup;
  if (/^[\w-]+$/.test(backup)) return join(paths.backups, backup);
  throw new Fault('usage', `${backup} is no name of a backup`, 'take a name from mt backup ls, or give a full path');
}

function freshTarget(to: string): HomePaths {
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new Fault('usage', `${to} is not empty`, 'give a folder that is empty or does not exist yet');
  return prepareHome(to);
}

/** Header and sealed values; and the open key, where the vault has one, so that the folder opens as the one beside it does. */
function copyVault(from: string, staged: string): readonly string[] {
  const names = ['header.json', 'exchange-keys.json', SECOND_FACTOR_FILE, 'open.key'].filter((name) =>
    existsSync(join(from, name)),
  );
  for (const name of names) {
    copyFileSync(join(from, name), join(staged, 'vault', name));
    syncFile(join(staged, 'vault', name));
  }
  return names.map((name) => `vault/${name}`);
}

async function assertWhole(folder: string, { keys }: BackupVault, { chain }: RestoreOptions): Promise<void> {
  const verdict = await checkBackup(folder, keys, chain);
  if (verdict.ok) return;
  throw new Fault('storage', `the backup ${folder} is damaged: ${verdict.why}`, 'restore another one (mt backup ls)');
}

/** Under the present data key: a backup of before is written anew on its way. The backup itself is never opened for writing. */
function copyDatabases(folder: string, staged: string, { keys, present, rekeyed }: BackupVault): readonly string[] {
  for (const name of DATABASES) {
    const to = join(staged, name);
    const copy = rekeyed ? `${to}.earlier` : to;
    copyFileSync(join(folder, name), copy);
    if (rekeyed) {
      writeRekeyed(copy, to, keys.db, present.db, (db, path) => {
        if (name === 'journal.db') rekeyAudit(db, path, keys, present);
      });
      for (const tail of ['', '-wal', '-shm']) rmSync(copy + tail, { force: true });
    }
    syncFile(to);
  }
  copyFileSync(join(folder, 'journal.heads'), join(staged, 'journal.heads'));
  syncFile(join(staged, 'journal.heads'));
  return [...DATABASES, 'journal.heads'];
}

function reportOf(target: HomePaths, manifest: Manifest, aside: string): RestoreReport {
  const kept = join(homePaths(target.home).home, aside);
  return {
    home: target.home,
    createdAt: manifest.createdAt,
    records: manifest.journal.records,
    aside: existsSync(kept) && readdirSync(kept).length > 0 ? kept : null,
  };
}
