import { systemBootClock } from '#adapters/clock-system/boot-clock.ts';
import { argon2Hash } from '#adapters/passphrase-argon2/argon2-hash.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { countText } from '#shared/format/names.ts';
import { readRecoveryCode } from '#shared/recovery-code.ts';
import { openAttempts } from './attempts.ts';
import type { HeaderBody, SlotKind, SlotOf } from './header.ts';
import { NEVER_ANEW, openSlot } from './open-slots.ts';
import { keychainSecret, openPassphrase, openRecovery, openUnattended } from './slots.ts';
import { attemptsPath, openKeyPath, type VaultOptions } from './vault-options.ts';

/** What the owner brings. */
export type Credential =
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly code?: string | undefined }
  | { readonly kind: 'recovery'; readonly code: string };

export type ObtainedKey = { readonly dek: Buffer; readonly slot: SlotKind };

export const UNLOCK_REMEDY =
  'unlock it with the passphrase (mt vault unlock, or the window), or with the recovery code';

/** Gets the data key out of the slot that fits. Throws Fault `locked` when none gives it, `usage` for a code that was mistyped. */
export async function obtainKey(
  header: HeaderBody,
  options: VaultOptions,
  credential: Credential | undefined,
): Promise<ObtainedKey> {
  if (credential === undefined) return withoutCredential(header, options);
  return credential.kind === 'recovery'
    ? withRecovery(header, options, credential.code)
    : withPassphrase(header, options, credential.passphrase);
}

async function withoutCredential({ slots, vaultId }: HeaderBody, options: VaultOptions): Promise<ObtainedKey> {
  const { secrets, home } = options;
  for (const slot of slots) {
    if (slot.kind === 'open_keychain' || slot.kind === 'open_file') {
      return { dek: await openSlot(slot, { secrets, openKeyPath: openKeyPath(home) }), slot: slot.kind };
    }
    if (slot.kind === 'unattended') {
      const dek = openUnattended(slot, vaultId, await secretOf(secrets, slot));
      if (dek === undefined) throw wrongSecret();
      return { dek, slot: slot.kind };
    }
  }
  throw new Fault('locked', 'this vault is locked by a passphrase', UNLOCK_REMEDY);
}

async function withPassphrase(header: HeaderBody, options: VaultOptions, passphrase: string): Promise<ObtainedKey> {
  const slot = header.slots.find(isPassphraseSlot);
  if (slot === undefined) throw noPassphrase();
  const { hash = argon2Hash, bootClock = systemBootClock, secrets, home } = options;
  // Asked first: a keyring that is locked must not use up an attempt.
  const secret = slot.kind === 'unlock' ? await secretOf(secrets, slot) : undefined;
  const attempts = openAttempts(attemptsPath(home), bootClock);
  attempts.take();
  const dek = await openPassphrase(slot, header.vaultId, passphrase, hash, secret);
  if (dek === undefined) {
    const { left, waitMs } = attempts.view();
    const rest =
      waitMs > 0
        ? `the next one is taken in ${Math.ceil(waitMs / 1000)} s`
        : `${countText(left, 'more try', 'more tries')} before a wait`;
    throw new Fault(
      'locked',
      `that passphrase does not open this vault; ${rest}`,
      'try again, or use the recovery code',
    );
  }
  attempts.clear();
  return { dek, slot: slot.kind };
}

async function withRecovery(header: HeaderBody, options: VaultOptions, code: string): Promise<ObtainedKey> {
  const slot = header.slots.find((one): one is SlotOf<'recovery'> => one.kind === 'recovery');
  if (slot === undefined) throw noPassphrase();
  const read = readRecoveryCode(code);
  if (read.kind === 'wrong')
    throw new Fault('usage', `this is no recovery code: ${read.why}`, 'compare it with your paper');
  const dek = openRecovery(slot, header.vaultId, read.bytes);
  if (dek === undefined) {
    throw new Fault(
      'locked',
      'that recovery code is well written and does not open this vault',
      'look for the code that was shown last: a new one makes the earlier ones worthless',
    );
  }
  // No need to count: 256 random bits are not guessed. Whoever has it may type a passphrase again at once.
  openAttempts(attemptsPath(options.home), options.bootClock ?? systemBootClock).clear();
  return { dek, slot: 'recovery' };
}

export const isPassphraseSlot = (slot: { readonly kind: SlotKind }): slot is SlotOf<'unlock' | 'passphrase'> =>
  slot.kind === 'unlock' || slot.kind === 'passphrase';

/**
 * The keychain's part of a slot. "Nothing" is a locked keyring or an emptied one; both leave the vault locked, and the recovery code
 * opens it still.
 */
async function secretOf(secrets: SecretStore, slot: SlotOf<'unlock' | 'unattended'>): Promise<Buffer> {
  let why: string;
  try {
    const secret = await keychainSecret(secrets, slot);
    if (secret !== undefined) return secret;
    const state = await secrets.probe();
    why = state.kind === 'missing' ? state.why : 'it was emptied, or is another one than before';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    why = error.message;
  }
  throw new Fault(
    'locked',
    `the ${slot.backend} does not give the vault's second part: ${why}`,
    `unlock the keyring and try again, or use the recovery code; ${NEVER_ANEW}`,
  );
}

const wrongSecret = (): Fault =>
  new Fault(
    'locked',
    "the keychain's part does not open this vault",
    `unlock it with the passphrase, or with the recovery code; ${NEVER_ANEW}`,
  );

const noPassphrase = (): Fault =>
  new Fault(
    'refused',
    'this vault has no passphrase yet, so there is nothing to unlock',
    'set one: mt vault set-passphrase',
  );
