import { describe, expect, it } from 'vitest';
import { adx } from '#core/context/indicators/adx.ts';
import { atr } from '#core/context/indicators/atr.ts';
import { bollinger } from '#core/context/indicators/bollinger.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { macd } from '#core/context/indicators/macd.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { sma } from '#core/context/indicators/sma.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { CandleColumns } from '#core/statistics/candle-prefix.ts';
import { checkRecursion } from '#core/statistics/recursion-check.ts';
import { probeColumns } from '#test/support/probe-tapes.ts';

const columns = probeColumns(createRng(3), 4000);

describe('the check for recursive indicators', () => {
  it.each([
    ['SMA 50', (c: CandleColumns) => sma(c.close, 50)],
    ['EMA 50', (c: CandleColumns) => ema(c.close, 50)],
    ['RSI 14', (c: CandleColumns) => rsi(c.close, 14)],
    ['ATR 14', (c: CandleColumns) => atr(c.high, c.low, c.close, 14)],
    ['ADX 14', (c: CandleColumns) => adx(c.high, c.low, c.close, 14).adx],
    ['MACD', (c: CandleColumns) => macd(c.close, 12, 26, 9).line],
    ['lower band', (c: CandleColumns) => bollinger(c.close, 20, 2).lower],
  ])('%s settles well within the window that the families look back on', (_, values) => {
    const report = checkRecursion(values, columns, { epsilon: 1e-3 });
    expect(report).toMatchObject({ verdict: 'settles', endings: 5 });
    if ('notEnough' in report) throw new Error('not enough');
    expect(report.enough).toBeLessThanOrEqual(500);
    expect(report.differences.map(({ warmUp }) => warmUp)).toEqual([200, 300, 500, 800, 1200, 2000]);
  });

  it('finds a planted recursion: a sum from the first candle on', () => {
    const onBalance = ({ close, volume }: CandleColumns): Float64Array => {
      const out = new Float64Array(close.length);
      for (let i = 1; i < close.length; i++) {
        out[i] =
          (out[i - 1] as number) + Math.sign((close[i] as number) - (close[i - 1] as number)) * (volume[i] as number);
      }
      return out;
    };
    const report = checkRecursion(onBalance, columns);
    expect(report).toMatchObject({ verdict: 'recursive' });
    expect(report).not.toHaveProperty('enough');
  });

  it('finds a planted recursion: an exponential average that is slower than its warm-up', () => {
    const slow = ({ close }: CandleColumns): Float64Array => {
      const out = Float64Array.from(close);
      for (let i = 1; i < close.length; i++)
        out[i] = (out[i - 1] as number) + ((close[i] as number) - (out[i - 1] as number)) / 1500;
      return out;
    };
    expect(checkRecursion(slow, columns)).toMatchObject({ verdict: 'recursive' });
  });

  it('names the first length that is enough: an average of 600 needs more than 500', () => {
    const report = checkRecursion(({ close }) => sma(close, 600), columns);
    expect(report).toMatchObject({ verdict: 'settles', enough: 800 });
  });

  it('of too little history is not enough data', () => {
    expect(checkRecursion(({ close }) => close, probeColumns(createRng(1), 2999))).toEqual({
      notEnough: { have: 2999, need: 3000, of: 'candles' },
    });
  });
});
