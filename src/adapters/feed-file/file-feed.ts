import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CandleGap, CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import type { TestClock } from '#core/kernel/test-clock.ts';
import { parseCandleColumns, parseCandleCsv } from '#core/market/parse-candle-csv.ts';
import { createSeriesFeed } from '#core/market/series-feed.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import { readTextFile } from './read-text-file.ts';

/** Reads and checks a whole CSV or CSV.gz file. Throws a Fault that names the file, the lines and the remedy. */
export const readCandleFile = (
  path: string,
  interval: Interval,
): { readonly series: CandleSeries; readonly gaps: readonly CandleGap[] } =>
  parseCandleCsv(readTextFile(path), interval, basename(path));

/** The same as columns, without an object for each candle. */
export const readCandleColumns = (
  path: string,
  interval: Interval,
): { readonly columns: CandleColumns; readonly gaps: readonly CandleGap[] } =>
  parseCandleColumns(readTextFile(path), interval, basename(path));

/** Hands the event loop to others between two candles, so that a long file blocks neither the window nor a cancel. */
const breathe = (): Promise<void> => setImmediate();

type Common = { readonly instrument: Instrument; readonly interval: Interval; readonly clock: TestClock };

/**
 * A file of candles as the market. `interval` is the one the file has; coarser ones are aggregated from it. The instrument's rules
 * come from the caller and never from the file, because a tick guessed from all its rows would know the future.
 */
export function openFileFeed(options: Common & { readonly path: string }): MarketFeed {
  const { path, instrument, interval, clock } = options;
  const { series } = readCandleFile(path, interval);
  return createSeriesFeed({ source: { kind: 'file', path }, name: basename(path), instrument, series, clock, breathe });
}

/** Candles that were imported before, oldest first, as the market. */
export function createStoredFeed(options: Common & { readonly candles: readonly ClosedCandle[] }): MarketFeed {
  const { candles, instrument, interval, clock } = options;
  const name = `the imported ${instrument.symbol}`;
  return createSeriesFeed({
    source: { kind: 'imported' },
    name,
    instrument,
    series: { interval, candles },
    clock,
    breathe,
  });
}
