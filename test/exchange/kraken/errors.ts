import type { Refusal } from '../core/types.ts';
import { type Answer, nonsense } from '../server/answer.ts';
import type { Wording } from '../server/faulty.ts';

export const result = (value: unknown): Answer => ({ status: 200, body: { error: [], result: value } });

/** Kraken says no with status 200 and a list of errors. */
export const refuse = (error: string, status = 200): Answer => ({ status, body: { error: [error] }, refused: true });

export const wrongArgument = (name: string): Answer => refuse(`EGeneral:Invalid arguments:${name}`);
export const UNKNOWN_ORDER = refuse('EOrder:Unknown order');
export const UNKNOWN_PAIR = refuse('EQuery:Unknown asset pair');
export const DENIED = refuse('EGeneral:Permission denied');
export const DEADLINE = refuse('EService:Deadline elapsed');

const REFUSALS: Record<Refusal, Answer> = {
  tick: refuse('EOrder:Tick size check failed'),
  step: refuse('EGeneral:Invalid arguments:volume'),
  quantity: refuse('EOrder:Order minimum not met'),
  notional: refuse('EOrder:Cost minimum not met'),
  // The venue documents the rule and not the text.
  duplicate_client_id: refuse('EOrder:Duplicate cl_ord_id'),
  funds: refuse('EOrder:Insufficient funds'),
  would_take: refuse('EOrder:Post only order'),
  would_trigger: refuse('EOrder:Invalid price'),
  closed: refuse('EService:Market in cancel_only mode'),
  too_many_orders: refuse('EOrder:Orders limit exceeded'),
};

export const refusal = (reason: Refusal): Answer => REFUSALS[reason];

/** What kraken says instead of an answer. */
export function krakenWording(): Wording {
  let asked = 0;
  return {
    rateLimited: (ms) => ({
      ...refuse('EAPI:Rate limit exceeded', 429),
      headers: { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) },
    }),
    banned: () => refuse('EGeneral:Temporary lockout'),
    maintenance: () => refuse('EService:Unavailable', 503),
    unavailable: () => refuse('EService:Busy'),
    unknownOutcome: () => {
      asked += 1;
      return asked % 2 === 1 ? refuse('EGeneral:Internal error') : nonsense.html(520);
    },
  };
}
