import { createHash, hkdfSync } from 'node:crypto';

/**
 * Keys of a vault. One random data key (DEK, 32 bytes) is the root; it is never used itself. Each use has its own key,
 * HKDF-SHA256(DEK, no salt, label), so that no use can read another's data. The root is random, hence no salt and no stretching.
 */
export const DEK_BYTES = 32;

const FINGERPRINT_LABEL = 'fp';

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

const deriveKey = (dek: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dek, Buffer.alloc(0), Buffer.from(label, 'utf8'), DEK_BYTES));

/** Every key of a vault from its data key. The caller of `openVault` wipes each as soon as it is in use. */
export const deriveKeys = (dek: Buffer): VaultKeys => ({
  db: deriveKey(dek, KEY_LABELS.db),
  auditMac: deriveKey(dek, KEY_LABELS.auditMac),
  field: deriveKey(dek, KEY_LABELS.field),
  backup: deriveKey(dek, KEY_LABELS.backup),
});

/** Overwrites the keys in memory. */
export function wipeKeys(keys: VaultKeys): void {
  for (const key of Object.values(keys)) key.fill(0);
}

/** First 8 bytes, in hex, of SHA-256 over a derived key: recognises the right key and gives nothing of it away. */
export const keyFingerprint = (dek: Buffer): string =>
  createHash('sha256').update(deriveKey(dek, FINGERPRINT_LABEL)).digest('hex').slice(0, 16);

/** Text form of a key in a slot: 64 hex digits, or undefined for anything else. */
export function parseKeyText(text: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(text.trim()) ? Buffer.from(text.trim(), 'hex') : undefined;
}
