import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type Credential, obtainKey } from './credential.ts';
import {
  checkHeader,
  type FoundHeader,
  type HeaderBody,
  hasSlot,
  readHeader,
  type SlotKind,
  writeHeader,
} from './header.ts';
import { DEK_BYTES, deriveKeys, parseKeyText, type VaultKeys } from './keys.ts';
import { readOpenKey, sealOpen } from './open-slots.ts';
import { finishPending } from './pending.ts';
import { SLOT_LABELS } from './slots.ts';
import { headerPath, openKeyPath, type VaultOptions } from './vault-options.ts';

export type OpenedVault = {
  /** The caller wipes each key when what it opens is open. */
  readonly keys: VaultKeys;
  /** The slot that it was opened through. */
  readonly slot: SlotKind;
  readonly vaultId: string;
  /** True when a passphrase protects the data. */
  readonly protectedByPassphrase: boolean;
  /** How the data is protected, in words for the owner. */
  readonly label: string;
  /** True on the first start of this data folder. */
  readonly created: boolean;
};

/**
 * Opens the vault of a data folder, or makes one on the first start. The first start is a folder with neither header nor data; anything
 * else that lacks a part is refused, because a new key over old data would lose the data for good. Without a credential only a vault that
 * nothing locks, or that was told to open unattended, opens. Throws Fault `locked` (the key can't be had) or `storage` (header or files
 * are not as they must be).
 */
export async function openVault(options: VaultOptions, credential?: Credential): Promise<OpenedVault> {
  const found = readHeader(headerPath(options.home));
  if (found !== undefined) return openExisting(found, options, credential);
  refuseDataWithoutHeader(options.home);
  return createVault(options);
}

/** What is known of a vault without opening it; undefined before its first start. */
export function vaultHeader(home: string): HeaderBody | undefined {
  return readHeader(headerPath(home))?.body;
}

/** True when it takes the owner to open it: no open slot, and none that opens unattended. */
export const needsCredential = (header: HeaderBody): boolean =>
  !hasSlot(header, 'open_keychain', 'open_file', 'unattended');

async function openExisting(
  found: FoundHeader,
  options: VaultOptions,
  credential: Credential | undefined,
): Promise<OpenedVault> {
  const { dek, slot } = await obtainKey(found.body, options, credential);
  try {
    checkHeader(found, dek);
    const body = await finishPending(found, dek, options);
    return opened(dek, slot, body, false);
  } finally {
    dek.fill(0);
  }
}

async function createVault(options: VaultOptions): Promise<OpenedVault> {
  const tools = { secrets: options.secrets, openKeyPath: openKeyPath(options.home) };
  // A key file without a header is what a crash in a first start leaves. There is no data yet, but a key is never thrown away.
  const left = readOpenKey(tools.openKeyPath);
  const dek = (left === undefined ? undefined : parseKeyText(left)) ?? options.randomBytes(DEK_BYTES);
  try {
    const vaultId = options.randomBytes(16).toString('hex');
    // The key first: a header whose key was never stored would lock the folder.
    const slot = await sealOpen(dek, vaultId, tools);
    const body = writeHeader(headerPath(options.home), dek, {
      vaultId,
      createdAt: options.now(),
      slots: [slot],
      retired: [],
    });
    // The keychain has it now; a readable copy must not stay beside it.
    if (slot.kind === 'open_keychain') rmSync(tools.openKeyPath, { force: true });
    return opened(dek, slot.kind, body, true);
  } finally {
    dek.fill(0);
  }
}

function opened(dek: Buffer, slot: SlotKind, body: HeaderBody, created: boolean): OpenedVault {
  return {
    keys: deriveKeys(dek),
    slot,
    vaultId: body.vaultId,
    protectedByPassphrase: hasSlot(body, 'unlock', 'passphrase'),
    label: protectionLabel(body),
    created,
  };
}

/** How a vault is protected, in words: what opens it every day, and whether it opens unattended as well. */
export function protectionLabel(body: Pick<HeaderBody, 'slots'>): string {
  const daily = body.slots.find(({ kind }) => kind !== 'recovery' && kind !== 'unattended');
  const first = daily === undefined ? 'not openable' : SLOT_LABELS[daily.kind];
  return hasSlot(body, 'unattended') ? `${first}; ${SLOT_LABELS.unattended}` : first;
}

function refuseDataWithoutHeader(home: string): void {
  let names: readonly string[];
  try {
    names = existsSync(home) ? readdirSync(home) : [];
  } catch (error) {
    throw storageFault(error, home);
  }
  const data = names.find((name) => /\.db(-wal)?$/.test(name) || name === 'journal.head');
  if (data === undefined) return;
  throw new Fault(
    'storage',
    `${join(home, data)} exists, but the vault header ${headerPath(home)} that opens it is gone`,
    'put the vault folder back from a backup, or choose an empty data folder with --home; the file was not touched',
  );
}
