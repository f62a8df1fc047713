import type { Interval } from '../domain/interval.ts';
import type { Bias, Regime } from './types.ts';

/**
 * The rules analyst's whole knowledge. The yardstick is not a market of the past but a market without any drift: simulated random
 * walks of 1,000 candles. A clue for a direction is half heard at the size that half of those walks exceed (there it says nothing
 * either way), not at all at a third of it and fully at five thirds; ranging hears the same clues the other way round:
 *
 *   fact, without sign  drift168  ema50Slope  ema200Slope  adx14  diBalance14  efficiency168  volatilityRatio  largestMove24
 *   half of all walks   0.72      0.063       0.033        22     0.20         0.070          0.99             1.7
 *   one in a hundred    2.5       0.24        0.15         50     0.66         0.24           1.34             2.6
 *
 * Volatility has no such walk to be measured by: its clues begin beyond anything that constant volatility does. Ramps instead of
 * steps, so that no single candle flips the answer. All are ratios, so they hold for any instrument and interval.
 */
export type Clue = {
  /** Name of the fact in the catalogue. */
  readonly fact: string;
  /** `up` and `down` read the value with that sign as positive, `size` without its sign, `value` as it is. */
  readonly read: 'value' | 'size' | 'up' | 'down';
  /** At `none` the clue says nothing for the regime, at `full` everything; between them in proportion. `full` may be the smaller. */
  readonly none: number;
  readonly full: number;
  /** Say in the weighted mean of the case. */
  readonly weight: number;
  /** A fact that says the same in plainer terms; cited together with it. */
  readonly alongside?: string;
};

/** One way in which a regime shows. */
export type RegimeCase = {
  readonly regime: Regime;
  readonly bias: Bias;
  /** `mean`: the weighted mean of the clues is the score. `strongest`: one clue suffices, the strongest is the score. */
  readonly combine: 'mean' | 'strongest';
  /** Must hold as well: the score is multiplied by what it says. */
  readonly only?: Clue;
  readonly clues: readonly Clue[];
};

const trend = (regime: 'trending_up' | 'trending_down', read: 'up' | 'down', bias: Bias): RegimeCase => ({
  regime,
  bias,
  combine: 'mean',
  clues: [
    { fact: 'drift168', read, none: 0.24, full: 1.2, weight: 30, alongside: 'return168' },
    { fact: 'ema50Slope', read, none: 0.02, full: 0.105, weight: 20 },
    { fact: 'ema200Slope', read, none: 0.011, full: 0.055, weight: 15 },
    { fact: 'emaStack', read, none: 0, full: 1, weight: 15 },
    { fact: 'adx14', read: 'value', none: 15, full: 29, weight: 10 },
    { fact: 'diBalance14', read, none: 0.07, full: 0.33, weight: 10 },
  ],
});

const breakout = (read: 'up' | 'down', beyond: 'distanceHigh50' | 'distanceLow50', bias: Bias): RegimeCase => ({
  regime: 'breakout',
  bias,
  combine: 'mean',
  // Beyond all of the last 50 candles, or it is no breakout whatever else is true.
  only: { fact: beyond, read, none: 0, full: 0.5, weight: 1 },
  clues: [
    { fact: 'bollingerWidthRankBefore', read: 'value', none: 0.6, full: 0.15, weight: 40 },
    { fact: 'volumeZ48', read: 'value', none: 0.5, full: 3, weight: 30 },
    // The longer the move has been going on, the more it is a trend.
    { fact: 'drift168', read: 'size', none: 2, full: 0.75, weight: 30, alongside: 'return24' },
  ],
});

/** Danger and nobody there look the same on every interval. */
const DANGERS: readonly RegimeCase[] = [
  {
    regime: 'volatile',
    bias: 'none',
    combine: 'mean',
    clues: [
      { fact: 'volatilityRatio', read: 'value', none: 1.5, full: 3, weight: 60, alongside: 'return24' },
      { fact: 'largestMove24', read: 'value', none: 3, full: 8, weight: 25 },
      { fact: 'bollingerWidthRank', read: 'value', none: 0.85, full: 1, weight: 15 },
    ],
  },
  {
    regime: 'illiquid',
    bias: 'none',
    combine: 'strongest',
    clues: [
      { fact: 'zeroVolumeShare', read: 'value', none: 0.05, full: 0.3, weight: 1 },
      { fact: 'flatShare', read: 'value', none: 0.1, full: 0.4, weight: 1 },
      { fact: 'missingCandles', read: 'value', none: 50, full: 200, weight: 1 },
    ],
  },
];

export const REGIME_CASES: readonly RegimeCase[] = [
  trend('trending_up', 'up', 'long'),
  trend('trending_down', 'down', 'short'),
  breakout('up', 'distanceHigh50', 'long'),
  breakout('down', 'distanceLow50', 'short'),
  {
    regime: 'ranging',
    // No side is favoured: a family that trades ranges takes its side from the edge that the price has reached.
    bias: 'none',
    combine: 'mean',
    clues: [
      { fact: 'drift168', read: 'size', none: 1.2, full: 0.24, weight: 30, alongside: 'return168' },
      { fact: 'ema50Slope', read: 'size', none: 0.105, full: 0.02, weight: 20 },
      { fact: 'ema200Slope', read: 'size', none: 0.055, full: 0.011, weight: 15 },
      { fact: 'efficiency168', read: 'value', none: 0.117, full: 0.023, weight: 15 },
      { fact: 'adx14', read: 'value', none: 29, full: 15, weight: 10 },
      { fact: 'volatilityRatio', read: 'value', none: 2, full: 1.2, weight: 10 },
    ],
  },
  ...DANGERS,
];

/** The clues of a daily trend with what half of all walks exceed; heard at a third of it to five thirds, as above. */
const DAILY_TREND = [
  { fact: 'drift30', median: 0.69, weight: 35 },
  { fact: 'drift90', median: 0.69, weight: 35 },
  { fact: 'diBalance14', median: 0.2, weight: 30 },
] as const;

const dailyTrend = (regime: 'trending_up' | 'trending_down', read: 'up' | 'down', bias: Bias): RegimeCase => ({
  regime,
  bias,
  combine: 'mean',
  clues: DAILY_TREND.map(({ fact, median, weight }) => ({
    fact,
    read,
    none: median / 3,
    full: (median * 5) / 3,
    weight,
  })),
});

/**
 * Daily candles: what people call a bull or a bear market lasts months, so one to three months are looked at, where the table above
 * would look at half a year. A fall is told sooner than a rise: falls are fast. Facts and sizes were chosen on days before 2023, looked at
 * on 2023 and 2024, and frozen before any day of 2025 was read: docs/measured.md has the figures, and a test holds the numbers still.
 */
export const DAILY_CASES: readonly RegimeCase[] = [
  dailyTrend('trending_up', 'up', 'long'),
  dailyTrend('trending_down', 'down', 'short'),
  {
    regime: 'trending_down',
    bias: 'short',
    combine: 'strongest',
    clues: [{ fact: 'drift10', read: 'down', none: 0.6, full: 1.2, weight: 1 }],
  },
  {
    regime: 'ranging',
    bias: 'none',
    combine: 'mean',
    // It begins to be heard a little earlier than its mirror image: months without any direction are rare.
    clues: DAILY_TREND.map(({ fact, median, weight }) => ({
      fact,
      read: 'size',
      none: median * 1.1,
      full: median * 0.1,
      weight,
    })),
  },
  ...DANGERS,
];

/** The table for candles of an interval. */
export const casesFor = (interval: Interval): readonly RegimeCase[] => (interval === '1d' ? DAILY_CASES : REGIME_CASES);

/**
 * Danger goes first. Where nobody trades, prices measure nothing, so illiquidity takes its full score off every other regime. In a
 * shock a direction is a poor guide, so volatility takes its score off the regimes that follow one or that count on calm. A close
 * beyond the range contradicts the range, however flat the averages (they lag) still are.
 */
export const OVERRULES: { readonly [regime in Regime]?: readonly Regime[] } = {
  illiquid: ['trending_up', 'trending_down', 'ranging', 'breakout', 'volatile'],
  volatile: ['trending_up', 'trending_down', 'ranging', 'breakout'],
  breakout: ['ranging'],
};

/** At most this many facts are cited; clues that spoke for the regime with less than half their voice are not. */
export const MOST_EVIDENCE = 6;
export const LEAST_VOICE = 0.5;
