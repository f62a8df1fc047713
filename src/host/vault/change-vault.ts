import { argon2Hash } from '#adapters/passphrase-argon2/argon2-hash.ts';
import { Fault } from '#core/kernel/fault.ts';
import { readRecoveryCode } from '#shared/recovery-code.ts';
import { openBox, sealBox } from './box.ts';
import { calibrateCost } from './calibrate.ts';
import { type Credential, isPassphraseSlot, obtainKey } from './credential.ts';
import {
  checkHeader,
  type FoundHeader,
  type HeaderBody,
  hasSlot,
  readHeader,
  type SlotRecord,
  writeHeader,
} from './header.ts';
import { DEK_BYTES, keyFingerprint, retiredKey } from './keys.ts';
import { finishPending } from './pending.ts';
import { prepareRekeyed } from './rekey.ts';
import { type KeychainSecret, newKeychainSecret, sealPassphrase, sealRecovery, sealUnattended } from './slots.ts';
import { headerPath, type VaultOptions } from './vault-options.ts';

/** A passphrase and the recovery code that goes with it, as the owner's face made and showed it. */
export type NewProtection = { readonly passphrase: string; readonly recoveryCode: string };

/** A generation more than anybody makes; older backups than that are past reading. */
const RETIRED_KEPT = 32;

/**
 * Gives an open vault its passphrase: a new data key, every file written anew under it, the open key destroyed. The databases must be
 * closed. A kill at any instant leaves a vault that opens: as before, or with the new passphrase. Throws Fault `refused` when there is
 * a passphrase already.
 */
export async function setPassphrase(options: VaultOptions, protection: NewProtection): Promise<void> {
  await withKey(options, undefined, async (found, dek) => {
    if (!hasSlot(found.body, 'open_keychain', 'open_file')) {
      throw new Fault('refused', 'this vault has a passphrase already', 'change it: mt vault change-passphrase');
    }
    await replaceKey(options, found.body, dek, protection);
  });
}

/** A new data key and every file written anew, as `setPassphrase` does it; for a key that somebody may have seen. The databases must be closed. */
export async function rotateKey(options: VaultOptions, protection: NewProtection): Promise<void> {
  const credential: Credential = { kind: 'passphrase', passphrase: protection.passphrase };
  await withKey(options, credential, ({ body }, dek) => replaceKey(options, body, dek, protection));
}

/**
 * Another passphrase for the same data key. The keychain's part changes with it, so that a copy of the old header opens nothing. On a
 * machine that has lost its keychain for good, `withoutKeychain` makes the weaker slot; it is never made unasked.
 */
export async function changePassphrase(
  options: VaultOptions,
  credential: Credential,
  next: string,
  withoutKeychain = false,
): Promise<void> {
  checkPassphrase(next);
  await withKey(options, credential, async ({ body }, dek) => {
    const fresh: KeychainSecret[] = [];
    try {
      const slot = await passphraseSlot(options, body, dek, next, fresh, withoutKeychain);
      const slots = [slot, ...body.slots.filter((one) => !isPassphraseSlot(one))];
      await settle(options, dek, { ...body, slots, pending: { forget: body.slots.filter(isPassphraseSlot) } });
    } catch (error) {
      await dropUnlessNamed(options, fresh);
      throw error;
    }
  });
}

/** Another recovery code; the one before opens nothing any more. */
export async function renewRecovery(
  options: VaultOptions,
  credential: Credential,
  recoveryCode: string,
): Promise<void> {
  const code = checkRecoveryCode(recoveryCode);
  await withKey(options, credential, async ({ body }, dek) => {
    const slot = sealRecovery({ dek, vaultId: body.vaultId, randomBytes: options.randomBytes }, code);
    await settle(options, dek, { ...body, slots: [...body.slots.filter(({ kind }) => kind !== 'recovery'), slot] });
  });
}

/** Lets the vault open by itself, or no longer. Throws Fault `refused` on a machine without a keychain. */
export async function setUnattended(options: VaultOptions, credential: Credential, on: boolean): Promise<void> {
  await withKey(options, credential, async ({ body }, dek) => {
    const [before, rest] = [
      body.slots.filter(({ kind }) => kind === 'unattended'),
      body.slots.filter(({ kind }) => kind !== 'unattended'),
    ];
    const fresh: KeychainSecret[] = [];
    try {
      const added = on ? [await unattendedSlot(options, body.vaultId, dek, fresh)] : [];
      await settle(options, dek, { ...body, slots: [...rest, ...added], pending: { forget: before } });
    } catch (error) {
      await dropUnlessNamed(options, fresh);
      throw error;
    }
  });
}

/** Whether the owner is there: opens the slot and throws the key away. Throws as `openVault`. */
export const proveCredential = (options: VaultOptions, credential: Credential): Promise<void> =>
  withKey(options, credential, () => Promise.resolve());

async function withKey(
  options: VaultOptions,
  credential: Credential | undefined,
  work: (found: FoundHeader, dek: Buffer) => Promise<void>,
): Promise<void> {
  const found = readHeader(headerPath(options.home));
  if (found === undefined) throw new Fault('not_found', 'there is no vault yet', 'start the engine once: mt status');
  const { dek } = await obtainKey(found.body, options, credential);
  try {
    checkHeader(found, dek);
    await work(found, dek);
  } finally {
    dek.fill(0);
  }
}

async function replaceKey(
  options: VaultOptions,
  body: HeaderBody,
  oldDek: Buffer,
  { passphrase, recoveryCode }: NewProtection,
): Promise<void> {
  checkPassphrase(passphrase);
  const code = checkRecoveryCode(recoveryCode);
  const { home, randomBytes, onStep = () => undefined } = options;
  const { vaultId } = body;
  const newDek = randomBytes(DEK_BYTES);
  const fresh: KeychainSecret[] = [];
  try {
    const slots: SlotRecord[] = [
      await passphraseSlot(options, body, newDek, passphrase, fresh),
      sealRecovery({ dek: newDek, vaultId, randomBytes }, code),
    ];
    if (hasSlot(body, 'unattended')) slots.push(await unattendedSlot(options, vaultId, newDek, fresh));
    const folder = `rekey-${randomBytes(8).toString('hex')}`;
    prepareRekeyed({ home, vaultId, folder, oldDek, newDek, randomBytes, onStep });
    const retired = retire(body, oldDek, newDek, randomBytes);
    await settle(options, newDek, { ...body, slots, retired, pending: { folder, forget: body.slots } });
  } catch (error) {
    await dropUnlessNamed(options, fresh);
    throw error;
  } finally {
    newDek.fill(0);
  }
}

/** Writes the header, which is the instant of the change, and then does what it leaves to do. */
async function settle(options: VaultOptions, dek: Buffer, body: HeaderBody): Promise<void> {
  const path = headerPath(options.home);
  options.onStep?.('commit');
  writeHeader(path, dek, body);
  options.onStep?.('committed');
  const found = readHeader(path);
  if (found !== undefined) await finishPending(found, dek, options);
}

async function passphraseSlot(
  options: VaultOptions,
  body: HeaderBody,
  dek: Buffer,
  passphrase: string,
  fresh: KeychainSecret[],
  withoutKeychain = false,
): Promise<SlotRecord> {
  const { hash = argon2Hash, secrets, randomBytes } = options;
  const { vaultId } = body;
  // Measured once, for the first passphrase; later ones cost the same.
  const measured = options.cost ?? body.slots.find(isPassphraseSlot)?.cost;
  const cost = measured ?? (await calibrateCost(hash));
  const keychain = withoutKeychain ? undefined : await newKeychainSecret(secrets, vaultId, 'unlock', randomBytes);
  if (keychain !== undefined) fresh.push(keychain);
  else if (!withoutKeychain && hasSlot(body, 'unlock')) {
    throw new Fault(
      'refused',
      'the keychain that this vault is bound to cannot be used now, and without it the vault would be weaker',
      'unlock the keyring and try again; if it is gone for good: mt vault change-passphrase --recovery --without-keychain',
    );
  }
  return sealPassphrase({ dek, vaultId, randomBytes, passphrase, cost, hash }, keychain);
}

async function unattendedSlot(
  { secrets, randomBytes }: VaultOptions,
  vaultId: string,
  dek: Buffer,
  fresh: KeychainSecret[],
): Promise<SlotRecord> {
  const keychain = await newKeychainSecret(secrets, vaultId, 'unattended', randomBytes);
  if (keychain === undefined) {
    throw new Fault(
      'refused',
      'this machine has no usable keychain, which alone would open the vault unattended',
      'start and unlock a keyring first, or go on typing the passphrase',
    );
  }
  fresh.push(keychain);
  return sealUnattended({ dek, vaultId, randomBytes }, keychain);
}

/** The old data key under the new one, and the ones before it brought along. */
function retire(
  body: HeaderBody,
  oldDek: Buffer,
  newDek: Buffer,
  randomBytes: VaultOptions['randomBytes'],
): HeaderBody['retired'] {
  const about = `retired|${body.vaultId}`;
  const sealed = (fingerprint: string, dek: Buffer): HeaderBody['retired'][number] => ({
    fingerprint,
    box: sealBox(retiredKey(newDek), dek, about, randomBytes),
  });
  const earlier = body.retired.flatMap(({ fingerprint, box }) => {
    const dek = openBox(retiredKey(oldDek), box, about);
    return dek === undefined ? [] : [sealed(fingerprint, dek)];
  });
  return [sealed(keyFingerprint(oldDek), oldDek), ...earlier].slice(0, RETIRED_KEPT);
}

/** After a failure: a secret that no header refers to is litter; one that a written header names must stay. */
async function dropUnlessNamed({ home, secrets }: VaultOptions, fresh: readonly KeychainSecret[]): Promise<void> {
  const named = readHeader(headerPath(home))?.body.slots ?? [];
  for (const { account } of fresh) {
    if (named.some((slot) => 'account' in slot && slot.account === account)) continue;
    // The failure that led here is what has to be told, not this one.
    await secrets.delete(account).catch(() => false);
  }
}

const LEAST_CHARACTERS = 10;
const MOST_CHARACTERS = 200;
const LEAST_DIFFERENT = 5;

/** Throws Fault `usage` for a passphrase that is no protection. Long is what counts; no rules about digits and signs. */
export function checkPassphrase(passphrase: string): void {
  const signs = Array.from(passphrase.normalize('NFKC'));
  const remedy = `take at least ${LEAST_CHARACTERS} characters; four or more unrelated words are good`;
  if (signs.length < LEAST_CHARACTERS) throw new Fault('usage', 'the passphrase is too short', remedy);
  if (signs.length > MOST_CHARACTERS)
    throw new Fault('usage', 'the passphrase is too long', `take at most ${MOST_CHARACTERS} characters`);
  if (new Set(signs).size < LEAST_DIFFERENT)
    throw new Fault('usage', 'the passphrase repeats a few characters only', remedy);
}

function checkRecoveryCode(text: string): Uint8Array {
  const read = readRecoveryCode(text);
  if (read.kind === 'ok') return read.bytes;
  throw new Fault('usage', `this is no recovery code: ${read.why}`, 'let the program make one, and do not change it');
}
