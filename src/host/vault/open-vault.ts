import { timingSafeEqual } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { HEADER_VERSION, readHeader, type SlotKind, type VaultHeader, writeHeader } from './header.ts';
import { DEK_BYTES, deriveKeys, keyFingerprint, parseKeyText, type VaultKeys } from './keys.ts';
import { openSlot, readOpenKey, SLOT_LABELS, type SlotTools, sealOpen } from './slots.ts';

export type VaultOptions = {
  /** A prepared data folder; the engine lock is held. */
  readonly home: string;
  readonly secrets: SecretStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Buffer;
};

export type OpenedVault = {
  /** The caller wipes each key when what it opens is open. */
  readonly keys: VaultKeys;
  readonly slot: SlotKind;
  readonly vaultId: string;
  /** How the data is protected, in words for the owner. */
  readonly label: string;
  /** True on the first start of this data folder. */
  readonly created: boolean;
};

/**
 * Opens the vault of a data folder, or makes one on the first start. The first start is a folder with neither header nor data; anything
 * else that lacks a part is refused, because a new key over old data would lose the data for good.
 * Throws Fault `locked` (the key can't be had) or `storage` (header or files are not as they must be).
 */
export async function openVault(options: VaultOptions): Promise<OpenedVault> {
  const headerPath = join(options.home, 'vault', 'header.json');
  const tools: SlotTools = { secrets: options.secrets, openKeyPath: join(options.home, 'vault', 'open.key') };
  const header = readHeader(headerPath);
  if (header !== undefined) return openExisting(header, tools);
  refuseDataWithoutHeader(options.home, headerPath);
  return createVault(options, headerPath, tools);
}

async function openExisting(header: VaultHeader, tools: SlotTools): Promise<OpenedVault> {
  // A vault of this version has one slot; with more, this is where the one to try is chosen.
  const record = header.slots[0];
  if (record === undefined) throw new Fault('storage', 'the vault has no slot', 'put header.json back from a backup');
  const dek = await openSlot(record, tools);
  try {
    if (!timingSafeEqual(Buffer.from(keyFingerprint(dek)), Buffer.from(header.fingerprint))) {
      throw new Fault(
        'locked',
        "the key that was found is not this vault's key: its fingerprint differs",
        'put back the header and the key that belong together from one backup; nothing was changed',
      );
    }
    return opened(dek, record.kind, header.vaultId, false);
  } finally {
    dek.fill(0);
  }
}

async function createVault(options: VaultOptions, headerPath: string, tools: SlotTools): Promise<OpenedVault> {
  // A key file without a header is what a crash in a first start leaves. There is no data yet, but a key is never thrown away.
  const left = readOpenKey(tools.openKeyPath);
  const dek = (left === undefined ? undefined : parseKeyText(left)) ?? options.randomBytes(DEK_BYTES);
  try {
    const vaultId = options.randomBytes(16).toString('hex');
    // The key first: a header whose key was never stored would lock the folder.
    const slot = await sealOpen(dek, vaultId, tools);
    writeHeader(headerPath, {
      version: HEADER_VERSION,
      vaultId,
      createdAt: options.now(),
      fingerprint: keyFingerprint(dek),
      slots: [slot],
    });
    // The keychain has it now; a readable copy must not stay beside it.
    if (slot.kind === 'open_keychain') rmSync(tools.openKeyPath, { force: true });
    return opened(dek, slot.kind, vaultId, true);
  } finally {
    dek.fill(0);
  }
}

const opened = (dek: Buffer, slot: SlotKind, vaultId: string, created: boolean): OpenedVault => ({
  keys: deriveKeys(dek),
  slot,
  vaultId,
  label: SLOT_LABELS[slot],
  created,
});

function refuseDataWithoutHeader(home: string, headerPath: string): void {
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
    `${join(home, data)} exists, but the vault header ${headerPath} that opens it is gone`,
    'put the vault folder back from a backup, or choose an empty data folder with --home; the file was not touched',
  );
}
