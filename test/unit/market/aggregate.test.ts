import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { BASE_TIME, plainRows, type Row, seriesOf } from '#test/support/candle-builders.ts';

const minute = (n: number) => unixMs(BASE_TIME + n * 60_000);
const without = (rows: readonly Row[], ...slots: readonly number[]) => rows.filter(({ slot }) => !slots.includes(slot));

describe('aggregation', () => {
  it('takes the first open, the last close, the extremes and the sum of volumes', () => {
    const { series, gaps, partial } = aggregate(seriesOf(plainRows(5), '1m'), '5m', minute(5));
    expect(series).toEqual({
      interval: '5m',
      candles: [
        { openTime: minute(0), closeTime: minute(5), open: 100, high: 105.5, low: 99.5, close: 105, volume: 5 },
      ],
    });
    expect([gaps, partial]).toEqual([[], []]);
  });

  it('never shows a candle whose interval has not ended', () => {
    const fine = seriesOf(plainRows(9), '1m');
    expect(aggregate(fine, '5m', minute(9)).series.candles).toHaveLength(1);
    expect(aggregate(fine, '5m', unixMs(minute(10) - 1)).series.candles).toHaveLength(1);
    expect(aggregate(fine, '5m', minute(4)).series.candles).toHaveLength(0);
  });

  it('keeps an ended interval with missing minutes and reports it as partial, the last minute included', () => {
    const fine = seriesOf(without(plainRows(15), 1, 9), '1m');
    const { series, gaps, partial } = aggregate(fine, '5m', minute(15));
    expect(series.candles.map((candle) => candle.close)).toEqual([105, 109, 115]);
    expect(gaps).toEqual([]);
    expect(partial).toEqual([
      { openTime: minute(0), present: 4, expected: 5 },
      { openTime: minute(5), present: 4, expected: 5 },
    ]);
  });

  it('reports an interval without any minute as a gap', () => {
    const fine = seriesOf(without(plainRows(15), 5, 6, 7, 8, 9), '1m');
    const { series, gaps } = aggregate(fine, '5m', minute(15));
    expect(series.candles).toHaveLength(2);
    expect(gaps).toEqual([{ after: minute(0), before: minute(10), missing: 1 }]);
  });

  it('leaves out the first piece of a series that begins inside an interval', () => {
    const { series } = aggregate(seriesOf(plainRows(13, 2), '1m'), '5m', minute(15));
    expect(series.candles.map((candle) => candle.openTime)).toEqual([minute(5), minute(10)]);
  });

  it('refuses to make finer or uneven candles', () => {
    const fine = seriesOf(plainRows(5), '5m');
    expect(() => aggregate(fine, '1m', minute(25))).toThrow(RangeError);
    expect(() => aggregate(fine, '5m', minute(25))).toThrow(RangeError);
  });
});
