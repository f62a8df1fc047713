import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isNegative,
  multiply,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Asset, type Money, money, notional, type Price, type Quantity } from '../domain/money.ts';
import type { Fill, Side } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';

/** Rates of one side in basis points of the notional. */
export type FeeRates = { readonly makerBps: Decimal; readonly takerBps: Decimal };

export type FeeTier = FeeRates & { readonly fromTurnover: Decimal };

/**
 * What a venue charges. The fee comes out of the quote asset, out of the base asset, out of whatever the side receives (base when buying,
 * quote when selling), or in a coin of the venue's own at a given price.
 */
export type FeeSchedule = FeeRates & {
  /** Where a side differs from the rates above. */
  readonly sides?: { readonly buy?: FeeRates; readonly sell?: FeeRates };
  /**
   * Rates of those who have traded that much in quote over the last thirty days, least first; they take the place of all rates above.
   */
  readonly tiers?: readonly FeeTier[];
  readonly paidIn: 'quote' | 'base' | 'received' | { readonly asset: Asset; readonly price: Price };
  /** Decimals that the venue keeps of the base asset and of its own coin; of the quote asset the instrument says it. */
  readonly scale?: number;
};

const SCALE = 8;

/** One rate for everybody, in the quote asset. */
export const flatFees = (feeBps: Decimal): FeeSchedule => ({ makerBps: feeBps, takerBps: feeBps, paidIn: 'quote' });

/** Throws Fault('usage') on a negative rate: rebates are not part of the simulation, because they would flatter it. */
export function checkFees({ makerBps, takerBps, sides, tiers = [] }: FeeSchedule): void {
  const rates = [
    makerBps,
    takerBps,
    ...[sides?.buy, sides?.sell, ...tiers].flatMap((one) => (one ? [one.makerBps, one.takerBps] : [])),
  ];
  for (let i = 1; i < tiers.length; i++)
    if (compare((tiers[i] as FeeTier).fromTurnover, (tiers[i - 1] as FeeTier).fromTurnover) <= 0)
      throw new Fault('usage', 'fee tiers are not in the order of their turnover', 'Sort them, least first.');
  if (rates.some(isNegative)) throw new Fault('usage', 'a fee must be at least 0', 'Correct the costs.');
}

const assetOf = (schedule: FeeSchedule, side: Side): 'quote' | 'base' | 'other' => {
  if (typeof schedule.paidIn === 'object') return 'other';
  if (schedule.paidIn !== 'received') return schedule.paidIn;
  return side === 'buy' ? 'base' : 'quote';
};

/**
 * Fee of one fill, rounded up to the decimals that the venue keeps, so that the simulation never charges less than a venue would. A fee
 * in base is never more than what was bought. `turnover` chooses the tier.
 */
export function feeOf(
  at: Price,
  size: Quantity,
  side: Side,
  liquidity: Fill['liquidity'],
  schedule: FeeSchedule,
  instrument: Instrument,
  turnover: Decimal = ZERO,
): Money {
  const tier = schedule.tiers?.findLast(({ fromTurnover }) => compare(fromTurnover, turnover) <= 0);
  const rates = tier ?? schedule.sides?.[side] ?? schedule;
  const bps = liquidity === 'maker' ? rates.makerBps : rates.takerBps;
  const scale = schedule.scale ?? SCALE;
  const paidIn = assetOf(schedule, side);
  if (paidIn === 'base') return money(shareUp(size, bps, ONE_UNIT, scale), instrument.base);
  const value = notional(at, size);
  if (paidIn === 'other' && typeof schedule.paidIn === 'object')
    return money(shareUp(value, bps, schedule.paidIn.price, scale), schedule.paidIn.asset);
  return money(shareUp(value, bps, ONE_UNIT, instrument.quoteScale), instrument.quote);
}

const ONE_UNIT = decimal(1n);
const BPS = decimal(10_000n);

/** amount x bps / 10,000 / price at `scale` decimals, rounded up once. */
const shareUp = (amount: Decimal, bps: Decimal, price: Decimal, scale: number): Decimal =>
  divide(multiply(amount, bps), multiply(BPS, price), scale, 'up');

/** What an account traded over the last thirty days: all venues of one run may share it. Asked and told in the order of time. */
export type FeeTurnover = {
  add(ts: number, value: Decimal): void;
  at(ts: number): Decimal;
};

const TIER_WINDOW_MS = 30 * 86_400_000;

export function createFeeTurnover(): FeeTurnover {
  const kept: { readonly ts: number; readonly value: Decimal }[] = [];
  let first = 0;
  let total: Decimal = ZERO;
  return {
    add(ts, value) {
      kept.push({ ts, value });
      total = add(total, value);
    },
    at(ts) {
      for (let oldest = kept[first]; oldest !== undefined && oldest.ts <= ts - TIER_WINDOW_MS; oldest = kept[first]) {
        total = subtract(total, oldest.value);
        first += 1;
      }
      return total;
    },
  };
}
