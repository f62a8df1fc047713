import { randomBytes } from 'node:crypto';
import { DENIED, result } from './errors.ts';
import type { Handler } from './handler.ts';

/**
 * What this key may do: the answer by which a client refuses a key that can withdraw. The call is documented; the spelling of its permissions
 * is taken from the venue's settings page and was not seen on the wire.
 */
export const apiKeyInfo: Handler = ({ key }) =>
  result({
    api_key_name: 'master trader',
    api_key: key.key,
    nonce_window: '0',
    permissions: [
      ...(key.read ? ['query-funds', 'query-open-trades', 'query-closed-trades'] : []),
      ...(key.trade ? ['modify-trades', 'close-trades'] : []),
      ...(key.withdraw ? ['withdraw-funds'] : []),
    ],
    valid_until: '0',
    query_from: '0',
    query_to: '0',
  });

/** Answers keys that may withdraw, and no others: the older way to find out. */
export const withdrawMethods: Handler = ({ key }) => (key.withdraw ? result([]) : DENIED);

const TOKEN_SECONDS = 900;

export const webSocketToken: Handler = ({ context, key }) => {
  const token = randomBytes(32).toString('base64');
  context.tokens.set(token, key.account);
  return result({ token, expires: TOKEN_SECONDS });
};
