import { Fault } from '#core/kernel/fault.ts';
import type { JournalVerdict } from '#host/audit/verify-journal.ts';
import { type Durable, openDurable } from '#host/durable/open-durable.ts';
import { homePaths } from '#host/home-folder.ts';
import type { MemorySecretStore } from './memory-secret-store.ts';
import { openTestStorage, START, TEST_KEY } from './storage.ts';

export const VAULT_ID = '0f'.repeat(16);

/** A journal in a folder with all of its witnesses, as an engine holds it. */
export type Audited = Durable & {
  verify(): Promise<JournalVerdict>;
  /** Signs what is unsigned and closes everything. */
  end(): Promise<void>;
  /** Lets go of the files as a killed process does: nothing is signed. */
  crash(): void;
};

export type AuditedOptions = {
  readonly folder: string;
  readonly secrets: MemorySecretStore;
  readonly slot?: string;
  readonly key?: Buffer;
};

export function openAudited({ folder, secrets, slot = 'open_keychain', key = TEST_KEY }: AuditedOptions): Audited {
  const storage = openTestStorage(folder, key);
  const durable = openDurable({
    storage,
    paths: homePaths(folder),
    vault: { vaultId: VAULT_ID, slot },
    secrets,
    now: () => START,
    logger: storage.logger,
    onChange: () => undefined,
  });
  return {
    ...durable,
    verify: () => durable.audit.verify(),
    async end() {
      await durable.close();
      storage.close();
    },
    crash() {
      durable.stop();
      storage.close();
    },
  };
}

/** The code and message of what `work` throws; fails when it throws nothing, or no Fault. */
export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
