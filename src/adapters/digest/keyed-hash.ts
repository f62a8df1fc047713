import { createHmac, createSecretKey } from 'node:crypto';

/** HMAC-SHA256 of a text in lowercase hex. */
export type KeyedHash = (text: string) => string;

/** The key is copied: the caller may overwrite its bytes. */
export function keyedHash(key: Buffer): KeyedHash {
  const secret = createSecretKey(key);
  return (text) => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}
