import { INTERVAL_MS } from '#core/domain/interval.ts';
import { canonicalJson, type Json } from '#core/kernel/canonical-json.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { paperName } from '../paper/paper-accounts.ts';
import { identityAsked } from '../paper/venue-cycle-market.ts';
import type { OpenCycle } from './run-one.ts';

/** What is asked for, whoever presses. */
export const pressKey = (asked: CycleRequest): string => {
  // An account at live prices is left to one cycle at a time: what rests on it when the program ends is ended one after another.
  if (asked.market.kind === 'venue' && asked.market.mode !== 'live')
    return paperName(identityAsked(asked, asked.market));
  // Plain data, as it came through the contract.
  return canonicalJson(JSON.parse(JSON.stringify({ ...asked, trigger: '' })) as Json);
};

/**
 * Whether a press asks for what a running cycle does already: the same, on the same account, and no candle has closed since. A nervous
 * finger, or two faces at once, begin one cycle; a later moment of the market is another one.
 */
export function samePress(
  { market, request }: OpenCycle & { readonly request: CycleRequest },
  asked: CycleRequest,
): boolean {
  if (pressKey(request) !== pressKey(asked)) return false;
  if (market.account.scope !== 'standing') return true;
  const candle = INTERVAL_MS[market.interval];
  return Math.floor(market.clock.now() / candle) === Math.floor(market.at / candle);
}
