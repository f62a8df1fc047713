import { describe, expect, it } from 'vitest';
import { adx } from '#core/context/indicators/adx.ts';
import { atr } from '#core/context/indicators/atr.ts';
import { bollinger } from '#core/context/indicators/bollinger.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { macd } from '#core/context/indicators/macd.ts';
import { rollingMax, rollingMin } from '#core/context/indicators/rolling-extremes.ts';
import { rollingStd } from '#core/context/indicators/rolling-std.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { sma } from '#core/context/indicators/sma.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';

const { high, low, close, length } = wanderingColumns(400);
/** A column that was used for something else before. */
const used = (size = length): Float64Array => new Float64Array(size).fill(7);

type Single = (into?: Float64Array) => Float64Array;
const SINGLE: readonly [name: string, call: Single][] = [
  ['sma', (into) => sma(close, 20, into)],
  ['ema', (into) => ema(close, 20, into)],
  ['rsi', (into) => rsi(close, 14, into)],
  ['atr', (into) => atr(high, low, close, 14, into)],
  ['rollingStd', (into) => rollingStd(close, 20, into)],
  ['rollingMax', (into) => rollingMax(high, 20, into)],
  ['rollingMin', (into) => rollingMin(low, 20, into)],
];

describe('an indicator that writes into a given column', () => {
  it.each(SINGLE)('%s leaves nothing of what stood there, and answers that column', (_, call) => {
    const into = used();
    expect(call(into)).toBe(into);
    expect(into).toEqual(call());
  });

  it.each(SINGLE)('%s refuses a column of another length', (_, call) => {
    expect(() => call(used(length + 1))).toThrow(RangeError);
  });

  it('does so for indicators of several lines', () => {
    const bands = { upper: used(), middle: used(), lower: used() };
    expect(bollinger(close, 20, 2, bands)).toEqual(bollinger(close, 20, 2));
    expect(bands).toEqual(bollinger(close, 20, 2));
    const lines = { line: used(), signal: used(), histogram: used() };
    expect(macd(close, 12, 26, 9, lines)).toEqual(macd(close, 12, 26, 9));
    expect(lines).toEqual(macd(close, 12, 26, 9));
    const directional = { adx: used(), plusDi: used(), minusDi: used() };
    expect(adx(high, low, close, 14, directional)).toEqual(adx(high, low, close, 14));
    expect(directional).toEqual(adx(high, low, close, 14));
  });

  it('is undefined as a whole when there are too few candles, whatever stood there', () => {
    const few = close.slice(0, 5);
    expect([...sma(few, 20, used(5))]).toEqual(Array(5).fill(Number.NaN));
    expect([...macd(few, 12, 26, 9, { line: used(5), signal: used(5), histogram: used(5) }).histogram]).toEqual(
      Array(5).fill(Number.NaN),
    );
  });
});
