import { type Fixed, times } from './fixed.ts';
import type { Instrument, Side } from './types.ts';

/** Rates as parts of one. `received`: the fee is taken from what the fill brings in (binance); `quote`: always in quote (kraken). */
export type FeeRules = { readonly maker: Fixed; readonly taker: Fixed; readonly takenIn: 'received' | 'quote' };

export type Fee = { readonly amount: Fixed; readonly asset: string };

/** Fee of one fill, cut at 1e-8, so that the fees of many small fills never exceed what was held for one big fill. */
export function feeOf(
  rules: FeeRules,
  instrument: Instrument,
  side: Side,
  quantity: Fixed,
  cost: Fixed,
  maker: boolean,
): Fee {
  const rate = maker ? rules.maker : rules.taker;
  if (rules.takenIn === 'received' && side === 'buy') return { amount: times(quantity, rate), asset: instrument.base };
  return { amount: times(cost, rate), asset: instrument.quote };
}

/** What a buyer must set aside for this cost, fees on top included. */
export const withFee = (rules: FeeRules, cost: Fixed): Fixed =>
  rules.takenIn === 'quote' ? cost + times(cost, rules.taker) : cost;
