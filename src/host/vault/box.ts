import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** Something encrypted and authenticated, as text. */
export const sealedBox = z.strictObject({
  nonce: hex(NONCE_BYTES),
  sealed: z.string().regex(/^([0-9a-f]{2})+$/),
  tag: hex(TAG_BYTES),
});
export type SealedBox = z.infer<typeof sealedBox>;

/**
 * Encrypts under a 32-byte key with AES-256-GCM and a random nonce (the cipher that Node has inside Electron as well). `about` says what
 * is sealed and where it belongs; it opens only with the same words, so that a box cannot be moved to another place.
 */
export function sealBox(key: Buffer, content: Buffer, about: string, randomBytes: (size: number) => Buffer): SealedBox {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about, 'utf8'));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return { nonce: nonce.toString('hex'), sealed: sealed.toString('hex'), tag: cipher.getAuthTag().toString('hex') };
}

/** Undefined when the key, the words or a single bit of the box is another one. */
export function openBox(key: Buffer, box: SealedBox, about: string): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(box.nonce, 'hex'), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about, 'utf8'))
    .setAuthTag(Buffer.from(box.tag, 'hex'));
  const content = decipher.update(Buffer.from(box.sealed, 'hex'));
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    content.fill(0);
    return undefined;
  }
}

/** HKDF-SHA256 without salt to 32 bytes, for material that holds enough chance already. */
export const hkdf = (material: Uint8Array, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', material, new Uint8Array(0), Buffer.from(label, 'utf8'), 32));
