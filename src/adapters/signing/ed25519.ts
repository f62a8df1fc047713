import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { HeadSignatureCheck, HeadSigner } from '#core/journal/signed-head.ts';

/** An Ed25519 public key as SubjectPublicKeyInfo is this and the key's 32 bytes (RFC 8410). */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_HEX = /^[0-9a-f]{64}$/;
const SIGNATURE_HEX = /^[0-9a-f]{128}$/;

const publicHex = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length).toString('hex');

/** A new private key as PKCS #8, for whoever seals it. */
export const newSigningKey = (): Buffer =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });

/** Signs with a private key of `newSigningKey`. The bytes may be overwritten afterwards. */
export function ed25519Signer(pkcs8: Buffer): HeadSigner {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    publicKey: publicHex(key),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('hex'),
  };
}

/** False for a wrong signature and for texts that are no key or no signature at all. */
export const isSignedEd25519: HeadSignatureCheck = (publicKey, text, signature) => {
  if (!KEY_HEX.test(publicKey) || !SIGNATURE_HEX.test(signature)) return false;
  const key = createPublicKey({
    key: Buffer.concat([PUBLIC_PREFIX, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
};
