import type { Rng } from '../kernel/rng.ts';
import { type Estimate, type Measure, measured, notEnough, undefinable } from './figure.ts';
import { quantileOf } from './moments.ts';
import { inOrder, placeAtRandom, shuffle } from './placement.ts';
import { positionsOf } from './positions.ts';
import type { EquityRecord, MarketRecord, TradeRecord } from './types.ts';
import { shareOf } from './wilson.ts';

/** Total return of what could have been had without the strategy; every benchmark pays the same costs. */
export type BuyAndHold = {
  readonly totalReturn: Measure;
  /** Equity at each close, for the chart; begins with the same money. */
  readonly equity: Float64Array;
};

export type RandomEntry = {
  /** Random runs that were made. */
  readonly runs: number;
  /** Total return of the real run's own trades put through the same arithmetic: what the random runs are compared with. */
  readonly own: Measure;
  readonly median: Measure;
  /** Middle 95 % of the random runs: a range of outcomes and not an interval around a mean. */
  readonly low: Measure;
  readonly high: Measure;
  /** Share of the random runs that the real trades beat. */
  readonly beaten: Estimate;
};

/** Cost of one side of a trade as a share of the money traded: fee plus half the spread and the like. */
const checkCost = (costPerSide: number): void => {
  if (!(costPerSide >= 0 && costPerSide < 1))
    throw new RangeError(`cost per side must be a share in [0, 1): ${costPerSide}`);
};

/** What one unit of money becomes between two prices, costs on both sides taken. */
function growth(from: number, to: number, cost: number, direction: 'long' | 'short'): number {
  if (direction === 'long') return (to * (1 - cost)) / (from * (1 + cost));
  // A short sale keeps its collateral: sold for less the cost, bought back for more.
  return 1 + (from * (1 - cost) - to * (1 + cost)) / from;
}

/** Buys with all the money at the first open and sells at the last close. */
export function buyAndHold(record: EquityRecord, market: MarketRecord, costPerSide: number): BuyAndHold {
  checkCost(costPerSide);
  const n = market.close.length;
  if (n === 0) return { totalReturn: notEnough(0, 1, 'candles'), equity: new Float64Array(0) };
  const quantity = record.startEquity / ((market.open[0] as number) * (1 + costPerSide));
  const equity = market.close.map((price) => quantity * price);
  equity[n - 1] = (equity[n - 1] as number) * (1 - costPerSide);
  return { totalReturn: measured((equity[n - 1] as number) / record.startEquity - 1, n), equity };
}

/** What is laid anew at random moments; all columns equally long. */
type Slots = {
  /** In candles. */
  readonly lengths: Int32Array;
  /** Of the equity. */
  readonly shares: Float64Array;
  readonly directions: readonly ('long' | 'short')[];
};

/** Fewest trades for the comparison: with fewer, one lucky entry is the result. */
export const ENOUGH_ENTRIES = 10;

/**
 * The same number of positions, of the same lengths, sizes (as a share of the equity) and directions, entered at random moments that
 * don't overlap, filled at opens and paying the same costs. What a strategy adds by choosing WHEN is what it beats this by. Positions
 * that overlap in time (more instruments than one) have no such arrangement.
 */
export function randomEntry(
  record: EquityRecord,
  market: MarketRecord,
  trades: readonly TradeRecord[],
  costPerSide: number,
  rng: Rng,
  runs = 1000,
): RandomEntry {
  checkCost(costPerSide);
  if (!(Number.isSafeInteger(runs) && runs >= 40)) throw new RangeError(`at least 40 random runs are needed: ${runs}`);
  const blank = (lack: Measure & Estimate): RandomEntry => ({
    runs: 0,
    own: lack,
    median: lack,
    low: lack,
    high: lack,
    beaten: lack,
  });
  if (trades.length < ENOUGH_ENTRIES) return blank(notEnough(trades.length, ENOUGH_ENTRIES, 'trades'));
  const sorted = trades.toSorted((a, b) => a.entryTime - b.entryTime);
  const placed = slotsOf(sorted, record);
  const slots: Slots = {
    lengths: Int32Array.from(placed, ({ length }) => length),
    shares: Float64Array.from(placed, ({ share }) => share),
    directions: placed.map(({ direction }) => direction),
  };
  const order = inOrder(placed.length);
  const own = replay(
    Int32Array.from(placed, ({ entry }) => entry),
    order,
    slots,
    market,
    costPerSide,
  );
  const lengths = new Int32Array(placed.length);
  const results = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    shuffle(order, rng);
    for (let i = 0; i < order.length; i++) lengths[i] = slots.lengths[order[i] as number] as number;
    // The open of the last candle is the last price to leave at.
    const entries = placeAtRandom(lengths, market.open.length - 1, rng);
    if (entries === undefined) return blank(undefinable('the positions overlap in time'));
    results[run] = replay(entries, order, slots, market, costPerSide);
  }
  const beaten = results.reduce((count, result) => count + (result < own ? 1 : 0), 0);
  results.sort();
  return {
    runs,
    own: measured(own, trades.length),
    median: measured(quantileOf(results, 0.5), runs),
    low: measured(quantileOf(results, 0.025), runs),
    high: measured(quantileOf(results, 0.975), runs),
    beaten: shareOf(beaten, runs, 'random runs'),
  };
}

/** Total return of positions entered at the given candles, one after the other. */
function replay(
  entries: Int32Array,
  order: Int32Array,
  { lengths, shares, directions }: Slots,
  { open }: MarketRecord,
  cost: number,
): number {
  let equity = 1;
  for (let i = 0; i < order.length; i++) {
    const slot = order[i] as number;
    const entry = entries[i] as number;
    const from = open[entry] as number;
    const to = open[Math.min(entry + (lengths[slot] as number), open.length - 1)] as number;
    equity *= 1 + (shares[slot] as number) * (growth(from, to, cost, directions[slot] ?? 'long') - 1);
    if (!(equity > 0)) return -1;
  }
  return equity - 1;
}

type Placed = {
  readonly entry: number;
  readonly length: number;
  readonly share: number;
  readonly direction: 'long' | 'short';
};

/** Where and how large a real position was, in candles of the record. */
function slotsOf(trades: readonly TradeRecord[], record: EquityRecord): readonly Placed[] {
  return trades.flatMap((trade) =>
    positionsOf(record, [trade]).map(({ entry, exit, direction }) => {
      const before = entry === 0 ? record.startEquity : (record.equity[entry - 1] as number);
      const share = before > 0 ? (trade.quantity * trade.entryPrice) / before : 0;
      return { entry, length: exit - entry, share, direction };
    }),
  );
}
