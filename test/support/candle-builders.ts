import { createHash } from 'node:crypto';
import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { decimal, formatDecimal } from '#core/domain/decimal.ts';
import type { Hash } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { Digest } from '#core/kernel/ids.ts';
import * as fc from './seeded-check.ts';

export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex') as Hash;

export const HEADER = 'timestamp,open,high,low,close,volume';

/** Midnight, 2024-01-01 UTC. */
export const BASE_TIME = 1_704_067_200_000;

/** A candle in whole cents and thousandths of a coin, so that its text is exact. */
export type Row = {
  readonly slot: number;
  readonly open: number;
  readonly close: number;
  readonly up: number;
  readonly down: number;
  readonly volume: number;
};

const cents = (units: number): string => formatDecimal(decimal(BigInt(units), 2));

/** The numbers of a row as text in the order of the file. */
export function rowFields(row: Row, interval: Interval): readonly string[] {
  const high = Math.max(row.open, row.close) + row.up;
  const low = Math.max(1, Math.min(row.open, row.close) - row.down);
  const time = BASE_TIME + row.slot * INTERVAL_MS[interval];
  const volume = formatDecimal(decimal(BigInt(row.volume), 3));
  return [String(time), cents(row.open), cents(high), cents(low), cents(row.close), volume];
}

export const csvOf = (rows: readonly Row[], interval: Interval): string =>
  `${[HEADER, ...rows.map((row) => rowFields(row, interval).join(','))].join('\n')}\n`;

export function seriesOf(rows: readonly Row[], interval: Interval): CandleSeries {
  const candles = rows.map((row) => {
    const [time = 0, open, high, low, close, volume] = rowFields(row, interval).map(Number);
    return { openTime: time, closeTime: time + INTERVAL_MS[interval], open, high, low, close, volume } as ClosedCandle;
  });
  return { interval, candles };
}

/** Rows in order, some slots missing as in a thin market or an outage. */
export const rows = (minLength: number, maxLength: number, maxSkip = 3): fc.Arbitrary<readonly Row[]> =>
  fc
    .array(
      fc.record({
        skip: fc.nat(maxSkip),
        open: fc.integer({ min: 1, max: 10_000_000 }),
        close: fc.integer({ min: 1, max: 10_000_000 }),
        up: fc.nat(5000),
        down: fc.nat(5000),
        volume: fc.nat(100_000_000),
      }),
      { minLength, maxLength },
    )
    .map((steps) => {
      let slot = -1;
      return steps.map(({ skip, ...rest }, index) => {
        // The second row follows the first at once, so that the interval of the series is plain to see.
        slot += index === 1 ? 1 : 1 + skip;
        return { slot, ...rest };
      });
    });

/** Neighbouring candles with closes of 100, 101, 102... */
export const plainRows = (count: number, from = 0): readonly Row[] =>
  Array.from({ length: count }, (_, i) => ({
    slot: from + i,
    open: 10_000 + 100 * i,
    close: 10_100 + 100 * i,
    up: 50,
    down: 50,
    volume: 1000,
  }));
