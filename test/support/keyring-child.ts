import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { changePassphrase, setPassphrase } from '#host/vault/change-vault.ts';
import type { Credential } from '#host/vault/credential.ts';
import { openVault, vaultHeader } from '#host/vault/open-vault.ts';
import { openStorageWith } from './storage.ts';
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
};

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
