import { describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { sliceColumns } from '#core/market/candle-columns.ts';
import { candleRows } from '#core/market/candle-csv-text.ts';
import { checkCandles } from '#core/market/check-candles.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';

const edit = (
  columns: CandleColumns,
  name: 'close' | 'high' | 'low' | 'volume' | 'openTime',
  changes: Record<number, number>,
) => ({
  ...columns,
  [name]: columns[name].map((value, i) => changes[i] ?? value),
});
/** A market whose every candle spans one unit around 100. */
const still = (length: number): CandleColumns => ({
  ...wanderingColumns(length),
  open: new Float64Array(length).fill(100),
  high: new Float64Array(length).fill(100.5),
  low: new Float64Array(length).fill(99.5),
  close: new Float64Array(length).fill(100),
  volume: new Float64Array(length).fill(1),
});

describe('a look through candles', () => {
  it('finds nothing in sound ones', () => {
    expect(checkCandles(still(500), 3)).toEqual({
      candles: 500,
      gaps: [],
      zeroVolume: [],
      jumps: [],
      misaligned: 0,
      disordered: 0,
      inconsistent: 0,
    });
    expect(checkCandles(still(0), 3).candles).toBe(0);
  });

  it('counts runs without volume, at both ends too', () => {
    const columns = edit(still(20), 'volume', { 0: 0, 1: 0, 7: 0, 18: 0, 19: 0 });
    expect(checkCandles(columns, 3).zeroVolume).toEqual([
      { from: columns.openTime[0], to: columns.openTime[1], candles: 2 },
      { from: columns.openTime[7], to: columns.openTime[7], candles: 1 },
      { from: columns.openTime[18], to: columns.openTime[19], candles: 2 },
    ]);
  });

  it('names a single jump by its average ranges, and not the quiet candle after it', () => {
    const columns = edit(still(60), 'high', { 40: 112 });
    const { jumps } = checkCandles(columns, 10);
    expect(jumps).toEqual([{ openTime: columns.openTime[40], ranges: 12.5, change: 0, afterGap: false }]);
    expect(checkCandles(columns, 12.5).jumps).toEqual([]);
  });

  it('calls nothing a jump before there is an average to compare with', () => {
    expect(checkCandles(edit(still(60), 'high', { 2: 130 }), 10).jumps).toEqual([]);
  });

  it('measures a jump from the close before it, and says when it follows a hole', () => {
    const whole = still(80);
    const after = { ...sliceColumns(whole, 50, 80) };
    const shift = (column: Float64Array) => column.map((price) => price + 20);
    const raised = {
      ...after,
      open: shift(after.open),
      high: shift(after.high),
      low: shift(after.low),
      close: shift(after.close),
    };
    const head = sliceColumns(whole, 0, 40);
    const join = (name: 'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume') =>
      Float64Array.of(...head[name], ...raised[name]);
    const columns: CandleColumns = {
      interval: '1m',
      length: 70,
      openTime: join('openTime'),
      open: join('open'),
      high: join('high'),
      low: join('low'),
      close: join('close'),
      volume: join('volume'),
    };
    const { jumps, gaps } = checkCandles(columns, 10);
    expect(gaps).toEqual([{ after: head.openTime[39], before: after.openTime[0], missing: 10 }]);
    expect(jumps).toEqual([{ openTime: after.openTime[0], ranges: 20.5, change: 120 / 100 - 1, afterGap: true }]);
  });

  it('counts open times off the grid or out of order, and prices that contradict themselves', () => {
    const columns = still(30);
    const time = columns.openTime[10] ?? 0;
    expect(checkCandles(edit(columns, 'openTime', { 10: time + 1 }), 3)).toMatchObject({
      misaligned: 1,
      disordered: 0,
    });
    const back = edit(columns, 'openTime', { 11: time - INTERVAL_MS['1m'] });
    expect(checkCandles(back, 3)).toMatchObject({ misaligned: 0, disordered: 1, gaps: [{ missing: 2 }] });
    expect(checkCandles(edit(columns, 'high', { 3: 99.6 }), 30).inconsistent).toBe(1);
    expect(checkCandles(edit(columns, 'low', { 3: 0 }), 300).inconsistent).toBe(1);
    expect(checkCandles(edit(columns, 'close', { 3: Number.NaN }), 300).inconsistent).toBe(1);
  });
});

describe('a candle as text', () => {
  it('is the shortest plain decimal, never an exponent', () => {
    const one = still(1);
    const tiny = { ...one, low: Float64Array.of(1.2e-7), volume: Float64Array.of(3e21) };
    expect(candleRows(tiny, 0, 1)).toBe(`${one.openTime[0]},100,100.5,0.00000012,100,3000000000000000000000\n`);
  });
});
