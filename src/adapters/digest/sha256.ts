import { createHash, hash } from 'node:crypto';
import type { Hash } from '#core/domain/ids.ts';
import type { Digest } from '#core/kernel/ids.ts';

/** SHA-256 of the UTF-8 bytes of a text, in lowercase hex. Lone surrogates are encoded as U+FFFD, as UTF-8 demands. */
export const sha256: Digest = (text) => hash('sha256', text, 'hex') as Hash;

/** SHA-256 of bytes, as bytes. */
export const sha256Bytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
