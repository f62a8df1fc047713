import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareHome } from '#host/home-folder.ts';
import {
  changePassphrase,
  proveCredential,
  renewRecovery,
  rotateKey,
  setPassphrase,
  setUnattended,
} from '#host/vault/change-vault.ts';
import type { Credential } from '#host/vault/credential.ts';
import { needsCredential, openVault, vaultHeader } from '#host/vault/open-vault.ts';
import { openSecretBox, secretBoxPath } from '#host/vault/secret-box.ts';
import type { VaultOptions } from '#host/vault/vault-options.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../../support/memory-secret-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { fillHome, PASSPHRASE, RECORDS, RECOVERY, readHome, testBootClock, vaultOptions } from '../../support/vault.ts';

let folder = tempFolder();
let home = '';
let secrets: MemorySecretStore = createMemorySecretStore();
let options: VaultOptions = vaultOptions('', secrets);
const use = (kind: 'ready' | 'missing' = 'ready'): void => {
  secrets = createMemorySecretStore(kind);
  options = vaultOptions(home, secrets);
};
beforeEach(() => {
  folder = tempFolder();
  home = prepareHome(join(folder.path, 'home')).home;
  use();
});
afterEach(() => folder.remove());

const passphrase = (text = PASSPHRASE): Credential => ({ kind: 'passphrase', passphrase: text });
const recovery = (code = RECOVERY): Credential => ({ kind: 'recovery', code });
const protect = async (): Promise<void> => {
  await fillHome(options);
  await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
};
const kinds = (): readonly string[] => vaultHeader(home)?.slots.map(({ kind }) => kind) ?? [];
const headerFile = (): string => join(home, 'vault', 'header.json');
const refusal = (code: string, says: string) =>
  expect.objectContaining({
    name: 'Fault',
    code,
    message: expect.stringContaining(says),
    remedy: expect.stringMatching(/\w/),
  });
/** Prime, so that every bit of a byte gets its turn; all of them are tried in the proof. */
const STRIDE = 29;
const whole = { records: RECORDS, ok: true };
const other = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, () => 9));

describe.each(['ready', 'missing'] as const)('setting a passphrase where the keychain is %s', (kind) => {
  beforeEach(() => use(kind));

  it('makes a new key, writes every database anew and destroys the open one', async () => {
    const first = await openVault(options);
    const left = kind === 'ready' ? [...secrets.entries.keys()] : [];
    await protect();
    expect(kinds()).toEqual([kind === 'ready' ? 'unlock' : 'passphrase', 'recovery']);
    expect(existsSync(join(home, 'vault', 'open.key'))).toBe(false);
    expect([...secrets.entries.keys()].filter((name) => left.includes(name))).toEqual([]);
    expect(() => readHome(home, first.keys)).toThrow(refusal('locked', 'does not open'));
    const opened = await openVault(options, passphrase());
    expect(opened.protectedByPassphrase).toBe(true);
    expect(opened.label).toContain(kind === 'ready' ? 'together with the system keychain' : 'weaker');
    expect(readHome(home, opened.keys)).toEqual(whole);
    expect(readdirSync(home).filter((name) => name.startsWith('rekey-'))).toEqual([]);
  });

  it('opens with the passphrase and with the recovery code, and with nothing else', async () => {
    await protect();
    await expect(openVault(options)).rejects.toThrow(refusal('locked', 'locked by a passphrase'));
    const byCode = await openVault(options, recovery());
    const byWord = await openVault(options, passphrase());
    expect(byCode.keys.db.equals(byWord.keys.db)).toBe(true);
    for (const wrong of [' ', PASSPHRASE.toUpperCase(), `${PASSPHRASE} `, ''])
      await expect(openVault(vaultOptions(home, secrets), passphrase(wrong))).rejects.toThrow(
        refusal('locked', 'does not open'),
      );
    await expect(openVault(options, recovery(other))).rejects.toThrow(refusal('locked', 'recovery code'));
    await expect(openVault(options, recovery('AAAA'))).rejects.toThrow(refusal('usage', 'recovery code'));
  });

  it('can be changed with the passphrase or with the recovery code; the old one opens nothing', async () => {
    await protect();
    await changePassphrase(options, passphrase(), 'a second passphrase');
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'does not open'));
    await changePassphrase(options, recovery(), 'a third passphrase');
    expect(readHome(home, (await openVault(options, passphrase('a third passphrase'))).keys)).toEqual(whole);
    expect(secrets.entries.size).toBe(kind === 'ready' ? 1 : 0);
  });

  it('can be given another recovery code, and another key for the same passphrase', async () => {
    await protect();
    await renewRecovery(options, passphrase(), other);
    await expect(openVault(options, recovery())).rejects.toThrow(refusal('locked', 'recovery code'));
    const before = (await openVault(options, recovery(other))).keys;
    const box = openSecretBox({
      ...options,
      vaultId: vaultHeader(home)?.vaultId ?? '',
      fieldKey: before.field,
      protectedByPassphrase: true,
      hide: () => undefined,
    });
    box.put({ name: 'a', venue: 'kraken', apiKey: 'x', secret: 'y' });
    await rotateKey(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    expect(() => readHome(home, before)).toThrow(refusal('locked', 'does not open'));
    const after = await openVault(options, passphrase());
    expect(readHome(home, after.keys)).toEqual(whole);
    expect((await openVault(options, recovery())).keys.db.equals(after.keys.db)).toBe(true);
    const resealed = openSecretBox({
      ...options,
      vaultId: after.vaultId,
      fieldKey: after.keys.field,
      protectedByPassphrase: true,
      hide: () => undefined,
    });
    expect(resealed.read('a').secret).toBe('y');
    expect(vaultHeader(home)?.retired).toHaveLength(2);
  });
});

describe('a vault with a passphrase and a keychain', () => {
  beforeEach(protect);

  it('says locked while the keyring is, uses up no attempt, changes nothing, and still opens with the code', async () => {
    const before = readFileSync(headerFile(), 'utf8');
    secrets.lock();
    for (let i = 0; i < 8; i++)
      await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'is locked'));
    expect(readHome(home, (await openVault(options, recovery())).keys)).toEqual(whole);
    secrets.unlock();
    expect(readHome(home, (await openVault(options, passphrase())).keys)).toEqual(whole);
    expect(readFileSync(headerFile(), 'utf8')).toBe(before);
  });

  it('does not open with the right passphrase and another keychain secret', async () => {
    const [account = ''] = secrets.entries.keys();
    secrets.entries.set(account, 'ab'.repeat(32));
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'does not open'));
    secrets.entries.clear();
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'emptied'));
    // The code gives it a passphrase again, with a secret that the keychain keeps.
    await changePassphrase(options, recovery(), 'a new beginning');
    expect(readHome(home, (await openVault(options, passphrase('a new beginning'))).keys)).toEqual(whole);
  });

  it('never becomes the weaker kind unasked when its keychain is gone', async () => {
    secrets.lock();
    await expect(changePassphrase(options, recovery(), 'another passphrase')).rejects.toThrow(
      refusal('refused', 'weaker'),
    );
    expect(kinds()).toEqual(['unlock', 'recovery']);
    await changePassphrase(options, recovery(), 'another passphrase', true);
    expect(kinds()).toEqual(['passphrase', 'recovery']);
    const opened = await openVault(options, passphrase('another passphrase'));
    expect(opened.label).toContain('weaker');
    expect(readHome(home, opened.keys)).toEqual(whole);
  });

  it('waits after five wrong ones, but not for the recovery code', async () => {
    const clock = testBootClock();
    const mine = { ...options, bootClock: clock };
    for (let i = 0; i < 5; i++)
      await expect(openVault(mine, passphrase('wrong'))).rejects.toThrow(refusal('locked', 'does not open'));
    await expect(openVault(mine, passphrase())).rejects.toThrow(refusal('locked', 'in 60 s'));
    await expect(proveCredential(mine, passphrase())).rejects.toThrow(refusal('locked', 'in 60 s'));
    await openVault(mine, recovery());
    await openVault(mine, passphrase());
    expect(JSON.parse(readFileSync(join(home, 'vault', 'attempts.json'), 'utf8'))).toMatchObject({ failures: 0 });
  });

  it('opens unattended only while that was asked for', async () => {
    expect(needsCredential(vaultHeader(home) ?? expect.fail())).toBe(true);
    await expect(setUnattended(options, passphrase('wrong'), true)).rejects.toThrow(refusal('locked', 'does not open'));
    await setUnattended(options, passphrase(), true);
    const opened = await openVault(options);
    expect(opened).toMatchObject({
      slot: 'unattended',
      protectedByPassphrase: true,
      label: expect.stringContaining('by itself'),
    });
    expect(readHome(home, opened.keys)).toEqual(whole);
    await rotateKey(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    expect(readHome(home, (await openVault(options)).keys)).toEqual(whole);
    secrets.lock();
    await expect(openVault(options)).rejects.toThrow(refusal('locked', 'second part'));
    secrets.unlock();
    await setUnattended(options, passphrase(), false);
    await expect(openVault(options)).rejects.toThrow(refusal('locked', 'locked by a passphrase'));
    expect(secrets.entries.size).toBe(1);
  });

  it('opens through no slot of another kind or another vault', async () => {
    const text = readFileSync(headerFile(), 'utf8');
    const header = JSON.parse(text) as { slots: { kind: string; box: unknown }[]; vaultId: string };
    const [unlock, code] = header.slots;
    writeFileSync(
      headerFile(),
      `${JSON.stringify(
        {
          ...header,
          slots: [
            { ...unlock, box: code?.box },
            { ...code, box: unlock?.box },
          ],
        },
        null,
        2,
      )}\n`,
    );
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'does not open'));
    await expect(openVault(options, recovery())).rejects.toThrow(refusal('locked', 'recovery code'));
    writeFileSync(headerFile(), text.replaceAll(header.vaultId, 'ef'.repeat(16)));
    await expect(openVault(options, recovery())).rejects.toThrow(refusal('locked', 'recovery code'));
  });

  it('refuses its header with a bit changed anywhere, and half of it', async () => {
    const good = readFileSync(headerFile());
    let refused = 0;
    for (let bit = 0; bit < good.length * 8; bit += STRIDE) {
      const bad = Buffer.from(good);
      const at = bit >> 3;
      bad[at] = (bad[at] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(headerFile(), bad);
      const answer = await openVault(options, recovery()).then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.name : 'other'),
      );
      if (answer !== 'Fault')
        expect.fail(`bit ${bit} (byte ${at}, ${JSON.stringify(good.toString('latin1', at - 10, at + 10))}): ${answer}`);
      refused += 1;
    }
    expect(refused).toBe(Math.ceil((good.length * 8) / STRIDE));
    for (const length of [0, 1, 100, good.length - 1]) {
      writeFileSync(headerFile(), good.subarray(0, length));
      await expect(openVault(options, recovery())).rejects.toThrow(refusal('storage', 'not a vault header'));
    }
    writeFileSync(headerFile(), good);
    expect(readHome(home, (await openVault(options, recovery())).keys)).toEqual(whole);
  });

  it('is opened by no earlier header', async () => {
    cpSync(headerFile(), join(folder.path, 'before'));
    await changePassphrase(options, passphrase(), 'a second passphrase');
    cpSync(join(folder.path, 'before'), headerFile());
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('locked', 'emptied'));
  });
});

describe('what is refused', () => {
  it('a second passphrase, one that protects nothing, and a code that is none', async () => {
    await fillHome(options);
    for (const bad of ['', 'short', 'aaaaaaaaaaaaaaaaaaaa', 'x'.repeat(201)])
      await expect(setPassphrase(options, { passphrase: bad, recoveryCode: RECOVERY })).rejects.toThrow(
        refusal('usage', 'passphrase'),
      );
    await expect(setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: 'none' })).rejects.toThrow(
      refusal('usage', 'recovery code'),
    );
    expect(kinds()).toEqual(['open_keychain']);
    expect(secrets.entries.size).toBe(1);
    await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await expect(setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY })).rejects.toThrow();
  });

  it('unlocking what has no passphrase, and an unattended vault without a keychain', async () => {
    use('missing');
    await fillHome(options);
    await expect(openVault(options, passphrase())).rejects.toThrow(refusal('refused', 'no passphrase yet'));
    await expect(openVault(options, recovery())).rejects.toThrow(refusal('refused', 'no passphrase yet'));
    await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await expect(setUnattended(options, passphrase(), true)).rejects.toThrow(refusal('refused', 'keychain'));
  });

  it('a change that fails leaves the vault as it was and no litter', async () => {
    await fillHome(options);
    const before = readFileSync(headerFile(), 'utf8');
    const broken = {
      ...options,
      onStep: (step: string) => {
        if (step === 'commit') throw new Error('power cut');
      },
    };
    await expect(setPassphrase(broken, { passphrase: PASSPHRASE, recoveryCode: RECOVERY })).rejects.toThrow(
      'power cut',
    );
    expect(readFileSync(headerFile(), 'utf8')).toBe(before);
    expect(secrets.entries.size).toBe(1);
    expect(readHome(home, (await openVault(options)).keys)).toEqual(whole);
    expect(readdirSync(home).filter((name) => name.startsWith('rekey-'))).toEqual([]);
    expect(existsSync(secretBoxPath(home))).toBe(false);
  });
});

describe('a vault of the first version', () => {
  it('opens, and is written as the present one', async () => {
    await fillHome(options);
    const {
      mac: _mac,
      retired: _retired,
      ...first
    } = JSON.parse(readFileSync(headerFile(), 'utf8')) as Record<string, unknown>;
    writeFileSync(headerFile(), JSON.stringify({ ...first, version: 1 }));
    expect(readHome(home, (await openVault(options)).keys)).toEqual(whole);
    expect(JSON.parse(readFileSync(headerFile(), 'utf8'))).toMatchObject({
      version: 2,
      mac: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('has open slots only: a later slot in it is refused', async () => {
    await protect();
    const {
      mac: _mac,
      retired: _retired,
      ...rest
    } = JSON.parse(readFileSync(headerFile(), 'utf8')) as Record<string, unknown>;
    writeFileSync(headerFile(), JSON.stringify({ ...rest, version: 1 }));
    await expect(openVault(options, recovery())).rejects.toThrow(refusal('storage', 'slots is wrong'));
  });
});
