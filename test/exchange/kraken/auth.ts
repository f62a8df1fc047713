import { createHash, createHmac } from 'node:crypto';
import type { ApiKey } from '../core/keys.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import type { VenueRequest } from '../server/request.ts';
import { refuse } from './errors.ts';

/** Signatures and nonces of private requests. A nonce must be greater than every nonce that the key used before. */
export type Gate = { open(request: VenueRequest, nonce: string | undefined): ApiKey | Answer };

export function createGate(venue: Venue): Gate {
  const newest = new Map<string, bigint>();
  return {
    open: (request, nonce) => {
      const key = venue.keys.find(request.header('api-key'));
      if (key === undefined) return refuse('EAPI:Invalid key');
      if (nonce === undefined || !/^\d{1,20}$/.test(nonce)) return refuse('EAPI:Invalid nonce');
      const digest = createHash('sha256')
        .update(nonce + request.body)
        .digest();
      const expected = createHmac('sha512', Buffer.from(key.secret, 'base64'))
        .update(request.path)
        .update(digest)
        .digest('base64');
      if (request.header('api-sign') !== expected) return refuse('EAPI:Invalid signature');
      const value = BigInt(nonce);
      if (value <= (newest.get(key.key) ?? -1n)) return refuse('EAPI:Invalid nonce');
      newest.set(key.key, value);
      return key;
    },
  };
}
