import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import type { AccessDesk } from '../access/access-desk.ts';
import {
  changePassphrase,
  checkPassphrase,
  type NewProtection,
  proveCredential,
  renewRecovery,
  rotateKey,
  setPassphrase,
  setUnattended,
} from '../vault/change-vault.ts';
import { type Credential, UNLOCK_REMEDY } from '../vault/credential.ts';
import type { VaultOptions } from '../vault/vault-options.ts';
import type { GateControl } from './engine-gate.ts';
import type { GateCall } from './types.ts';

/** The vault's calls. Each that changes something proves its credential anew: an open window is not yet its owner. */
export function createVaultHandlers(
  gate: GateControl,
  vault: VaultOptions,
  access: AccessDesk,
): Pick<AppHandlers, GateCall> {
  /** Changes are for a vault that is open to whoever asks. */
  const whileOpen = async (work: () => Promise<void>): Promise<VaultStatus> => {
    const phase = gate.phase();
    if (phase.kind !== 'open' || phase.facesLocked) {
      throw new Fault('locked', 'the vault is locked: it cannot be changed before it is unlocked', UNLOCK_REMEDY);
    }
    await work();
    return gate.view();
  };
  /** What would be refused is said before the engine is closed for it. */
  const rewriting = (
    change: (options: VaultOptions, protection: NewProtection) => Promise<void>,
    protection: NewProtection,
    check: (credential: Credential) => Promise<void>,
  ): Promise<VaultStatus> =>
    whileOpen(async () => {
      checkPassphrase(protection.passphrase);
      const credential: Credential = { kind: 'passphrase', passphrase: protection.passphrase };
      await check(credential);
      await gate.reopenAround(() => change(vault, protection), credential);
      access.proved('passphrase');
    });
  const noPassphraseYet = async (): Promise<void> => {
    const phase = gate.phase();
    if (phase.kind === 'open' && phase.protection.protectedByPassphrase) {
      throw new Fault('refused', 'this vault has a passphrase already', 'change it: mt vault change-passphrase');
    }
  };
  return {
    'vault.status': () => gate.view(),
    async 'vault.unlock'(credential) {
      try {
        if (await gate.unlock(credential)) {
          const withCode = credential.kind === 'passphrase' && access.view().totp.asksAtUnlock;
          const how = credential.kind === 'recovery' ? 'recovery code' : withCode ? 'authenticator code' : 'passphrase';
          access.note('access.unlocked', how);
          // A code or the recovery code proves who asks as well; the passphrase alone does so only where no authenticator is enrolled.
          access.proved(how);
        }
      } catch (error) {
        access.note('access.unlock_failed', error instanceof Fault ? error.message : 'the vault did not open');
        throw error;
      }
      return gate.view();
    },
    'vault.lock'({ why }) {
      const phase = gate.phase();
      if (phase.kind === 'open' && !phase.protection.protectedByPassphrase) {
        throw new Fault(
          'refused',
          'there is no passphrase to unlock it again',
          'set one first: mt vault set-passphrase',
        );
      }
      access.note('access.locked', why);
      gate.lockFaces();
      return gate.view();
    },
    'vault.set_passphrase': (protection) => rewriting(setPassphrase, protection, noPassphraseYet),
    'vault.rotate': (protection) =>
      rewriting(rotateKey, protection, (credential) => gate.beside(() => proveCredential(vault, credential))),
    'vault.change_passphrase': ({ credential, passphrase, withoutKeychain }) =>
      whileOpen(() => gate.beside(() => changePassphrase(vault, credential, passphrase, withoutKeychain))),
    'vault.new_recovery': ({ credential, recoveryCode }) =>
      whileOpen(() => gate.beside(() => renewRecovery(vault, credential, recoveryCode))),
    'vault.unattended': ({ credential, on }) =>
      whileOpen(() => gate.beside(() => setUnattended(vault, credential, on))),
  };
}
