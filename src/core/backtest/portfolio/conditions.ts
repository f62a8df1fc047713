import { compare, type Decimal, formatDecimal } from '../../domain/decimal.ts';
import type { UnixMs } from '../../domain/ids.ts';
import { type FeeRates, type FeeSchedule, flatFees } from '../../execution/fees.ts';
import { depthOf, type OrderBook } from '../../execution/venue-book.ts';
import type { VenueFaults } from '../../execution/venue-faults.ts';
import type { InstrumentLimits } from '../../execution/versioned-limits.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Grid } from '../../matching/grid.ts';

/** An order book as it stood at the open of the candle that opens at `at`. */
export type RecordedBook = { readonly at: UnixMs; readonly book: OrderBook };

/** What a venue was like, beyond the profiles of a run. What is left out is as the profiles say. */
export type VenueConditions = {
  /** Replaces the flat fee of the run. */
  readonly fees?: FeeSchedule;
  /** Steps and minimums by date, oldest first. */
  readonly limitsHistory?: readonly InstrumentLimits[];
  /** Seeded by the run. */
  readonly faults?: Omit<VenueFaults, 'rng'>;
  /** Oldest first. */
  readonly books?: readonly RecordedBook[];
  readonly halfSpreadBps?: Decimal;
  /** Share of a candle's volume that orders may take. */
  readonly participation?: number;
  readonly impact?: number;
};

const ratesText = ({ makerBps, takerBps }: FeeRates): Json => [formatDecimal(makerBps), formatDecimal(takerBps)];

const feesText = (fees: FeeSchedule): Json => ({
  rates: ratesText(fees),
  buy: fees.sides?.buy === undefined ? null : ratesText(fees.sides.buy),
  sell: fees.sides?.sell === undefined ? null : ratesText(fees.sides.sell),
  tiers: (fees.tiers ?? []).map((tier) => [formatDecimal(tier.fromTurnover), ratesText(tier)]),
  paidIn: typeof fees.paidIn === 'object' ? [fees.paidIn.asset, formatDecimal(fees.paidIn.price)] : fees.paidIn,
  scale: fees.scale ?? null,
});

const levelsText = (levels: OrderBook['bids']): Json =>
  levels.map(([at, size]) => [formatDecimal(at), formatDecimal(size)]);

/** All of it as plain data, for the run's hash. */
export const conditionsText = (conditions: VenueConditions): Json => ({
  fees: conditions.fees === undefined ? null : feesText(conditions.fees),
  limitsHistory: (conditions.limitsHistory ?? []).map((limits) => ({
    validFrom: limits.validFrom,
    tickSize: formatDecimal(limits.tickSize),
    lotSize: formatDecimal(limits.lotSize),
    minQuantity: formatDecimal(limits.minQuantity),
    minNotional: formatDecimal(limits.minNotional),
  })),
  faults: JSON.parse(JSON.stringify(conditions.faults ?? null)) as Json,
  books: (conditions.books ?? []).map(({ at, book }) => [at, levelsText(book.bids), levelsText(book.asks)]),
  halfSpreadBps: conditions.halfSpreadBps === undefined ? null : formatDecimal(conditions.halfSpreadBps),
  participation: conditions.participation ?? null,
  impact: conditions.impact ?? null,
});

/** The dearest rate of a schedule: what an order may cost at worst, for whoever sizes or judges it beforehand. */
export function worstFeeBps(fees: FeeSchedule): Decimal {
  const rates = [fees, fees.sides?.buy, fees.sides?.sell, ...(fees.tiers ?? [])].flatMap((one) =>
    one === undefined ? [] : [one.makerBps, one.takerBps],
  );
  return rates.reduce((worst, rate) => (compare(rate, worst) > 0 ? rate : worst));
}

export const feesOf = (conditions: VenueConditions, feeBps: Decimal): FeeSchedule =>
  conditions.fees ?? flatFees(feeBps);

/** Throws Fault('bad_data') on a book that is none, wherever in the data it lies, and on books out of the order of their moments. */
export function checkBooks(books: readonly RecordedBook[], grid: Grid): void {
  for (const [i, { at, book }] of books.entries()) {
    if (i > 0 && at <= (books[i - 1]?.at ?? 0))
      throw new Fault(
        'bad_data',
        'recorded order books are not in the order of their moments',
        'Sort them, oldest first.',
      );
    depthOf(book, grid);
  }
}
