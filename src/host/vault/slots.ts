import type { PassphraseCost, PassphraseHash } from '#core/ports/passphrase-hash.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { hkdf, openBox, sealBox } from './box.ts';
import type { SlotKind, SlotOf } from './header.ts';
import { DEK_BYTES, parseKeyText } from './keys.ts';

/** Shown to the owner wherever the protection of the data is shown. */
export const SLOT_LABELS: Record<SlotKind, string> = {
  open_keychain: 'not locked: no passphrase yet, the key lies in the system keychain',
  open_file: 'not locked: no passphrase yet, the key lies in a file that only your user can read',
  unlock: 'locked by your passphrase together with the system keychain',
  passphrase: 'locked by your passphrase alone, which is weaker: this machine has no keychain to go with it',
  recovery: 'opened with the recovery code',
  unattended: 'opens by itself: whoever is logged in as your user can open it, without the passphrase',
};

/** What a box in a slot is bound to: a slot can be neither renamed nor moved to another vault. */
const about = (kind: SlotKind, vaultId: string): string => `slot:${kind}|${vaultId}`;
/** One label for each kind, so that no two slots ever share a wrapping key. */
const wrappingKey = (kind: SlotKind, material: Uint8Array): Buffer => hkdf(material, `mt/slot/${kind}/v1`);

const SALT_BYTES = 16;
type Random = (size: number) => Buffer;
type Sealing = { readonly dek: Buffer; readonly vaultId: string; readonly randomBytes: Random };
type PassphraseSealing = Sealing & {
  readonly passphrase: string;
  readonly cost: PassphraseCost;
  readonly hash: PassphraseHash;
};

/** A secret of this vault in the keychain. */
export type KeychainSecret = { readonly account: string; readonly backend: string; readonly secret: Buffer };

/**
 * Puts fresh random bytes into the keychain under a name of their own and makes sure that they read back; undefined when this machine
 * has no keychain that does so. A new name each time: what a header refers to is never overwritten.
 */
export async function newKeychainSecret(
  secrets: SecretStore,
  vaultId: string,
  purpose: 'unlock' | 'unattended',
  randomBytes: Random,
): Promise<KeychainSecret | undefined> {
  const state = await secrets.probe();
  if (state.kind === 'missing') return undefined;
  const secret = randomBytes(DEK_BYTES);
  const account = `vault-${vaultId}-${purpose}-${randomBytes(4).toString('hex')}`;
  const text = secret.toString('hex');
  await secrets.set(account, text);
  if ((await secrets.get(account)) !== text) return undefined;
  return { account, backend: state.backend, secret };
}

/** Undefined when the keychain gives nothing that is a key; a locked keyring and an emptied one look the same here. */
export async function keychainSecret(
  secrets: SecretStore,
  { account }: { readonly account: string },
): Promise<Buffer | undefined> {
  const text = await secrets.get(account);
  return text === null ? undefined : parseKeyText(text);
}

const stretched = async (
  { passphrase, cost, hash }: Pick<PassphraseSealing, 'passphrase' | 'cost' | 'hash'>,
  salt: Buffer,
): Promise<Buffer> => Buffer.from(await hash.derive(passphrase, salt, cost));

/** Overwrites the parts after the key was made of them. */
function joined(kind: SlotKind, ...parts: readonly Buffer[]): Buffer {
  const material = Buffer.concat(parts);
  for (const part of parts) part.fill(0);
  try {
    return wrappingKey(kind, material);
  } finally {
    material.fill(0);
  }
}

/** The two slots of a passphrase: with a keychain's secret it is `unlock`, without one the weaker `passphrase`. */
export async function sealPassphrase(
  sealing: PassphraseSealing,
  keychain: KeychainSecret | undefined,
): Promise<SlotOf<'unlock' | 'passphrase'>> {
  const { dek, vaultId, randomBytes, cost } = sealing;
  const salt = randomBytes(SALT_BYTES);
  const stretchedKey = await stretched(sealing, salt);
  const shared = { salt: salt.toString('hex'), cost };
  if (keychain === undefined) {
    const key = joined('passphrase', stretchedKey);
    return { kind: 'passphrase', ...shared, box: sealBox(key, dek, about('passphrase', vaultId), randomBytes) };
  }
  const { account, backend, secret } = keychain;
  const key = joined('unlock', stretchedKey, secret);
  return { kind: 'unlock', ...shared, account, backend, box: sealBox(key, dek, about('unlock', vaultId), randomBytes) };
}

/** Undefined for a wrong passphrase, a wrong keychain secret, or a slot that was tampered with: they cannot be told apart. */
export async function openPassphrase(
  slot: SlotOf<'unlock' | 'passphrase'>,
  vaultId: string,
  passphrase: string,
  hash: PassphraseHash,
  secret: Buffer | undefined,
): Promise<Buffer | undefined> {
  const stretchedKey = await stretched({ passphrase, cost: slot.cost, hash }, Buffer.from(slot.salt, 'hex'));
  const key = joined(slot.kind, stretchedKey, ...(secret === undefined ? [] : [secret]));
  return openBox(key, slot.box, about(slot.kind, vaultId));
}

export const sealRecovery = ({ dek, vaultId, randomBytes }: Sealing, code: Uint8Array): SlotOf<'recovery'> => ({
  kind: 'recovery',
  box: sealBox(wrappingKey('recovery', code), dek, about('recovery', vaultId), randomBytes),
});

export const openRecovery = (slot: SlotOf<'recovery'>, vaultId: string, code: Uint8Array): Buffer | undefined =>
  openBox(wrappingKey('recovery', code), slot.box, about('recovery', vaultId));

export const sealUnattended = (
  { dek, vaultId, randomBytes }: Sealing,
  { account, backend, secret }: KeychainSecret,
): SlotOf<'unattended'> => ({
  kind: 'unattended',
  account,
  backend,
  box: sealBox(joined('unattended', secret), dek, about('unattended', vaultId), randomBytes),
});

export const openUnattended = (slot: SlotOf<'unattended'>, vaultId: string, secret: Buffer): Buffer | undefined =>
  openBox(joined('unattended', secret), slot.box, about('unattended', vaultId));
