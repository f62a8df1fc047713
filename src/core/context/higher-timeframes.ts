import type { ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import { aggregate } from '../market/aggregate.ts';
import { toColumns } from './candle-columns.ts';
import { driftOver, hasMoved, last, stackOrder } from './column-readings.ts';
import { adx } from './indicators/adx.ts';
import { ema } from './indicators/ema.ts';
import { rsi } from './indicators/rsi.ts';

/**
 * The two higher intervals looked at beside each. Four to six times as long where there is one: the 1,000 candles of a snapshot then
 * make some 250 and 40 to 80 of them.
 */
export const HIGHER_INTERVALS: { readonly [interval in Interval]: readonly Interval[] } = {
  '1m': ['5m', '15m'],
  '5m': ['15m', '1h'],
  '15m': ['1h', '4h'],
  '30m': ['1h', '4h'],
  '1h': ['4h', '1d'],
  '4h': ['1d'],
  '1d': [],
};

export type HigherFactName =
  | 'higherStack'
  | 'higherDrift60'
  | 'higherAdx14'
  | 'higherRsi14'
  | 'topStack'
  | 'topDrift20'
  | 'intervalAgreement';

const NO_VALUES = {
  higherStack: Number.NaN,
  higherDrift60: Number.NaN,
  higherAdx14: Number.NaN,
  higherRsi14: Number.NaN,
  topStack: Number.NaN,
  topDrift20: Number.NaN,
};

/**
 * Trend and drift on the next two higher intervals, from the snapshot's own candles: only higher candles that have ended by `asOf`,
 * never the one that is forming. `ownDrift` is the drift on the candles themselves.
 */
export function measureHigherFacts(
  candles: readonly ClosedCandle[],
  interval: Interval,
  asOf: UnixMs,
  ownDrift: number,
): { readonly [name in HigherFactName]: number } {
  const columns = HIGHER_INTERVALS[interval].map((higher) =>
    toColumns(aggregate({ interval, candles }, higher, asOf).series.candles),
  );
  const [next, top] = columns;
  const values = {
    ...NO_VALUES,
    ...(next === undefined
      ? {}
      : {
          higherStack: averagesInOrder(next.close, 20, 50),
          higherDrift60: driftOver(next.close, 60),
          higherAdx14: last(adx(next.high, next.low, next.close, 14).adx),
          higherRsi14: hasMoved(next.close) ? last(rsi(next.close, 14)) : Number.NaN,
        }),
    ...(top === undefined
      ? {}
      : { topStack: averagesInOrder(top.close, 10, 20), topDrift20: driftOver(top.close, 20) }),
  };
  const signs = [ownDrift, values.higherDrift60, values.topDrift20].map(Math.sign);
  return { ...values, intervalAgreement: signs.reduce((sum, sign) => sum + sign, 0) / signs.length };
}

const averagesInOrder = (close: Float64Array, fast: number, slow: number): number =>
  stackOrder([last(close), last(ema(close, fast)), last(ema(close, slow))]);

/** The interval that a fact is about. */
export function intervalOf(fact: string, own: Interval): Interval {
  const [next, top] = HIGHER_INTERVALS[own];
  if (fact.startsWith('higher')) return next ?? own;
  return fact.startsWith('top') ? (top ?? own) : own;
}
