import { adx, createAdx } from '#core/context/indicators/adx.ts';
import { atr, createAtr } from '#core/context/indicators/atr.ts';
import { bollinger, createBollinger } from '#core/context/indicators/bollinger.ts';
import { createEfficiencyRatio, efficiencyRatio } from '#core/context/indicators/efficiency-ratio.ts';
import { createEma, ema } from '#core/context/indicators/ema.ts';
import { createMacd, macd } from '#core/context/indicators/macd.ts';
import { createRealisedVolatility, realisedVolatility } from '#core/context/indicators/realised-volatility.ts';
import {
  createRollingMax,
  createRollingMin,
  rollingMax,
  rollingMin,
} from '#core/context/indicators/rolling-extremes.ts';
import { createRollingStd, rollingStd } from '#core/context/indicators/rolling-std.ts';
import { createRsi, rsi } from '#core/context/indicators/rsi.ts';
import { createSma, sma } from '#core/context/indicators/sma.ts';
import { createVolumeZScore, volumeZScore } from '#core/context/indicators/volume-z-score.ts';

export type Columns = {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};
type At = (index: number) => number;

/** One output line of one indicator in both forms; `stream` returns a fresh feeder that answers candle i of the columns. */
export type IndicatorLine = {
  readonly line: string;
  batch(columns: Columns, p: readonly number[]): Float64Array;
  stream(columns: Columns, p: readonly number[]): At;
};

const arg = (p: readonly number[], index: number): number => {
  const value = p[index];
  if (value === undefined) throw new Error(`parameter ${index} missing`);
  return value;
};
const at = (column: Float64Array, index: number): number => column[index] as number;

const ofClose = (
  line: string,
  batch: (values: Float64Array, period: number) => Float64Array,
  create: (period: number) => { next(value: number): number },
  column: keyof Columns = 'close',
): IndicatorLine => ({
  line,
  batch: (c, p) => batch(c[column], arg(p, 0)),
  stream: (c, p) => {
    const feeder = create(arg(p, 0));
    return (i) => feeder.next(at(c[column], i));
  },
});

const directional = (line: 'adx' | 'plusDi' | 'minusDi'): IndicatorLine => ({
  line,
  batch: (c, p) => adx(c.high, c.low, c.close, arg(p, 0))[line],
  stream: (c, p) => {
    const feeder = createAdx(arg(p, 0));
    return (i) => feeder.next(at(c.high, i), at(c.low, i), at(c.close, i))[line];
  },
});

const band = (line: string, key: 'upper' | 'middle' | 'lower'): IndicatorLine => ({
  line,
  batch: (c, p) => bollinger(c.close, arg(p, 0), arg(p, 1))[key],
  stream: (c, p) => {
    const feeder = createBollinger(arg(p, 0), arg(p, 1));
    return (i) => feeder.next(at(c.close, i))[key];
  },
});

const macdLine = (line: string, key: 'line' | 'signal' | 'histogram'): IndicatorLine => ({
  line,
  batch: (c, p) => macd(c.close, arg(p, 0), arg(p, 1), arg(p, 2))[key],
  stream: (c, p) => {
    const feeder = createMacd(arg(p, 0), arg(p, 1), arg(p, 2));
    return (i) => feeder.next(at(c.close, i))[key];
  },
});

/** Lines that TA-Lib has too. */
export const TALIB_LINES: readonly IndicatorLine[] = [
  ofClose('sma', sma, createSma),
  ofClose('ema', ema, createEma),
  ofClose('rsi', rsi, createRsi),
  {
    line: 'atr',
    batch: (c, p) => atr(c.high, c.low, c.close, arg(p, 0)),
    stream: (c, p) => {
      const feeder = createAtr(arg(p, 0));
      return (i) => feeder.next(at(c.high, i), at(c.low, i), at(c.close, i));
    },
  },
  directional('adx'),
  directional('plusDi'),
  directional('minusDi'),
  band('bollingerUpper', 'upper'),
  band('bollingerMiddle', 'middle'),
  band('bollingerLower', 'lower'),
  macdLine('macdLine', 'line'),
  macdLine('macdSignal', 'signal'),
  macdLine('macdHistogram', 'histogram'),
  ofClose('rollingStd', rollingStd, createRollingStd),
  ofClose('rollingStdVolume', rollingStd, createRollingStd, 'volume'),
  ofClose('rollingMax', rollingMax, createRollingMax, 'high'),
  ofClose('rollingMin', rollingMin, createRollingMin, 'low'),
];

/** Every line, with parameters short enough for small random tapes. */
export const ALL_LINES: readonly { readonly indicator: IndicatorLine; readonly parameters: readonly number[] }[] = [
  ...TALIB_LINES.map((indicator) => ({
    indicator,
    parameters: indicator.line.startsWith('macd') ? [3, 7, 4] : indicator.line.startsWith('bollinger') ? [6, 2] : [5],
  })),
  { indicator: ofClose('efficiencyRatio', efficiencyRatio, createEfficiencyRatio), parameters: [5] },
  { indicator: ofClose('realisedVolatility', realisedVolatility, createRealisedVolatility), parameters: [5] },
  { indicator: ofClose('volumeZScore', volumeZScore, createVolumeZScore, 'volume'), parameters: [5] },
];
