import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../core/keys.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import { missing, NO_PERMISSION, refuse } from './errors.ts';
import type { Params } from './params.ts';

const DEFAULT_WINDOW_MS = 5000;
const MAX_WINDOW_MS = 60_000;
/** How far ahead of the venue a request may be dated. */
const AHEAD_MS = 1000;

export type Right = 'read' | 'trade' | 'withdraw';

/** The key behind a request, or why it is refused. */
export function keyOf(venue: Venue, key: string | undefined, right: Right): ApiKey | Answer {
  if (key === undefined || key === '') return refuse(-2014, 'API-key format invalid.', 401);
  const known = venue.keys.find(key);
  return known === undefined || !known[right] ? NO_PERMISSION : known;
}

/** HMAC-SHA256 in hex over everything that was sent before the signature, query string first, then the body. */
export function wrongSignature(secret: string, query: string, body: string, signature: string): Answer | undefined {
  const without = (text: string): string =>
    text
      .split('&')
      .filter((part) => !part.startsWith('signature='))
      .join('&');
  const expected = createHmac('sha256', secret)
    .update(without(query) + without(body))
    .digest();
  const given = Buffer.from(signature, 'hex');
  const right = given.length === expected.length && timingSafeEqual(given, expected);
  return right ? undefined : refuse(-1022, 'Signature for this request is not valid.');
}

/** The request's own expiry, checked on arrival and once more before the matching engine, as binance does. */
export function expired(venue: Venue, params: Params): Answer | undefined {
  const text = params.text('timestamp');
  if (text === undefined || !/^\d{1,16}$/.test(text)) return missing('timestamp');
  const windowText = params.text('recvWindow') ?? String(DEFAULT_WINDOW_MS);
  const window = Number(windowText);
  if (!/^\d+(\.\d{1,3})?$/.test(windowText)) return missing('recvWindow');
  if (window > MAX_WINDOW_MS) return refuse(-1131, 'recvWindow must be less than 60000');
  const timestamp = Number(text);
  const now = venue.clock.now();
  if (timestamp >= now + AHEAD_MS)
    return refuse(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  return now - timestamp > window
    ? refuse(-1021, 'Timestamp for this request is outside of the recvWindow.')
    : undefined;
}
