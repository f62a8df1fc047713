import { add, type Decimal, decimal, multiply, parseDecimal, subtract } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { countBefore } from '../market/candle-columns.ts';
import { finestStep, toTicks } from '../market/price-ticks.ts';
import type { CandleColumns } from '../market/types.ts';
import { inSteps } from './steps.ts';
import type { ArbitrageMarket, Level, Quote, Seen } from './types.ts';

/** A market that can be asked what it offered at a moment. */
export type QuoteSource = {
  readonly market: ArbitrageMarket;
  /** The quote that was known at `moment`, or why there was none. */
  at(moment: UnixMs): Seen;
};

export type CandleQuoteTerms = {
  /** Half of the assumed distance between bid and ask, in basis points of the price. */
  readonly halfSpreadBps: Decimal;
  /** Share of the candle's volume that a trade may take, 0..1. */
  readonly volumeShare: Decimal;
  /**
   * `last`, the usual: bid and ask lie around the last price of the minute. `worst`: the ask is that of the high and the bid that of the
   * low, so that a spread between two markets is there whenever within the minute their trades took place.
   */
  readonly prices?: 'last' | 'worst';
};

/** Basis points are parts of 10,000. */
const BPS_SCALE = 4;
const WHOLE = parseDecimal('10000');

/**
 * Quotes from closed candles: a price, half a spread worse on each side and rounded against us to the tick. A candle counts at the
 * moment of its close and at no other: an older one is no offer, and one without volume repeats a price at which nobody traded.
 * Throws Fault `bad_data` for a price that lies between two ticks: rounding it would make a spread of its own.
 */
export function candleQuotes(market: ArbitrageMarket, columns: CandleColumns, terms: CandleQuoteTerms): QuoteSource {
  const { close, high, low } = toTicks(columns, market.tick);
  const { halfSpreadBps, volumeShare, prices = 'last' } = terms;
  const [dear, cheap] = prices === 'last' ? [close, close] : [high, low];
  const length = INTERVAL_MS[columns.interval];
  const above = add(WHOLE, halfSpreadBps).units;
  const below = subtract(WHOLE, halfSpreadBps).units;
  // Ticks are divided here and not in decimals: a month of minutes has half a million quotes.
  const whole = 10n ** BigInt(halfSpreadBps.scale + BPS_SCALE);
  const priceOf = (ticks: bigint): Decimal => decimal(ticks * market.tick.units, market.tick.scale);
  const perUnit = 10 ** market.lot.scale;
  const shareWhole = 10n ** BigInt(volumeShare.scale) * market.lot.units;
  /** Volume is a measure and no money: a unit more or less of the last decimal is of no account. */
  const sizeOf = (volume: number): Decimal => {
    const lots = (BigInt(Math.floor(volume * perUnit)) * volumeShare.units) / shareWhole;
    return decimal(lots * market.lot.units, market.lot.scale);
  };

  return {
    market,
    at(moment) {
      const index = countBefore(columns.openTime, moment - length);
      if (columns.openTime[index] !== moment - length) return 'no-candle';
      const volume = columns.volume[index] as number;
      if (volume === 0) return 'no-trade';
      const size = sizeOf(volume);
      const ask = (BigInt(dear[index] as number) * above + whole - 1n) / whole;
      const bid = (BigInt(cheap[index] as number) * below) / whole;
      return { at: moment, asks: [{ price: priceOf(ask), size }], bids: [{ price: priceOf(bid), size }] };
    },
  };
}

export type RecordedBook = { readonly at: UnixMs; readonly bids: readonly Level[]; readonly asks: readonly Level[] };

/**
 * Quotes from recorded books, oldest first: the newest one at or before the moment, unless it is older than `oldestMs`. `depthShare` is
 * the part of each level that a trade may take: others stand in the same queue.
 */
export function bookQuotes(
  market: ArbitrageMarket,
  books: readonly RecordedBook[],
  terms: { readonly oldestMs: number; readonly depthShare: Decimal },
): QuoteSource {
  const times = Float64Array.from(books, ({ at }) => at);
  const shared = (levels: readonly Level[]): readonly Level[] =>
    levels.map(({ price, size }) => ({ price, size: inSteps(multiply(size, terms.depthShare), market.lot, 'down') }));
  return {
    market,
    at(moment) {
      const book = books[countBefore(times, moment + 1) - 1];
      if (book === undefined || moment - book.at > terms.oldestMs) return 'old-book';
      return { at: book.at, bids: shared(book.bids), asks: shared(book.asks) };
    },
  };
}

const LOT_SCALE = 8;

/** The finest tick that the candles need, and a lot of a hundred-millionth: a file of candles brings no rules of its venue. */
export const stepsOf = (columns: CandleColumns): { readonly tick: Decimal; readonly lot: Decimal } => ({
  tick: finestStep(columns),
  lot: decimal(1n, LOT_SCALE),
});

export const isQuote = (seen: Seen): seen is Quote => typeof seen !== 'string';
