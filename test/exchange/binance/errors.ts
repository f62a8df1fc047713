import type { Refusal } from '../core/types.ts';
import type { Answer } from '../server/answer.ts';
import type { Wording } from '../server/faulty.ts';

/** Codes and texts as binance documents them: clients match on both. */
export const refuse = (code: number, msg: string, status = 400): Answer => ({
  status,
  body: { code, msg },
  refused: true,
});

export const missing = (name: string): Answer =>
  refuse(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
export const illegal = (name: string, range: string): Answer =>
  refuse(-1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`);
export const tooPrecise = (name: string): Answer => refuse(-1111, `Parameter '${name}' has too much precision.`);
export const notRequired = (name: string): Answer => refuse(-1106, `Parameter '${name}' sent when not required.`);

export const INVALID_SYMBOL = refuse(-1121, 'Invalid symbol.');
export const UNKNOWN_ORDER = refuse(-2011, 'Unknown order sent.');
export const NO_SUCH_ORDER = refuse(-2013, 'Order does not exist.');
export const NO_PERMISSION = refuse(-2015, 'Invalid API-key, IP, or permissions for action.', 401);

const REFUSALS: Record<Refusal, Answer> = {
  tick: refuse(-1013, 'Filter failure: PRICE_FILTER'),
  step: refuse(-1013, 'Filter failure: LOT_SIZE'),
  quantity: refuse(-1013, 'Filter failure: LOT_SIZE'),
  notional: refuse(-1013, 'Filter failure: NOTIONAL'),
  duplicate_client_id: refuse(-2010, 'Duplicate order sent.'),
  funds: refuse(-2010, 'Account has insufficient balance for requested action.'),
  would_take: refuse(-2010, 'Order would immediately match and take.'),
  would_trigger: refuse(-2010, 'Stop price would trigger immediately.'),
  closed: refuse(-1013, 'Market is closed.'),
  too_many_orders: refuse(-1013, 'Filter failure: MAX_NUM_ORDERS'),
};

export const refusal = (reason: Refusal): Answer => REFUSALS[reason];

const retryAfter = (ms: number): Readonly<Record<string, string>> => ({
  'retry-after': String(Math.max(1, Math.ceil(ms / 1000))),
});

export const tooMuchWeight = (limit: number, retryAfterMs: number): Answer => ({
  ...refuse(
    -1003,
    `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`,
    429,
  ),
  headers: retryAfter(retryAfterMs),
});

export const bannedUntil = (until: number, retryAfterMs: number): Answer => ({
  ...refuse(
    -1003,
    `Way too much request weight used; IP banned until ${until}. Please use WebSocket Streams for live updates to avoid bans.`,
    418,
  ),
  headers: retryAfter(retryAfterMs),
});

export const tooManyOrders = (limit: number, retryAfterMs: number): Answer => ({
  ...refuse(-1015, `Too many new orders; current limit is ${limit} orders per 10 SECOND.`, 429),
  headers: retryAfter(retryAfterMs),
});

/** What binance says instead of an answer; both ways of not knowing an outcome, by turns. */
export function binanceWording(now: () => number): Wording {
  let asked = 0;
  return {
    rateLimited: (ms) => tooMuchWeight(6000, ms),
    banned: (ms) => bannedUntil(now() + ms, ms),
    maintenance: () => refuse(1, 'System is under maintenance.', 503),
    unavailable: () => refuse(-1004, 'Server is busy, please wait and try again', 503),
    unknownOutcome: () => {
      asked += 1;
      return asked % 2 === 1
        ? refuse(
            -1007,
            'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
            504,
          )
        : refuse(-1006, 'An unexpected response was received from the message bus. Execution status unknown.', 500);
    },
  };
}
