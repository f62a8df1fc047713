import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { openTestStorage } from './storage.ts';

// Runs the named steps one after another against the session's real keyring, with one line of JSON for each.
const [home = '', ...steps] = process.argv.slice(2);
const NAME = 'Master Trader Test';
const secrets = createKeytarStore(NAME, { timeoutMs: Number(process.env['KEYRING_TIMEOUT_MS'] ?? 10_000) });
const SERVICE = ['--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets'];

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
  vault: async () => {
    const { keys, slot, label, created } = await openVault({ home, secrets, now: Date.now, randomBytes });
    openTestStorage(home, keys.db).close();
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
