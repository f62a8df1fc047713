import type { UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';
import { provesAnswer, type Question } from './answer-proof.ts';
import { type Call, inLane, type Lane } from './call-context.ts';
import { type Classified, classifyError, errorClass } from './classify-error.ts';
import { errorText } from './error-text.ts';
import type { CcxtExchange } from './exchange.ts';
import type { ExchangeClocks, OpenExchange } from './open-exchange.ts';
import type { OrderReading } from './parse/order-report.ts';
import { NotSentError } from './rate-budget.ts';
import type { VenueTraits } from './venue-traits.ts';

/** What all calls of one account share. */
export type Account = {
  readonly exchange: CcxtExchange;
  readonly traits: VenueTraits;
  readonly open: OpenExchange;
  readonly clocks: ExchangeClocks;
  /** The venue's clock minus ours, in ms. */
  readonly offsetMs: () => number;
};

export const venueNow = ({ clocks, offsetMs }: Account): UnixMs => unixMs(Math.round(clocks.wall.now() + offsetMs()));

export const readingOf = (account: Account): OrderReading => ({
  exchangeId: account.exchange.id,
  clientIdFromVenue: account.traits.clientId.fromVenue,
  receivedAt: account.clocks.wall.now(),
});

export type Failure = Classified & { readonly reason: string; readonly retryAfterMs?: number };

/** An error of a call as an answer: classified, in words without secrets, with the wait that the venue asked for. */
export function failureOf(account: Account, error: unknown, call: Call): Failure {
  const classified = classifyError(account.exchange.id, error, call);
  // Some venues say "too many" in an ordinary answer; the network layer has seen the others.
  const name = errorClass(error);
  const status = call.response?.status ?? 0;
  if ((name === 'DDoSProtection' || name === 'RateLimitExceeded') && status !== 429 && status !== 418)
    account.open.budget.penalise(429);
  const wait = error instanceof NotSentError ? error.retryAfterMs : account.open.budget.pausedMs();
  return {
    ...classified,
    reason: errorText(error, account.open.secrets),
    ...(wait > 0 ? { retryAfterMs: wait } : {}),
  };
}

/**
 * Asks the venue and reads the answer. `failed` when the request failed, when the body does not prove an answer, or when `read` finds it
 * odd: never an empty list instead.
 */
export function ask<T>(
  account: Account,
  lane: Lane,
  question: Question | undefined,
  request: () => Promise<unknown>,
  read: (value: unknown) => T | undefined,
): Promise<Answer<T>> {
  return inLane(lane, async (call) => {
    try {
      const value = await request();
      if (question !== undefined && !provesAnswer(account.exchange.id, question, call.response?.body))
        return { kind: 'failed', reason: "the venue's answer is not what was asked for" };
      const result = read(value);
      return result === undefined
        ? { kind: 'failed', reason: "the venue's answer could not be read" }
        : { kind: 'ok', value: result };
    } catch (error) {
      const { reason, retryAfterMs } = failureOf(account, error, call);
      return { kind: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  });
}

/** Reads each item of a list; undefined, and so a failed answer, when there is no list or one item is odd. */
export function readAll<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const one = read(item);
    if (one === undefined) return undefined;
    items.push(one);
  }
  return items;
}
