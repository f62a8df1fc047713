import type { AccessEntry, AccessView } from '#shared/contract/access.ts';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

/**
 * Who may act and who did: the second factor, the changes of the vault, the log. Each act throws what the engine refused. Secrets pass
 * through and stay in none of it.
 */
export type AccessStore = {
  readonly status: LoadedStore<AccessView>;
  readonly log: LoadedStore<readonly AccessEntry[]>;
  refresh(): Promise<void>;
  enroll(given: AppInput<'access.totp_enroll'>): Promise<void>;
  disable(): Promise<void>;
  newBackupCodes(backupCodes: string[]): Promise<void>;
  changePassphrase(given: AppInput<'vault.change_passphrase'>): Promise<void>;
  newRecoveryCode(given: AppInput<'vault.rotate'>): Promise<void>;
  rotate(given: AppInput<'vault.rotate'>): Promise<void>;
  setUnattended(passphrase: string, on: boolean): Promise<void>;
};

export function createAccessStore(client: AppClient): AccessStore {
  const status = loadedStore<AccessView>(() => client.invoke('access.status', {}));
  const log = loadedStore<readonly AccessEntry[]>(() => client.invoke('access.log', { limit: 100 }));
  const took = async (work: Promise<AccessView>): Promise<void> => {
    status.put(await work);
    void log.refresh();
  };
  return {
    status,
    log,
    refresh: async () => void (await Promise.all([status.refresh(), log.refresh()])),
    enroll: (given) => took(client.invoke('access.totp_enroll', given)),
    disable: () => took(client.invoke('access.totp_disable', {})),
    newBackupCodes: (backupCodes) => took(client.invoke('access.backup_codes', { backupCodes })),
    changePassphrase: async (given) => void (await client.invoke('vault.change_passphrase', given)),
    newRecoveryCode: async ({ passphrase, recoveryCode }) =>
      void (await client.invoke('vault.new_recovery', {
        credential: { kind: 'passphrase', passphrase },
        recoveryCode,
      })),
    rotate: async (given) => void (await client.invoke('vault.rotate', given)),
    setUnattended: async (passphrase, on) =>
      void (await client.invoke('vault.unattended', { credential: { kind: 'passphrase', passphrase }, on })),
  };
}
