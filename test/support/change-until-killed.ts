import { changePassphrase, rotateKey, setPassphrase, setUnattended } from '#host/vault/change-vault.ts';
import { createFileSecretStore } from './file-secret-store.ts';
import { PASSPHRASE, RECOVERY, vaultOptions } from './vault.ts';

// Changes the vault of a folder and is killed at the step with the number given; prints the steps that it came to.
const [home = '', keychain = '', change = '', killAt = ''] = process.argv.slice(2);
let step = 0;
const options = vaultOptions(home, createFileSecretStore(keychain), {
  onStep: (name) => {
    console.log(name);
    if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    step += 1;
  },
});
const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
if (change === 'set') await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
else if (change === 'rotate') await rotateKey(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
else if (change === 'change') await changePassphrase(options, passphrase, 'another passphrase');
else await setUnattended(options, passphrase, true);
console.log('done');
