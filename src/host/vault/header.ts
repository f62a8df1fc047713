import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';

/** The newest header this program reads and writes. A new slot kind raises it, so that an older program refuses instead of guessing. */
export const HEADER_VERSION = 1;

/** How the data key can be had. Each later way (passphrase, recovery code, unattended) is one more member here and in `slots.ts`. */
const slotRecord = z.discriminatedUnion('kind', [
  /** The key itself in the system keychain, under this account name. */
  z.strictObject({
    kind: z.literal('open_keychain'),
    account: z.string().min(1).max(200),
    backend: z.string().max(200),
  }),
  /** The key itself in vault/open.key. */
  z.strictObject({ kind: z.literal('open_file') }),
]);
export type SlotRecord = z.infer<typeof slotRecord>;
export type SlotKind = SlotRecord['kind'];

const vaultHeader = z.strictObject({
  version: z.literal(HEADER_VERSION),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  createdAt: z.int().min(0),
  /** See `keyFingerprint`. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  slots: z.array(slotRecord).min(1),
});
/** What lies in vault/header.json. Nothing in it is secret. */
export type VaultHeader = z.infer<typeof vaultHeader>;

const RESTORE = 'put header.json back from a backup; do not delete it, because without it the data cannot be opened';

/** Undefined when there is none. Throws Fault `storage` for a header that is unreadable, malformed or from a newer program. */
export function readHeader(path: string): VaultHeader | undefined {
  if (!existsSync(path)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Fault('storage', `${path} is not a vault header: it is no JSON`, RESTORE);
    throw storageFault(error, path);
  }
  const version = z.object({ version: z.int() }).safeParse(value).data?.version;
  if (version !== undefined && version > HEADER_VERSION) {
    throw new Fault(
      'storage',
      `${path} was written by a newer version of this program`,
      'update the program; the vault was not touched',
    );
  }
  const parsed = vaultHeader.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Fault('storage', `${path} is not a vault header${where === '' ? '' : `: ${where} is wrong`}`, RESTORE);
}

export function writeHeader(path: string, header: VaultHeader): void {
  try {
    writeFileAtomic(path, `${JSON.stringify(vaultHeader.parse(header), null, 2)}\n`);
  } catch (error) {
    throw storageFault(error, path);
  }
}
