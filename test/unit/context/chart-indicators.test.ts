import { describe, expect, it } from 'vitest';
import { chartIndicators } from '#core/context/chart-indicators.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { vwap } from '#core/context/indicators/vwap.ts';
import { tapeOf, trendCloses } from '../../support/candle-tapes.ts';

const tape = tapeOf(trendCloses(120, 0.001, 100), '1h', 0.004);
const closes = Float64Array.from(tape.candles, ({ close }) => close);

describe('the indicators of a chart', () => {
  it('are the numbers of the indicators themselves, on prices as they are', () => {
    const [drawn] = chartIndicators(tape.candles, ['ema:21']);
    expect(drawn?.place).toBe('overlay');
    expect(drawn?.lines[0]?.values).toEqual(ema(closes, 21));
  });

  it('take the usual numbers for those that are left out, and each comes once', () => {
    const drawn = chartIndicators(tape.candles, ['macd', 'macd:12', 'macd:12:26:9', 'vwap', 'bollinger', 'adx', 'atr']);
    expect(drawn.map(({ id, place, lines }) => [id, place, lines.length])).toEqual([
      ['macd:12:26:9', 'pane', 3],
      ['vwap', 'overlay', 1],
      ['bollinger:20:2', 'overlay', 3],
      ['adx:14', 'pane', 3],
      ['atr:14', 'pane', 1],
    ]);
    expect(drawn.every(({ lines }) => lines.every(({ values }) => values.length === 120))).toBe(true);
  });

  it.each(['nothing', 'ema:1', 'ema:999', 'sma:5:5', 'macd:26:12', 'vwap:3'])('refuse %s', (text) => {
    expect(() => chartIndicators(tape.candles, [text])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('the volume-weighted price of a day', () => {
  it('weighs typical prices by volume and begins anew at midnight (UTC), by hand', () => {
    const hour = 3_600_000;
    const openTime = Float64Array.of(22 * hour, 23 * hour, 24 * hour);
    const high = Float64Array.of(12, 24, 33);
    const low = Float64Array.of(6, 18, 27);
    const close = Float64Array.of(9, 21, 30);
    // Typical prices 9, 21 and 30; (9 x 1 + 21 x 3) / 4 = 18.
    expect([...vwap(openTime, high, low, close, Float64Array.of(1, 3, 5))]).toEqual([9, 18, 30]);
    expect(vwap(openTime, high, low, close, Float64Array.of(0, 3, 0))).toEqual(
      Float64Array.of(Number.NaN, 21, Number.NaN),
    );
  });
});
