import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { openDurable } from '#host/durable/open-durable.ts';
import { homePaths } from '#host/home-folder.ts';
import { changePassphrase, setPassphrase } from '#host/vault/change-vault.ts';
import type { Credential } from '#host/vault/credential.ts';
import { openVault, vaultHeader } from '#host/vault/open-vault.ts';
import { copyJournal, drafts, openStorageWith } from './storage.ts';
import { PASSPHRASE, RECOVERY, vaultOptions } from './vault.ts';

// Runs the named steps one after another against the session's real keyring, with one line of JSON for each.
const [home = '', ...steps] = process.argv.slice(2);
const NAME = 'Master Trader Test';
const secrets = createKeytarStore(NAME, { timeoutMs: Number(process.env['KEYRING_TIMEOUT_MS'] ?? 10_000) });
const SERVICE = ['--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets'];

async function opened(credential: Credential): Promise<unknown> {
  const { keys, slot, label, created } = await openVault(vaultOptions(home, secrets), credential);
  openStorageWith(home, keys).close();
  return { slot, label, created, key: keys.db.toString('hex') };
}

const actions: { readonly [step: string]: () => Promise<unknown> } = {
  probe: () => secrets.probe(),
  set: async () => {
    await secrets.set('account', 'wert mit Ümlaut 🔑');
    return 'set';
  },
  get: async () => ({ value: await secrets.get('account') }),
  delete: async () => ({ deleted: await secrets.delete('account') }),
  entries: async () => {
    const found = execFileSync('gdbus', [
      'call',
      ...SERVICE,
      '--method',
      'org.freedesktop.Secret.Service.SearchItems',
      `{'service': '${NAME}'}`,
    ]);
    return { entries: found.toString().match(/'\/org[^']*'/g) ?? [] };
  },
  header: async () => readFileSync(join(home, 'vault', 'header.json'), 'utf8'),
  lock: async () => {
    const method = [
      '--method',
      'org.freedesktop.Secret.Service.Lock',
      `[objectpath '/org/freedesktop/secrets/collection/login']`,
    ];
    execFileSync('gdbus', ['call', ...SERVICE, ...method], { stdio: 'ignore' });
    return 'locked';
  },
  hang: async () => {
    process.kill(Number(process.env['KEYRING_PID']), 'SIGSTOP');
    return 'hanging';
  },
  resume: async () => {
    process.kill(Number(process.env['KEYRING_PID']), 'SIGCONT');
    // The call that was left waiting has to come back first.
    for (;;) {
      const state = await secrets.probe();
      if (state.kind === 'ready') return 'resumed';
      await sleep(20);
    }
  },
  die: async () => {
    process.kill(Number(process.env['KEYRING_PID']), 'SIGKILL');
    return 'dead';
  },
  protect: async () => {
    await setPassphrase(vaultOptions(home, secrets), { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    return { slots: vaultHeader(home)?.slots.map(({ kind }) => kind) };
  },
  'protect-and-die': async () => {
    const onStep = (step: string): void => {
      if (step === 'rewrite journal.db') process.kill(Number(process.env['KEYRING_PID']), 'SIGKILL');
    };
    await setPassphrase(vaultOptions(home, secrets, { onStep }), { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    return { slots: vaultHeader(home)?.slots.map(({ kind }) => kind) };
  },
  unlock: () => opened({ kind: 'passphrase', passphrase: PASSPHRASE }),
  wrong: () => opened({ kind: 'passphrase', passphrase: 'a wrong passphrase' }),
  recover: () => opened({ kind: 'recovery', code: RECOVERY }),
  change: async () => {
    await changePassphrase(vaultOptions(home, secrets), { kind: 'recovery', code: RECOVERY }, PASSPHRASE);
    return 'changed';
  },
  vault: async () => {
    const { keys, slot, label, created } = await openVault({ home, secrets, now: Date.now, randomBytes });
    openStorageWith(home, keys).close();
    return { slot, label, created, key: keys.db.toString('hex') };
  },
  /** A session of the journal with its witnesses: five records, and a head over them at the end. */
  session: async () => {
    const open = await openWitnessed();
    open.durable.storage.journal.append(0, drafts('R-keyring', 5));
    const { seq } = open.durable.storage.journal.head();
    await open.close();
    return { records: seq };
  },
  keep: async () => {
    copyJournal(home, join(home, 'older'));
    copyFileSync(join(home, 'journal.heads'), join(home, 'older', 'journal.heads'));
    return 'kept';
  },
  rollback: async () => {
    for (const name of ['journal.db-wal', 'journal.tree']) rmSync(join(home, name), { force: true });
    copyJournal(join(home, 'older'), home);
    copyFileSync(join(home, 'older', 'journal.heads'), join(home, 'journal.heads'));
    return 'rolled back';
  },
  /** What a new keyring knows of the journal: nothing. */
  forget: async () => {
    const { vaultId } = await openVault({ home, secrets, now: Date.now, randomBytes });
    return { deleted: await secrets.delete(`journal-head-${vaultId}`) };
  },
  verify: async () => {
    const open = await openWitnessed();
    const { result, witnesses } = await open.durable.audit.verify();
    await open.close();
    return { ...result, keychain: witnesses.find(({ name }) => name === 'the keychain')?.state };
  },
};

async function openWitnessed() {
  const vault = await openVault({ home, secrets, now: Date.now, randomBytes });
  const storage = openStorageWith(home, vault.keys);
  const logger = createRingLogger({ verbose: false });
  const paths = homePaths(home);
  const durable = openDurable({ storage, paths, vault, secrets, now: Date.now, logger, onChange: () => undefined });
  return {
    durable,
    async close() {
      await durable.close();
      storage.close();
    },
  };
}

for (const step of steps) {
  const action = actions[step];
  if (action === undefined) throw new Error(`no such step: ${step}`);
  try {
    console.log(JSON.stringify(await action()));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.log(JSON.stringify({ fault: error.code, message: error.message, remedy: error.remedy }));
  }
}
