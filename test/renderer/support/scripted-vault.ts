import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';

type VaultHandlers = Pick<AppHandlers, Extract<keyof AppHandlers, `vault.${string}`>>;

export const SCRIPTED_PASSPHRASE = 'a scripted passphrase';

/** A vault that plays its part: it knows one passphrase and counts, and protects nothing. */
export function createScriptedVault(
  first: VaultStatus['state'],
  tell: (status: VaultStatus) => void,
): { readonly handlers: VaultHandlers; status(): VaultStatus; set(change: Partial<VaultStatus>): void } {
  let status: VaultStatus = {
    state: first,
    slots: first === 'open' ? ['open_keychain'] : ['unlock', 'recovery'],
    environment: first === 'sealed' ? null : 'simulated',
    lastEnvironment: 'simulated',
    label: first === 'open' ? 'not locked: no passphrase yet' : 'locked by your passphrase',
    problem: null,
    remedy: null,
    attempts: { left: 5, waitMs: 0 },
    killFlag: false,
    asksCode: false,
    coreDumps: 'off',
  };
  const set = (change: Partial<VaultStatus>): VaultStatus => {
    status = { ...status, ...change };
    tell(status);
    return status;
  };
  const refuse = (): never => {
    status = { ...status, attempts: { left: Math.max(0, status.attempts.left - 1), waitMs: 0 } };
    throw new ContractError({
      code: 'rejected',
      reason: 'locked',
      message: `that passphrase does not open this vault; ${status.attempts.left} more tries before a wait`,
      remedy: 'try again, or use the recovery code',
    });
  };
  return {
    status: () => status,
    set: (change) => void set(change),
    handlers: {
      'vault.status': () => status,
      'vault.unlock': (credential) =>
        credential.kind === 'recovery' || credential.passphrase === SCRIPTED_PASSPHRASE
          ? set({ state: 'unlocked' })
          : refuse(),
      'vault.lock': () => set({ state: 'locked' }),
      'vault.set_passphrase': () =>
        set({ state: 'unlocked', slots: ['unlock', 'recovery'], label: 'locked by your passphrase' }),
      'vault.change_passphrase': ({ credential }) =>
        credential.kind === 'recovery' || credential.passphrase === SCRIPTED_PASSPHRASE ? status : refuse(),
      'vault.rotate': () => status,
      'vault.new_recovery': () => status,
      'vault.unattended': ({ on }) =>
        set({ slots: on ? ['unlock', 'recovery', 'unattended'] : ['unlock', 'recovery'] }),
    },
  };
}
