import type { CandleColumns } from './candle-columns.ts';
import { driftOver, hasMoved, last, stackOrder } from './column-readings.ts';
import type { FactName } from './fact-catalogue.ts';
import type { HigherFactName } from './higher-timeframes.ts';
import { adx } from './indicators/adx.ts';
import { atr } from './indicators/atr.ts';
import { bollingerWidth } from './indicators/bollinger.ts';
import { efficiencyRatio } from './indicators/efficiency-ratio.ts';
import { ema } from './indicators/ema.ts';
import { macd } from './indicators/macd.ts';
import { realisedVolatility } from './indicators/realised-volatility.ts';
import { rollingMax, rollingMin } from './indicators/rolling-extremes.ts';
import { rsi } from './indicators/rsi.ts';
import { volumeZScore } from './indicators/volume-z-score.ts';
import type { NewsFactName } from './news-facts.ts';
import type { PatternFactName } from './pattern-facts.ts';

/** A day and a week of hourly candles; on other intervals simply 24 and 168 candles. */
const SHORT = 24;
const LONG = 168;
/** Long-run volatility looks back 480 candles, or as many as there are, but at least 96. */
const LONG_RUN = 480;
const LONG_RUN_LEAST = 96;
/** A slope is the average's change over 10 candles: one candle's is noise, 24 would lag. */
const SLOPE_CANDLES = 10;
/** A rank among fewer past values than this says nothing. */
const RANK_LEAST = 96;

/** Facts that come from elsewhere: patterns and higher intervals need whole candles, and the moment; the news needs its own reading. */
type Values = { readonly [name in Exclude<FactName, PatternFactName | HigherFactName | NewsFactName>]: number };

/**
 * Measures every fact of the catalogue at the last candle. NaN or an infinity stands for a fact that cannot be measured: too little
 * history, or a market that does not move (nothing can be said in ATRs when the ATR is zero).
 */
export function measureFacts(columns: CandleColumns, missingCandles: number): Values {
  const { high, low, close, volume } = columns;
  const price = last(close);
  const range = atr(high, low, close, 14);
  const oneAtr = last(range);
  const direction = adx(high, low, close, 14);
  const width = bollingerWidth(close, 20, 2);
  const averages = [ema(close, 20), ema(close, 50), ema(close, 200)] as const;
  const volatility24 = last(realisedVolatility(close, SHORT));
  const change = (back: number): number => price / last(close, back) - 1;
  const slope = (average: Float64Array): number =>
    (last(average) - last(average, SLOPE_CANDLES)) / SLOPE_CANDLES / oneAtr;
  // Extremes of the candles BEFORE the last one, so that a close beyond them shows as having broken out.
  const beyond = (extremes: Float64Array): number => (price - last(extremes, 1)) / oneAtr;

  return {
    return1: change(1),
    return24: change(SHORT),
    return168: change(LONG),
    atr14: oneAtr / price,
    adx14: last(direction.adx),
    plusDi14: last(direction.plusDi),
    minusDi14: last(direction.minusDi),
    bollingerWidth20: last(width),
    bollingerWidthRank: rankOfLast(width, 0),
    rsi14: hasMoved(close) ? last(rsi(close, 14)) : Number.NaN,
    ema20Slope: slope(averages[0]),
    ema50Slope: slope(averages[1]),
    ema200Slope: slope(averages[2]),
    emaStack: stackOrder([price, ...averages.map((average) => last(average))]),
    volumeZ48: last(volumeZScore(volume, 48)),
    drawdown168: 1 - price / last(rollingMax(high, LONG)),
    distanceHigh20: beyond(rollingMax(high, 20)),
    distanceLow20: beyond(rollingMin(low, 20)),
    distanceHigh50: beyond(rollingMax(high, 50)),
    distanceLow50: beyond(rollingMin(low, 50)),
    efficiency24: last(efficiencyRatio(close, SHORT)),
    efficiency168: last(efficiencyRatio(close, LONG)),
    volatility24,
    volatilityRatio: volatility24 / longRunVolatility(close),
    largestMove24: largestMove(close, range),
    zeroVolumeShare: shareOfLast(columns, (i) => volume[i] === 0),
    missingCandles,
    flatShare: shareOfLast(columns, (i) => high[i] === low[i]),
    range168: (last(rollingMax(high, LONG)) - last(rollingMin(low, LONG))) / price,
    drift168: driftOver(close, LONG),
    drift10: driftOver(close, 10),
    drift30: driftOver(close, 30),
    drift90: driftOver(close, 90),
    macdHistogram: last(macd(close, 12, 26, 9).histogram) / oneAtr,
    bollingerWidthRankBefore: rankOfLast(width, SHORT),
    diBalance14:
      (last(direction.plusDi) - last(direction.minusDi)) / (last(direction.plusDi) + last(direction.minusDi)),
  };
}

/** Share of all earlier defined values that lie below the value `back` candles ago; what came after that candle is not looked at. */
function rankOfLast(column: Float64Array, back: number): number {
  const value = last(column, back);
  const earlier = column.subarray(0, Math.max(0, column.length - 1 - back)).filter((other) => !Number.isNaN(other));
  if (earlier.length < RANK_LEAST || Number.isNaN(value)) return Number.NaN;
  return earlier.filter((other) => other < value).length / earlier.length;
}

function longRunVolatility(close: Float64Array): number {
  const period = Math.min(LONG_RUN, close.length - 1);
  return period < LONG_RUN_LEAST ? Number.NaN : last(realisedVolatility(close, period));
}

/** Each close-to-close move in ATRs as they stood before it: a shock must not hide in the ATR that it raised. */
function largestMove(close: Float64Array, range: Float64Array): number {
  let largest = Number.NaN;
  for (let i = Math.max(1, close.length - SHORT); i < close.length; i++) {
    const move = Math.abs((close[i] as number) - (close[i - 1] as number)) / (range[i - 1] as number);
    if (!(move <= largest) && Number.isFinite(move)) largest = move;
  }
  return largest;
}

function shareOfLast(columns: CandleColumns, holds: (index: number) => boolean): number {
  const start = Math.max(0, columns.length - LONG);
  let count = 0;
  for (let i = start; i < columns.length; i++) if (holds(i)) count++;
  return count / (columns.length - start);
}
