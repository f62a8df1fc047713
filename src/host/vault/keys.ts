import { createHash, createHmac } from 'node:crypto';
import { hkdf } from './box.ts';

/**
 * Keys of a vault. One random data key (DEK, 32 bytes) is the root; it is never used itself. Each use has its own key,
 * HKDF-SHA256(DEK, no salt, label), so that no use can read another's data. The root is random, hence no salt and no stretching.
 */
export const DEK_BYTES = 32;

const FINGERPRINT_LABEL = 'fp';
const HEADER_LABEL = 'mt/header/v1';
const RETIRED_LABEL = 'mt/retired/v1';

/** The keys that the data key gives, one for each use, 32 bytes each. */
export type VaultKeys = {
  /** Pages of the databases. */
  readonly db: Buffer;
  /** HMAC column of the journal: shows a chain that somebody without this key has made anew. */
  readonly auditMac: Buffer;
  /** Single values sealed outside of a database's pages, such as exchange keys. */
  readonly field: Buffer;
  /** Backups of the databases. */
  readonly backup: Buffer;
};

/** What each use's key is derived by. A label is never changed: another label is another key, and the data under the old one is lost. */
const KEY_LABELS: Readonly<Record<keyof VaultKeys, string>> = {
  db: 'mt/db/v1',
  auditMac: 'mt/audit-mac/v1',
  field: 'mt/field/v1',
  backup: 'mt/backup/v1',
};

/** Every key of a vault from its data key. The caller of `openVault` wipes each as soon as it is in use. */
export const deriveKeys = (dek: Buffer): VaultKeys => ({
  db: hkdf(dek, KEY_LABELS.db),
  auditMac: hkdf(dek, KEY_LABELS.auditMac),
  field: hkdf(dek, KEY_LABELS.field),
  backup: hkdf(dek, KEY_LABELS.backup),
});

/** Overwrites the keys in memory. */
export function wipeKeys(keys: VaultKeys): void {
  for (const key of Object.values(keys)) key.fill(0);
}

/** First 8 bytes, in hex, of SHA-256 over a derived key: recognises the right key and gives nothing of it away. */
export const keyFingerprint = (dek: Buffer): string =>
  createHash('sha256').update(hkdf(dek, FINGERPRINT_LABEL)).digest('hex').slice(0, 16);

/** Seal over the text of a header: whoever changes a word of it without the data key is seen at the next unlock. */
export const headerMac = (dek: Buffer, text: string): string =>
  createHmac('sha256', hkdf(dek, HEADER_LABEL)).update(text).digest('hex');

/** Under it lie the data keys that were in use before this one. */
export const retiredKey = (dek: Buffer): Buffer => hkdf(dek, RETIRED_LABEL);

/** Text form of a key in a slot: 64 hex digits, or undefined for anything else. */
export function parseKeyText(text: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(text.trim()) ? Buffer.from(text.trim(), 'hex') : undefined;
}
