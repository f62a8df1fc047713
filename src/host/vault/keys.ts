import { createHash, hkdfSync } from 'node:crypto';

/**
 * Keys of a vault. One random data key (DEK, 32 bytes) is the root; it is never used itself. Each use has its own key,
 * HKDF-SHA256(DEK, no salt, label), so that no use can read another's data. The root is random, hence no salt and no stretching.
 */
export const DEK_BYTES = 32;

export const KEY_LABELS = { database: 'mt/db/v1', fingerprint: 'fp' } as const;

export const deriveKey = (dek: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dek, Buffer.alloc(0), Buffer.from(label, 'utf8'), DEK_BYTES));

/** First 8 bytes, in hex, of SHA-256 over a derived key: recognises the right key and gives nothing of it away. */
export const keyFingerprint = (dek: Buffer): string =>
  createHash('sha256').update(deriveKey(dek, KEY_LABELS.fingerprint)).digest('hex').slice(0, 16);

/** Text form of a key in a slot: 64 hex digits, or undefined for anything else. */
export function parseKeyText(text: string): Buffer | undefined {
  return /^[0-9a-f]{64}$/.test(text.trim()) ? Buffer.from(text.trim(), 'hex') : undefined;
}
