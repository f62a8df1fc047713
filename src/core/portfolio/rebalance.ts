import {
  absolute,
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
  subtract,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import type { InstrumentId } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Side } from '../domain/order.ts';

/** What is held of an instrument, what it is worth, and which share of the whole it should be. */
export type Holding = {
  readonly instrument: Pick<Instrument, 'id' | 'symbol' | 'lotSize' | 'minQuantity' | 'minNotional'>;
  readonly quantity: Decimal;
  readonly price: Decimal;
  /** From 0 to 1. */
  readonly weight: Decimal;
  /** Why it is left alone now, as an order that has not filled yet; undefined when it may be traded. */
  readonly waits?: string;
};

export type RebalanceInput = {
  readonly holdings: readonly Holding[];
  /** That may be spent: neither locked nor kept for other orders. */
  readonly cash: Decimal;
  readonly cashWeight: Decimal;
  /** Share of the whole by which a weight may be off before it is traded. */
  readonly band: Decimal;
  /** Smaller trades are left alone; the venue's own minimum holds beside it. */
  readonly minNotional: Decimal;
  /** Fee as a fraction, and how much worse than now a price may turn out. */
  readonly fee: Decimal;
  readonly cushion: Decimal;
  /** The most that one purchase may be worth; what is over waits for the next time. */
  readonly largest?: Decimal;
};

export type PlannedTrade = {
  readonly instrumentId: InstrumentId;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly why: string;
};

export type RebalancePlan = {
  readonly total: Decimal;
  /** Sales before purchases, each to its target; none inside the band. */
  readonly trades: readonly PlannedTrade[];
  /** What is off by more than the band and is not, or not wholly, put right, and why. */
  readonly left: readonly { readonly symbol: string; readonly why: string }[];
};

const valueOf = ({ quantity, price }: Holding): Decimal => multiply(quantity, price);
const lotsIn = (value: Decimal, unit: Decimal, { lotSize }: Holding['instrument']): Decimal =>
  isPositive(value) ? multiply(divide(value, multiply(unit, lotSize), 0, 'floor'), lotSize) : ZERO;
const percent = (part: Decimal, total: Decimal): string =>
  `${formatDecimal(divide(multiply(part, { units: 100n, scale: 0 }), total, 2, 'half-up'))} %`;

/**
 * Orders that bring holdings back to their weights. Only what is off by more than the band is traded, and then to its target. Purchases are
 * paid from the cash and from what the sales bring in at their worst, never below the weight of the cash less the band; the largest shortage
 * comes first. Pure: the same input gives the same plan.
 */
export function planRebalance(input: RebalanceInput): RebalancePlan {
  const { holdings, cash, cashWeight, band, fee, cushion } = input;
  const total = add(cash, sum(holdings.map(valueOf)));
  if (!isPositive(total)) return { total, trades: [], left: [] };
  const allowed = multiply(band, total);
  const trades: PlannedTrade[] = [];
  const left: { symbol: string; why: string }[] = [];
  const driftOf = (one: Holding): Decimal => subtract(valueOf(one), multiply(one.weight, total));
  const isOff = (one: Holding): boolean => compare(absolute(driftOf(one)), allowed) > 0;
  const off = holdings.filter((one) => one.waits === undefined && isOff(one));
  const words = (one: Holding): string =>
    `${percent(valueOf(one), total)} of the whole, ${percent(multiply(one.weight, total), total)} wanted, more than ${percent(allowed, total)} off`;
  const tooSmall = (one: Holding, size: Decimal): boolean =>
    !isPositive(size) ||
    compare(size, one.instrument.minQuantity) < 0 ||
    compare(multiply(size, one.price), max(input.minNotional, one.instrument.minNotional)) < 0;
  const propose = (one: Holding, side: Side, size: Decimal, short: string): boolean => {
    const { id, symbol } = one.instrument;
    const small = tooSmall(one, size);
    if (small) left.push({ symbol, why: `${words(one)}; ${short || 'the trade would be smaller than the least'}` });
    else trades.push({ instrumentId: id, symbol, side, quantity: size, why: words(one) + (short && `; ${short}`) });
    return !small;
  };

  for (const one of holdings)
    if (one.waits !== undefined && isOff(one))
      left.push({ symbol: one.instrument.symbol, why: `${words(one)}; ${one.waits}` });

  let proceeds = ZERO;
  for (const one of off.filter((held) => isPositive(driftOf(held)))) {
    // Never more than is held: no weight is below zero.
    const size = lotsIn(driftOf(one), one.price, one.instrument);
    const worst = multiply(multiply(multiply(size, one.price), subtract(ONE, cushion)), subtract(ONE, fee));
    if (propose(one, 'sell', size, '')) proceeds = add(proceeds, worst);
  }
  const kept = max(ZERO, subtract(multiply(cashWeight, total), allowed));
  let budget = subtract(add(cash, proceeds), kept);
  const wanting = off.filter((one) => !isPositive(driftOf(one)));
  for (const one of wanting.toSorted((a, b) => compare(driftOf(a), driftOf(b)))) {
    const shortage = absolute(driftOf(one));
    const unit = multiply(multiply(one.price, add(ONE, cushion)), add(ONE, fee));
    const wanted = lotsIn(shortage, one.price, one.instrument);
    const capped = min(wanted, lotsIn(input.largest ?? shortage, one.price, one.instrument));
    const size = min(capped, lotsIn(budget, unit, one.instrument));
    const why =
      compare(size, capped) < 0
        ? 'the cash is not enough for all of it'
        : compare(capped, wanted) < 0
          ? 'one order may not be larger; the rest waits for the next time'
          : '';
    if (propose(one, 'buy', size, why)) budget = subtract(budget, multiply(size, unit));
    if (why !== '' && !tooSmall(one, size)) left.push({ symbol: one.instrument.symbol, why });
  }
  return { total, trades, left };
}
