import type { PassphraseHash } from '#core/ports/passphrase-hash.ts';

const OUTPUT_BYTES = 32;

/**
 * Argon2id (RFC 9106) in native code on Node's worker threads, so that the engine goes on meanwhile. The library is loaded on first use:
 * most starts need none. The same passphrase typed on another keyboard may arrive in other code points, hence NFKC. Argon2id is what
 * the library computes when it is not told otherwise; a test holds it to the RFC's own numbers.
 */
export const argon2Hash: PassphraseHash = {
  async derive(passphrase, salt, { memoryKiB, passes, lanes }) {
    const { hashRaw } = await import('@node-rs/argon2');
    return hashRaw(passphrase.normalize('NFKC'), {
      memoryCost: memoryKiB,
      timeCost: passes,
      parallelism: lanes,
      outputLen: OUTPUT_BYTES,
      salt,
    });
  },
};
