import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import { sealedBox } from './box.ts';
import { headerMac, keyFingerprint } from './keys.ts';

/** The newest header this program reads and writes. A new slot kind raises it, so that an older program refuses instead of guessing. */
export const HEADER_VERSION = 2;

const keychainEntry = { account: z.string().min(1).max(200), backend: z.string().max(200) };
const salt = z.string().regex(/^[0-9a-f]{32}$/);
/** The upper limits keep a header that somebody has changed from eating the machine before it is refused. */
const cost = z.strictObject({
  memoryKiB: z.int().min(8).max(4_194_304),
  passes: z.int().min(1).max(1000),
  lanes: z.int().min(1).max(64),
});

/** How the data key can be had. Each way is one more member here and in `slots.ts`. */
const slotRecord = z.discriminatedUnion('kind', [
  /** The key itself in the system keychain, under this account name. */
  z.strictObject({ kind: z.literal('open_keychain'), ...keychainEntry }),
  /** The key itself in vault/open.key. */
  z.strictObject({ kind: z.literal('open_file') }),
  /** Passphrase and a secret of the keychain, both needed: neither a stolen disk nor a stolen keyring opens anything. */
  z.strictObject({ kind: z.literal('unlock'), salt, cost, ...keychainEntry, box: sealedBox }),
  /** Passphrase alone, on a machine without a keyring. */
  z.strictObject({ kind: z.literal('passphrase'), salt, cost, box: sealedBox }),
  /** The 256-bit code on the owner's paper. */
  z.strictObject({ kind: z.literal('recovery'), box: sealedBox }),
  /** The keychain alone, by the owner's wish, so that a machine comes back by itself. */
  z.strictObject({ kind: z.literal('unattended'), ...keychainEntry, box: sealedBox }),
]);
export type SlotRecord = z.infer<typeof slotRecord>;
export type SlotKind = SlotRecord['kind'];
export type SlotOf<Kind extends SlotKind> = Extract<SlotRecord, { readonly kind: Kind }>;

const identity = {
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  createdAt: z.int().min(0),
  /** See `keyFingerprint`. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  slots: z.array(slotRecord).min(1).max(8),
};
const headerBody = z.strictObject({
  version: z.literal(HEADER_VERSION),
  ...identity,
  /** Data keys of before, newest first, sealed under the present one: what was backed up under them can still be read. */
  retired: z.array(z.strictObject({ fingerprint: identity.fingerprint, box: sealedBox })).max(32),
  /** What a change of this header still has to do: files that take the place of old ones (`rekey.ts`), and slots whose keys have to vanish. */
  pending: z
    .strictObject({
      folder: z
        .string()
        .regex(/^rekey-[0-9a-f]{16}$/)
        .optional(),
      forget: z.array(slotRecord).max(8),
    })
    .optional(),
});
export type HeaderBody = z.infer<typeof headerBody>;
const sealedHeader = headerBody.extend({ mac: z.string().regex(/^[0-9a-f]{64}$/) });
/** What lies in vault/header.json. Nothing in it is secret. */
export type VaultHeader = z.infer<typeof sealedHeader>;

/** The first version: one open slot, no seal. Read on, and written as the present one at the next start. */
const firstHeader = z.strictObject({ version: z.literal(1), ...identity });

/** A header as found, before its seal can be checked. */
export type FoundHeader = { readonly body: HeaderBody; readonly mac: string | undefined };

export const hasSlot = ({ slots }: Pick<HeaderBody, 'slots'>, ...kinds: readonly SlotKind[]): boolean =>
  slots.some(({ kind }) => kinds.includes(kind));

const RESTORE = 'put header.json back from a backup; do not delete it, because without it the data cannot be opened';
const wrong = (path: string, what: string): Fault =>
  new Fault('storage', `${path} is not a vault header${what}`, RESTORE);

/** Undefined when there is none. Throws Fault `storage` for a header that is unreadable, malformed or from a newer program. */
export function readHeader(path: string): FoundHeader | undefined {
  if (!existsSync(path)) return undefined;
  const { text, value } = readJson(path);
  const version = z.object({ version: z.int() }).safeParse(value).data?.version;
  if (version !== undefined && version > HEADER_VERSION) {
    throw new Fault(
      'storage',
      `${path} was written by a newer version of this program`,
      'update the program; the vault was not touched',
    );
  }
  if (version === 1) {
    const { slots, ...rest } = parsed(path, firstHeader, value);
    if (slots.some(({ kind }) => !kind.startsWith('open_'))) throw wrong(path, ': slots is wrong');
    return { body: { ...rest, slots, version: HEADER_VERSION, retired: [] }, mac: undefined };
  }
  const { mac, ...body } = parsed(path, sealedHeader, value);
  // The seal covers what the words mean; this covers how they are written.
  if (headerText({ ...body, mac }) !== text) throw wrong(path, ': it was changed by hand');
  return { body, mac };
}

function readJson(path: string): { readonly text: string; readonly value: unknown } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(path, ': it is no JSON');
    throw storageFault(error, path);
  }
}

function parsed<T>(path: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join('.') ?? '';
  throw wrong(path, where === '' ? '' : `: ${where} is wrong`);
}

const headerText = (header: VaultHeader): string => `${JSON.stringify(sealedHeader.parse(header), null, 2)}\n`;

/** Writes the header whole and durably, sealed by the data key that it leads to. Throws Fault `storage`; then the old one stands. */
export function writeHeader(path: string, dek: Buffer, body: Omit<HeaderBody, 'version' | 'fingerprint'>): HeaderBody {
  const full = headerBody.parse({ ...body, version: HEADER_VERSION, fingerprint: keyFingerprint(dek) });
  try {
    writeFileAtomic(path, headerText({ ...full, mac: headerMac(dek, JSON.stringify(full)) }));
  } catch (error) {
    throw storageFault(error, path);
  }
  return full;
}

/** Refuses a key that is not this header's, and a header that was changed since it was sealed. Throws Fault `locked` or `storage`. */
export function checkHeader({ body, mac }: FoundHeader, dek: Buffer): void {
  if (!equal(keyFingerprint(dek), body.fingerprint)) {
    throw new Fault(
      'locked',
      "the key that was found is not this vault's key: its fingerprint differs",
      'put back the header and the key that belong together from one backup; nothing was changed',
    );
  }
  if (mac === undefined || equal(headerMac(dek, JSON.stringify(headerBody.parse(body))), mac)) return;
  throw new Fault(
    'storage',
    'the vault header was changed by something else than this program: its seal does not fit',
    RESTORE,
  );
}

const equal = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
