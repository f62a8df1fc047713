import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isPositive,
  max,
  min,
  multiply,
  ONE,
  parseDecimal,
  quantize,
  quantizeFloat,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { ClientOrderId } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price as priceOf, quantity } from '../domain/money.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import { rewardProblem } from './exposure.ts';
import { exactBps, gapReserveOf, sizeFractionAt, worstEntryPrice } from './limits.ts';
import type { PortfolioUse } from './portfolio-room.ts';
import type { RiskLimits } from './risk-limits.ts';
import type { ProposedOrder } from './types.ts';

export type SizingInput = {
  readonly clientOrderId: ClientOrderId;
  readonly equity: Decimal;
  readonly cash: Decimal;
  /** Newest known price. */
  readonly price: Price;
  /** Distances from the price in quote, from ATR; indicators, so floats. */
  readonly stopDistance: number;
  readonly targetDistance: number;
  readonly envelope: RiskEnvelope;
  readonly instrument: Instrument;
  readonly feeBps: Decimal;
  readonly halfSpreadBps: Decimal;
  readonly limits: RiskLimits;
  /** Highest equity ever: with the drawdown since, it says how much may still be lost. */
  readonly peakEquity: Decimal;
  /** Average true range in quote; see `gapReserveOf`. */
  readonly atr: Decimal;
  /** What is open may still lose, gaps included. Default: all of `grossExposure`. */
  readonly openRisk?: Decimal;
  /** Notional that is exposed on the account already. Default 0. */
  readonly grossExposure?: Decimal;
  /** The part of it that is the agent's own and counts against its envelope, and the part in this instrument. Default: all of it. */
  readonly agentExposure?: Decimal;
  readonly symbolExposure?: Decimal;
  /** What is reserved on the account. Default: nothing. */
  readonly use?: PortfolioUse;
  /** Share from 0 to 1 of the largest quantity that is left for reasons beside the market, such as the news. Default 1. */
  readonly size?: Decimal;
};

export type SizingDenied = { readonly kind: 'denied'; readonly reason: string };

const ALMOST_ALL = parseDecimal('0.999');
const NOTHING_RESERVED: PortfolioUse = { risk: ZERO, notional: ZERO, ofInstrument: ZERO, cash: ZERO, positions: 0 };

const denied = (reason: string): SizingDenied => ({ kind: 'denied', reason });

const usable = (distance: number): boolean => Number.isFinite(distance) && distance > 0;

/**
 * A long market entry with its stop and target, or the reason why there is none. Fixed-fractional sizing: quantity = equity
 * x risk per trade / loss of one unit, where the loss is what the stop would really cost: entry half a spread above the price,
 * exit half a spread below the stop, both fees. Capped by the notional limit and by cash, floored to the lot. The stop is
 * rounded down to the tick and the target up, both away from the price, so that neither is reached any sooner.
 */
export function sizeEntry(input: SizingInput): ProposedOrder | SizingDenied {
  const { clientOrderId, price, instrument } = input;
  const { tickSize } = instrument;
  if (!usable(input.stopDistance)) return denied(`the stop distance ${input.stopDistance} is not a positive number`);
  if (!usable(input.targetDistance))
    return denied(`the target distance ${input.targetDistance} is not a positive number`);
  if (!isPositive(input.equity)) return denied('there is no equity to risk');
  const below = quantize(subtract(price, quantizeFloat(input.stopDistance, tickSize, 'ceil')), tickSize, 'floor');
  if (!isPositive(below)) return denied('the stop would lie at or below zero');
  const stop = priceOf(below);
  const target = priceOf(quantize(add(price, quantizeFloat(input.targetDistance, tickSize, 'ceil')), tickSize, 'ceil'));
  const unworthy = rewardProblem(price, target, input.feeBps);
  if (unworthy !== undefined) return denied(unworthy);
  const size = quantity(largestQuantity(input, stop));
  const small = tooSmall(size, stop, instrument);
  if (small !== undefined) return denied(small);
  return {
    clientOrderId,
    side: 'buy',
    type: 'market',
    purpose: 'entry',
    quantity: size,
    reduceOnly: false,
    stop,
    target,
  };
}

function largestQuantity(input: SizingInput, stop: Price): Decimal {
  const { equity, cash, price, envelope, instrument, feeBps, halfSpreadBps, limits, peakEquity } = input;
  const fraction = sizeFractionAt(equity, peakEquity, limits);
  const exposure = input.grossExposure ?? ZERO;
  const entry = add(price, exactBps(price, halfSpreadBps));
  const exit = subtract(stop, exactBps(stop, halfSpreadBps));
  const unitLoss = add(subtract(entry, exit), exactBps(add(entry, exit), feeBps));
  const riskBudget = multiply(multiply(equity, parseDecimal(envelope.riskPerTrade)), fraction);
  const notionalCap = multiply(multiply(equity, parseDecimal(envelope.maxNotionalFraction)), fraction);
  const freeNotional = subtract(notionalCap, input.agentExposure ?? exposure);
  const worst = worstEntryPrice('market', undefined, price, instrument, limits);
  const worstUnitCost = add(worst, exactBps(worst, feeBps));
  // The venue rounds the fee up by at most one unit of the quote asset.
  const freeCash = subtract(cash, { units: 1n, scale: instrument.quoteScale });
  // What may still be lost before the drawdown that not even the worst case may reach; a little less, because reaching it is too much.
  const floor = multiply(max(peakEquity, equity), subtract(ONE, limits.maxDrawdown));
  const room = multiply(subtract(subtract(equity, floor), input.openRisk ?? exposure), ALMOST_ALL);
  const left = (share: Decimal, taken: Decimal): Decimal => subtract(multiply(equity, share), taken);
  const { maxSymbolFraction, maxGrossFraction } = limits;
  const { use = NOTHING_RESERVED } = input;
  const worstUnitLoss = add(unitLoss, gapReserveOf(price, input.atr, limits));
  const caps = [
    lots(room, worstUnitLoss, instrument),
    lots(multiply(left(limits.maxOpenRisk, use.risk), ALMOST_ALL), worstUnitLoss, instrument),
    lots(left(maxSymbolFraction, max(input.symbolExposure ?? exposure, use.ofInstrument)), entry, instrument),
    lots(left(maxGrossFraction, max(exposure, use.notional)), entry, instrument),
    lots(multiply(equity, min(limits.maxOrderFraction, limits.maxOpenOrderFraction)), entry, instrument),
    lots(riskBudget, unitLoss, instrument),
    lots(freeNotional, entry, instrument),
    lots(freeCash, worstUnitCost, instrument),
  ];
  return share(caps.reduce(min), input.size ?? ONE, instrument);
}

/** Whole lots of a share of the quantity; a share beyond 0 and 1 counts as the nearer of them. */
function share(largest: Decimal, size: Decimal, { lotSize }: Instrument): Decimal {
  if (compare(size, ONE) >= 0) return largest;
  return isPositive(size) ? quantize(multiply(largest, size), lotSize, 'floor') : ZERO;
}

/** Whole lots that `budget` pays for; zero when it is not positive. */
function lots(budget: Decimal, perUnit: Decimal, { lotSize }: Instrument): Decimal {
  if (!isPositive(budget) || !isPositive(perUnit)) return ZERO;
  return multiply(divide(budget, multiply(perUnit, lotSize), 0, 'floor'), lotSize);
}

function tooSmall(size: Decimal, stop: Price, { minQuantity, minNotional }: Instrument): string | undefined {
  if (!isPositive(size)) return 'risk budget, limits and cash together allow less than one lot';
  if (compare(size, minQuantity) < 0)
    return `the allowed quantity ${formatDecimal(size)} is below the venue's minimum ${formatDecimal(minQuantity)}`;
  // Measured at the stop, so that the venue accepts the protective order as well.
  const value = multiply(stop, size);
  return compare(value, minNotional) < 0
    ? `the allowed notional ${formatDecimal(value)} is below the venue's minimum ${formatDecimal(minNotional)}`
    : undefined;
}
