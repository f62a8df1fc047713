import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { Durable } from '../durable/open-durable.ts';
import type { HomePaths } from '../home-folder.ts';
import { type OpenedVault, vaultHeader } from '../vault/open-vault.ts';
import { type BackupVerdict, checkBackup } from './check-backup.ts';
import { type BackupSource, type MadeBackup, makeBackup } from './make-backup.ts';
import { readManifest } from './manifest.ts';
import { backupsToDrop } from './retention.ts';

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 60_000;
/** A backup that is due waits so long for a moment without orders in flight, because copying holds the engine's thread. */
const PATIENCE_MS = 600_000;

export type BackupEntry = {
  readonly name: string;
  readonly createdAt: number;
  readonly bytes: number;
  readonly records: number;
};

export type BackupService = {
  /** Newest first; folders without a readable manifest are not backups. */
  list(): readonly BackupEntry[];
  /** Makes one now and drops what is of no use any more. */
  make(): Promise<MadeBackup>;
  /** `newest` when left out. Throws Fault `not_found`. */
  check(name?: string): Promise<{ readonly entry: BackupEntry; readonly verdict: BackupVerdict }>;
  stop(): void;
};

export type BackupServiceOptions = {
  readonly source: BackupSource;
  /** Key of the keyed hashes; overwritten by `stop`, as are those of the source. */
  readonly auditMac: Buffer;
  readonly chain: JournalChain;
  readonly now: () => number;
  /** False while orders are in flight. */
  readonly quiet: () => boolean;
  readonly logger: Logger;
};

/** What is backed up of a data folder whose databases are open. The keys are copied: the vault's own may be overwritten. */
export function backupSource(
  paths: HomePaths,
  vault: Pick<OpenedVault, 'vaultId' | 'keys'>,
  { storage, audit }: Pick<Durable, 'storage' | 'audit'>,
  lab: Pick<LabStore, 'copyTo'>,
): BackupSource {
  return {
    paths,
    vaultId: vault.vaultId,
    fingerprint: vaultHeader(paths.home)?.fingerprint ?? '',
    keys: { db: Buffer.from(vault.keys.db), backup: Buffer.from(vault.keys.backup) },
    signHead: () => audit.signNow(),
    head: () => storage.journal.head(),
    copies: { 'journal.db': (to) => storage.copyJournal(to), 'lab.db': (to) => lab.copyTo(to) },
  };
}

/** Backups of an engine's data folder: one each hour while it runs, and when asked. */
export function startBackups({ source, auditMac, chain, now, quiet, logger }: BackupServiceOptions): BackupService {
  const { backups } = source.paths;
  let running: Promise<MadeBackup> | undefined;

  const list = (): readonly BackupEntry[] => {
    const names = existsSync(backups) ? readdirSync(backups).filter((name) => !name.startsWith('.')) : [];
    return names
      .flatMap((name): BackupEntry[] => {
        const manifest = readManifest(join(backups, name));
        if (manifest === undefined) return [];
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        return [{ name, createdAt: manifest.createdAt, bytes, records: manifest.journal.records }];
      })
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1));
  };

  const make = async (): Promise<MadeBackup> => {
    const made = await makeBackup(source, now);
    try {
      for (const { name } of backupsToDrop(list())) rmSync(join(backups, name), { recursive: true, force: true });
    } catch (error) {
      throw storageFault(error, backups);
    }
    return made;
  };
  const makeOnce = (): Promise<MadeBackup> => {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  };

  const look = (): void => {
    const age = now() - (list()[0]?.createdAt ?? 0);
    if (age < HOUR_MS || (!quiet() && age < HOUR_MS + PATIENCE_MS)) return;
    makeOnce().catch((error: unknown) => logger.error('the hourly backup could not be made', error));
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();

  return {
    list,
    make: makeOnce,
    async check(name) {
      const all = list();
      const entry = name === undefined ? all[0] : all.find((one) => one.name === name);
      if (entry === undefined) {
        throw new Fault(
          'not_found',
          name === undefined ? 'there is no backup yet' : `there is no backup ${name}`,
          name === undefined ? 'make one: mt backup now' : 'take a name from mt backup ls',
        );
      }
      return { entry, verdict: await checkBackup(join(backups, entry.name), { ...source.keys, auditMac }, chain) };
    },
    stop() {
      clearInterval(timer);
      for (const key of [source.keys.db, source.keys.backup, auditMac]) key.fill(0);
    },
  };
}
