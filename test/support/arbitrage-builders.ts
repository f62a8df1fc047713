import type { Look } from '#core/arbitrage/detect.ts';
import type { RecordedBook } from '#core/arbitrage/quotes.ts';
import { bookQuotes, candleQuotes, type QuoteSource } from '#core/arbitrage/quotes.ts';
import type { ArbitrageMarket, Level, Seen } from '#core/arbitrage/types.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { asset } from '#core/domain/money.ts';
import { emptyColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';

export const MINUTE = 60_000;
export const START = unixMs(1_678_406_400_000);

/** `market('kraken BTC/USD', '26')`: a market with cents, eight decimals of quantity, and one fee for both sides. */
export function market(name: string, feeBps = '0', more: Partial<ArbitrageMarket> = {}): ArbitrageMarket {
  const [venue = '', pair = ''] = name.split(' ');
  const [base = '', quote = ''] = pair.split('/');
  return {
    venue,
    base: asset(base),
    quote: asset(quote),
    tick: parseDecimal(quote === 'USD' && base !== 'BTC' ? '0.0001' : '0.01'),
    lot: parseDecimal('0.00000001'),
    buyFeeBps: parseDecimal(feeBps),
    sellFeeBps: parseDecimal(feeBps),
    quoteScale: 8,
    ...more,
  };
}

export const levels = (...rows: readonly (readonly [string, string])[]): readonly Level[] =>
  rows.map(([price, size]) => ({ price: parseDecimal(price), size: parseDecimal(size) }));

/** One book that stands at `at`, all of whose depth may be taken. */
export const bookAt = (of: ArbitrageMarket, book: Omit<RecordedBook, 'at'>, at: UnixMs = START): QuoteSource =>
  bookQuotes(of, [{ at, ...book }], { oldestMs: 0, depthShare: parseDecimal('1') });

/** Minute candles from closes, undefined being a minute without a candle. High and low are the close: only closes are looked at. */
export function minutes(
  closes: readonly (number | undefined)[],
  volume: number | readonly number[] = 10,
  from: number = START,
): CandleColumns {
  const kept = closes.flatMap((close, i) => (close === undefined ? [] : [{ close, i }]));
  const columns = emptyColumns('1m', kept.length);
  for (const [row, { close, i }] of kept.entries()) {
    columns.openTime[row] = from + i * MINUTE;
    for (const name of ['open', 'high', 'low', 'close'] as const) columns[name][row] = close;
    columns.volume[row] = typeof volume === 'number' ? volume : (volume[i] ?? 0);
  }
  return columns;
}

export const candles = (
  of: ArbitrageMarket,
  columns: CandleColumns,
  { halfSpreadBps = '0', volumeShare = '1' } = {},
): QuoteSource =>
  candleQuotes(of, columns, {
    halfSpreadBps: parseDecimal(halfSpreadBps),
    volumeShare: parseDecimal(volumeShare),
  });

/** The close of minute `i`. */
export const closeOf = (i: number): UnixMs => unixMs(START + (i + 1) * MINUTE);

/** What the sources show at a moment. */
export const lookAt =
  (sources: readonly QuoteSource[], at: UnixMs): Look =>
  (of): Seen =>
    sources.find((source) => source.market === of)?.at(at) ?? 'no-candle';
