import { createHash } from 'node:crypto';
import { sha256 } from '#adapters/digest/sha256.ts';
import { readCandleColumns } from '#adapters/feed-file/file-feed.ts';
import { createGeneratedMarket, GENERATOR_EPOCH } from '#adapters/feed-generator/generated-market.ts';
import type { Hash } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { COLUMN_NAMES, columnsOfCandles } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { StudyData } from './protocol.ts';

/** Where a worker takes its candles from. What was imported is read by the engine, which alone has the database. */
export type CandleSource =
  | { readonly kind: 'file'; readonly path: string; readonly interval: Interval }
  | { readonly kind: 'columns'; readonly columns: CandleColumns }
  | {
      readonly kind: 'generator';
      readonly seed: number;
      readonly instrument: Instrument;
      readonly interval: Interval;
      readonly candles: number;
    };

/** All candles of a run. */
export type RunSource = {
  readonly main: CandleSource;
  readonly detail?: CandleSource;
  readonly also?: readonly CandleSource[];
};

/** Reads or makes everything that a run needs. Throws what `loadCandles` throws. */
export function loadRun({ main, detail, also }: RunSource): StudyData {
  const columns = loadCandles(main);
  const own = hashOfCandles(columns);
  if (detail === undefined && also === undefined) return { columns, dataHash: own };
  const finer = detail === undefined ? undefined : loadCandles(detail);
  const others = also?.map(loadCandles);
  const dataHash = hashOf(sha256, 'lab-markets', {
    main: own,
    detail: finer === undefined ? null : hashOfCandles(finer),
    also: (others ?? []).map(hashOfCandles),
  });
  return {
    columns,
    ...(finer === undefined ? {} : { detail: finer }),
    ...(others === undefined ? {} : { also: others }),
    dataHash,
  };
}

/** Reads or makes the candles. Throws a Fault that names the file and the line. */
export function loadCandles(source: CandleSource): CandleColumns {
  switch (source.kind) {
    case 'columns':
      return source.columns;
    case 'file':
      return readCandleColumns(source.path, source.interval).columns;
    case 'generator': {
      const length = source.candles * INTERVAL_MS[source.interval];
      const end = unixMs(GENERATOR_EPOCH + length);
      const candles = createGeneratedMarket(source.seed, source.instrument).minutes(GENERATOR_EPOCH, end);
      const series = { interval: '1m' as const, candles };
      const asked = source.interval === '1m' ? series : aggregate(series, source.interval, end).series;
      return columnsOfCandles(asked.candles, source.interval);
    }
  }
}

/** Equal for equal candles, wherever they came from. */
export function hashOfCandles(columns: CandleColumns): Hash {
  const hash = createHash('sha256').update(`candles\n${columns.interval}\n${columns.length}\n`);
  for (const name of COLUMN_NAMES) {
    const column = columns[name];
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex') as Hash;
}

/** The same in memory that all threads share. */
export const shareRun = ({ columns, detail, also, dataHash }: StudyData): StudyData => ({
  columns: shareColumns(columns),
  ...(detail === undefined ? {} : { detail: shareColumns(detail) }),
  ...(also === undefined ? {} : { also: also.map(shareColumns) }),
  dataHash,
});

/** A copy that all threads see without copying it again. */
function shareColumns(columns: CandleColumns): CandleColumns {
  const share = (column: Float64Array): Float64Array => {
    const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
    shared.set(column);
    return shared;
  };
  return {
    interval: columns.interval,
    length: columns.length,
    openTime: share(columns.openTime),
    open: share(columns.open),
    high: share(columns.high),
    low: share(columns.low),
    close: share(columns.close),
    volume: share(columns.volume),
  };
}
