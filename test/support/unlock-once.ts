import { systemBootClock } from '#adapters/clock-system/boot-clock.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { createFileSecretStore } from './file-secret-store.ts';
import { vaultOptions } from './vault.ts';

// Tries one passphrase on a folder, in a process of its own whose clock is set wrong by the milliseconds given. Prints what came of it.
const [home = '', keychain = '', passphrase = '', clockOffMs = '0'] = process.argv.slice(2);
const rightNow = Date.now;
Date.now = () => rightNow() + Number(clockOffMs);
try {
  await openVault(vaultOptions(home, createFileSecretStore(keychain), { bootClock: systemBootClock }), {
    kind: 'passphrase',
    passphrase,
  });
  console.log('opened');
} catch (error) {
  console.log(error instanceof Error ? error.message : 'failed');
}
