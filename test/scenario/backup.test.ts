import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createChain } from '#core/journal/chain.ts';
import { type RestoreOptions, restoreBackup } from '#host/backup/restore-backup.ts';
import { writePlan } from '#host/backup/restore-plan.ts';
import { setPassphrase } from '#host/vault/change-vault.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { killDuringBackups } from '../support/kill-backups.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { PASSPHRASE, RECOVERY, readHome, testBootClock, vaultOptions } from '../support/vault.ts';

let folder = tempFolder();
let secrets = createMemorySecretStore();
let running: TestEngine | undefined;
let home = '';
beforeEach(() => {
  folder = tempFolder('mt-backup');
  home = join(folder.path, 'home');
  secrets = createMemorySecretStore();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  folder.remove();
});

const start = async (at = home, with_ = secrets): Promise<TestEngine> => {
  running = await startTestEngine({ home: at, secrets: with_ });
  return running;
};
const stop = async (): Promise<void> => {
  await running?.close();
  running = undefined;
};
const restore = (backup: string, more: Partial<RestoreOptions> = {}) =>
  restoreBackup({
    home,
    backup,
    takeOver: false,
    secrets,
    now: Date.now,
    randomBytes,
    chain: createChain(sha256),
    logger: createRingLogger({ verbose: false }),
    ...more,
  });
const verdict = async (engine: TestEngine) => engine.engine.handlers['audit.verify']({});
const backupPath = (name: string): string => join(home, 'backups', name);

/** A folder with one cycle in a backup and another one after it. */
async function tradeAndBackUp(): Promise<{ readonly name: string; readonly backed: number; readonly newest: number }> {
  const engine = await start();
  await engine.press({ seed: 29 });
  const made = await engine.engine.handlers['backup.make']({});
  const backed = (await engine.records()).length;
  await engine.press({ seed: 7 });
  const newest = (await engine.records()).length;
  expect(newest).toBeGreaterThan(backed);
  expect(made.records).toBe(backed);
  await stop();
  return { name: made.name, backed, newest };
}

describe('a backup', () => {
  it('holds journal, lab, heads and header, encrypted, and no key', async () => {
    const { name } = await tradeAndBackUp();
    const files = readdirSync(backupPath(name), { recursive: true }).map(String).sort();
    expect(files).toEqual(
      ['journal.db', 'journal.heads', 'lab.db', 'manifest.json', 'vault', join('vault', 'header.json')].sort(),
    );
    expect(readFileSync(join(backupPath(name), 'journal.db')).includes('SQLite format 3')).toBe(false);
    expect(readdirSync(join(home, 'backups')).filter((entry) => entry.startsWith('.'))).toEqual([]);
    const engine = await start();
    expect(await engine.engine.handlers['backup.verify']({})).toMatchObject({ ok: true, why: null, backup: { name } });
  });

  it.each(['journal.db', 'lab.db', 'journal.heads', 'manifest.json', join('vault', 'header.json')])(
    'is called damaged when one bit of %s changed, and is not restored',
    async (file) => {
      const { name, newest } = await tradeAndBackUp();
      const path = join(backupPath(name), file);
      const bytes = readFileSync(path);
      const place = Math.floor(bytes.length / 2);
      bytes.writeUInt8(bytes.readUInt8(place) ^ 4, place);
      writeFileSync(path, bytes);
      await expect(restore(name)).rejects.toThrow(/damaged|no readable backup/);
      const engine = await start();
      expect(await engine.records()).toHaveLength(newest);
      expect(readdirSync(home).filter((entry) => /^(restore|replaced)/.test(entry))).toEqual([]);
    },
  );
});

describe('a restore', () => {
  it('in place goes on from the backup, says so in the journal, keeps what was there, and accuses nobody', async () => {
    const { name, backed, newest } = await tradeAndBackUp();
    const report = await restore(name);
    expect(report.records).toBe(backed);
    expect(readdirSync(report.aside ?? '').sort()).toEqual(['journal.db', 'journal.head', 'journal.heads', 'lab.db']);
    const engine = await start();
    const records = await engine.records();
    expect(records).toHaveLength(backed + 1);
    expect(records.at(-1)).toMatchObject({
      type: 'journal.restored',
      summary: `Restored from a backup of ${backed} records; ${newest - backed} newer ones not in it`,
    });
    expect(await verdict(engine)).toMatchObject({
      ok: true,
      witnesses: [{ state: 'agrees' }, { name: 'the keychain', state: 'agrees' }],
    });
    // Above the number of the newest head that was ever signed, which was the second.
    expect((await engine.engine.handlers['audit.status']({})).signed?.counter).toBe(3);
    const view = await engine.press({ seed: 11 });
    expect(view.state).toBe('completed');
    expect((await verdict(engine)).ok).toBe(true);
  });

  it('is refused while an engine runs', async () => {
    const { name } = await tradeAndBackUp();
    await start();
    await expect(restore(name)).rejects.toMatchObject({ code: 'engine_running' });
  });

  it('into another folder is for looking at: the keychain knows that there is a newer journal', async () => {
    const { name, backed, newest } = await tradeAndBackUp();
    const to = join(folder.path, 'other');
    await restore(name, { to });
    const engine = await start(to);
    expect((await engine.records()).length).toBe(backed);
    expect(await verdict(engine)).toMatchObject({ ok: false, witness: 'the keychain' });
    await expect(engine.press()).rejects.toMatchObject({ code: 'storage' });
    await stop();
    // And the folder beside it is as it was.
    const original = await start();
    expect(await original.records()).toHaveLength(newest);
    expect((await verdict(original)).ok).toBe(true);
  });

  it('into another folder that takes over goes on, and the folder of before is the older copy', async () => {
    const { name } = await tradeAndBackUp();
    const to = join(folder.path, 'other');
    await restore(name, { to, takeOver: true });
    expect((await verdict(await start(to))).ok).toBe(true);
    await stop();
    expect(await verdict(await start())).toMatchObject({ ok: false, witness: 'the keychain' });
  });

  it('into a folder that holds something is refused', async () => {
    const { name } = await tradeAndBackUp();
    await expect(restore(name, { to: folder.path })).rejects.toMatchObject({ code: 'usage' });
  });

  it('of a lost data folder opens with the header in the backup', async () => {
    const { name, backed } = await tradeAndBackUp();
    const elsewhere = join(folder.path, 'usb', name);
    cpSync(backupPath(name), elsewhere, { recursive: true });
    rmSync(home, { recursive: true });
    const report = await restore(elsewhere);
    expect(report.aside).toBeNull();
    const engine = await start();
    expect((await engine.records()).length).toBe(backed + 1);
    expect((await verdict(engine)).ok).toBe(true);
  });

  it('of a backup from before the passphrase writes it anew under the present key', async () => {
    const { name, backed } = await tradeAndBackUp();
    const options = vaultOptions(home, secrets);
    await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    const before = readFileSync(join(backupPath(name), 'journal.db'));
    await expect(restore(name)).rejects.toMatchObject({ code: 'locked' });
    const credential = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    await restore(name, { askCredential: async () => credential, bootClock: testBootClock() });
    expect(readFileSync(join(backupPath(name), 'journal.db')).equals(before)).toBe(true);
    expect(readdirSync(home).filter((entry) => entry.startsWith('restore'))).toEqual([]);
    const { keys } = await openVault(options, credential);
    expect(readHome(home, keys)).toEqual({ records: backed + 1, ok: true });
  });

  it('of another vault is refused', async () => {
    const { name } = await tradeAndBackUp();
    const stranger = join(folder.path, 'stranger');
    await start(stranger, createMemorySecretStore());
    await stop();
    await expect(restore(backupPath(name), { home: stranger })).rejects.toThrow('belongs to another vault');
  });
});

describe('a restore that was killed in the middle of moving', () => {
  it('is finished by the next start', async () => {
    const { name, backed } = await tradeAndBackUp();
    // As the killed process leaves it: everything staged, the plan written, one file moved aside and none put in its place.
    const staged = `restore-${'a1'.repeat(8)}`;
    cpSync(backupPath(name), join(home, staged), { recursive: true });
    const aside = 'replaced-2026-08-04T12-00-00Z';
    writePlan(home, {
      version: 1,
      staged,
      aside,
      files: ['journal.db', 'lab.db', 'journal.heads'],
      keychain: null,
    });
    cpSync(join(home, 'journal.db'), join(folder.path, 'kept.db'));
    rmSync(join(home, 'journal.db'));
    copyFileSync(join(home, 'journal.head'), join(folder.path, 'kept.head'));
    rmSync(join(home, 'journal.head'));
    secrets.entries.forEach((_, key) => key.startsWith('journal-head') && secrets.entries.delete(key));
    const engine = await start();
    expect((await engine.records()).length).toBe(backed);
    expect(existsSync(join(home, 'restore.json'))).toBe(false);
    expect(readdirSync(join(home, aside))).toContain('lab.db');
    expect((await verdict(engine)).ok).toBe(true);
  });

  it('before it was decided leaves nothing but the old state', async () => {
    const { newest } = await tradeAndBackUp();
    cpSync(join(home, 'backups'), join(home, `restore-${'b2'.repeat(8)}`), { recursive: true });
    const engine = await start();
    expect(await engine.records()).toHaveLength(newest);
    expect(readdirSync(home).filter((entry) => entry.startsWith('restore'))).toEqual([]);
  });
});

describe('a backup whose process is killed', () => {
  it('never leaves a damaged one, nor one that was finished missing', async () => {
    const killed = await killDuringBackups(join(folder.path, 'killed'), 3, 5);
    expect(killed).toMatchObject({ kills: 3, damaged: [], lost: 0, journalWhole: true });
  });
});
