import { existsSync, readFileSync, statSync } from 'node:fs';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import type { SlotOf } from './header.ts';
import { parseKeyText } from './keys.ts';

/** What an open slot may use to get at the key. */
export type SlotTools = { readonly secrets: SecretStore; readonly openKeyPath: string };
type OpenSlot = SlotOf<'open_keychain' | 'open_file'>;

export const NEVER_ANEW =
  'nothing was changed: the data is not readable without its key, and is never started anew over it';

/**
 * Gets the data key out of a slot that nothing locks. Throws Fault `locked` when the slot gives no key. A keyring answers "nothing" both when it is locked
 * and when it is empty, so a header with no key is a locked vault, never a new one.
 */
export async function openSlot(record: OpenSlot, tools: SlotTools): Promise<Buffer> {
  switch (record.kind) {
    case 'open_keychain':
      return openKeychain(record.account, tools.secrets);
    case 'open_file':
      return openFile(tools.openKeyPath);
  }
}

const withheld = (why: string, remedy: string): Fault =>
  new Fault('locked', `the vault's key is in the keychain, which does not give it: ${why}`, `${remedy}; ${NEVER_ANEW}`);

async function openKeychain(account: string, secrets: SecretStore): Promise<Buffer> {
  let text: string | null;
  try {
    text = await secrets.get(account);
  } catch (error) {
    throw error instanceof Fault ? withheld(error.message, error.remedy) : error;
  }
  if (text === null) {
    const state = await secrets.probe();
    if (state.kind === 'missing') throw withheld(state.why, 'unlock the keyring and start again');
    throw new Fault(
      'locked',
      `the vault's key is not in the ${state.backend}: the keyring was emptied, or is another one than before`,
      `log in as the user who made this vault, or restore the keyring from a backup; ${NEVER_ANEW}`,
    );
  }
  const key = parseKeyText(text);
  if (key === undefined) {
    throw new Fault(
      'locked',
      "the keychain's entry for this vault holds no key",
      `restore the keyring from a backup; ${NEVER_ANEW}`,
    );
  }
  return key;
}

function openFile(path: string): Buffer {
  const found = readOpenKey(path);
  if (found === undefined) {
    throw new Fault('locked', `the vault's key file ${path} is missing`, `put it back from a backup; ${NEVER_ANEW}`);
  }
  const key = parseKeyText(found);
  if (key === undefined) throw new Fault('locked', `${path} holds no key`, `put it back from a backup; ${NEVER_ANEW}`);
  return key;
}

/** The text of the key file, or undefined when there is none. Refuses a file that others may read, as the key may be known to them. */
export function readOpenKey(path: string): string | undefined {
  try {
    if (!existsSync(path)) return undefined;
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      throw new Fault('storage', `${path} can be read by other users of this machine`, `run: chmod 600 '${path}'`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw storageFault(error, path);
  }
}

/**
 * Stores a new data key where this machine can keep it best, and makes sure that it reads back. The keychain when its probe is ready,
 * else the key file. Throws Fault `storage` when the file can't be written.
 */
export async function sealOpen(dek: Buffer, vaultId: string, tools: SlotTools): Promise<OpenSlot> {
  const text = dek.toString('hex');
  const state = await tools.secrets.probe();
  if (state.kind === 'ready') {
    const account = `vault-${vaultId}`;
    try {
      await tools.secrets.set(account, text);
      if ((await tools.secrets.get(account)) === text)
        return { kind: 'open_keychain', account, backend: state.backend };
    } catch (error) {
      // A keychain that goes away between probe and use is a keychain that isn't there.
      if (!(error instanceof Fault)) throw error;
    }
  }
  try {
    writeFileAtomic(tools.openKeyPath, `${text}\n`);
  } catch (error) {
    throw storageFault(error, tools.openKeyPath);
  }
  return { kind: 'open_file' };
}
