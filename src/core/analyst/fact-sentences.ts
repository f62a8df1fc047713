import { countText } from '#shared/format/names.ts';
import type { Fact } from '../context/types.ts';
import type { Interval } from '../domain/interval.ts';

/** One plain sentence about a fact, rendered by code alone, for the master to read. */
export function sentenceOf(fact: Fact): string {
  const render = Object.hasOwn(SENTENCES, fact.name) ? SENTENCES[fact.name] : undefined;
  return render === undefined ? `${fact.label} is ${number(fact.value, 2)}` : render(fact.value, fact.interval);
}

const number = (value: number, decimals: number): string => {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
};
const percent = (fraction: number, decimals = 1): string => `${number(fraction * 100, decimals)} %`;
const signed = (value: number, up: string, down: string): string => (value >= 0 ? up : down);
const size = (value: number, decimals = 1): string => number(Math.abs(value), decimals);

/** Wilder's reading: below 20 no trend, from about 30 a strong one. */
function trendWord(value: number): string {
  if (value < 20) return 'no trend';
  if (value < 30) return 'a weak trend';
  return value < 50 ? 'a strong trend' : 'a very strong trend';
}

const change =
  (candles: string) =>
  (value: number): string =>
    Math.abs(value) < 0.0005
      ? `price stood still over ${candles}`
      : `price ${signed(value, 'rose', 'fell')} ${percent(Math.abs(value))} over ${candles}`;

const slope =
  (candles: number, flat: number) =>
  (value: number): string =>
    Math.abs(value) < flat
      ? `the ${candles}-candle average is flat (${number(value, 3)} ATR a candle)`
      : `the ${candles}-candle average is ${signed(value, 'rising', 'falling')} by ${size(value, 2)} ATR a candle`;

const broken =
  (edge: string) =>
  (value: number): string =>
    `price is ${size(value)} ATR ${signed(value, 'above', 'below')} the ${edge} of the 50 candles before`;

const patterns =
  (side: string) =>
  (value: number): string =>
    value === 0
      ? `no ${side} pattern was completed within 12 candles`
      : `${number(value, 0)} ${side} pattern${value === 1 ? ' was' : 's were'} completed within 12 candles`;

const balance =
  (what: string) =>
  (value: number): string =>
    Math.abs(value) < 0.05
      ? `${what} favour no side`
      : `${what} lean to the ${signed(value, 'bullish', 'bearish')} side (${number(value, 1)})`;

const drift =
  (candles: number) =>
  (value: number, interval: Interval): string =>
    `the change over ${candles} ${interval} candles is ${size(value)} standard deviations of a random walk, ${signed(value, 'upwards', 'downwards')}`;

const order =
  (averages: string) =>
  (value: number, interval: Interval): string => {
    if (Math.abs(value) === 1)
      return `on ${interval} candles price stands ${signed(value, 'above', 'below')} its ${averages}-candle averages, in ${signed(value, 'rising', 'falling')} order`;
    return `on ${interval} candles price and its ${averages}-candle averages stand in no clear order`;
  };

const SENTENCES: { readonly [name: string]: (value: number, interval: Interval) => string } = {
  return1: change('the last candle'),
  return24: change('24 candles'),
  return168: change('168 candles'),
  drift168: (value) =>
    Math.abs(value) < 1
      ? `the change over 168 candles is ${size(value)} standard deviations of a random walk: chance explains it`
      : `the change over 168 candles is ${size(value)} standard deviations of a random walk, ${signed(value, 'upwards', 'downwards')}`,
  adx14: (value) => `ADX 14 is ${number(value, 0)}: ${trendWord(value)}`,
  diBalance14: (value) =>
    `${signed(value, 'upward', 'downward')} movement outweighs the other side by ${percent(Math.abs(value), 0)} of both (DI 14)`,
  ema50Slope: slope(50, 0.03),
  ema200Slope: slope(200, 0.015),
  emaStack: (value) => {
    if (value === 1) return 'price stands above its 20-, 50- and 200-candle averages, each above the next';
    if (value === -1) return 'price stands below its 20-, 50- and 200-candle averages, each below the next';
    return `price and its averages stand mostly in ${signed(value, 'rising', 'falling')} order (${number(value, 2)})`;
  },
  efficiency168: (value) => `only ${percent(value, 0)} of the way walked over 168 candles led anywhere`,
  volatilityRatio: (value) => `volatility of 24 candles is ${number(value, 1)} times its long-run level`,
  largestMove24: (value) => `the largest single-candle move of 24 candles was ${number(value, 1)} ATR`,
  bollingerWidthRank: (value) => `the Bollinger bands are wider than at ${percent(value, 0)} of past candles`,
  bollingerWidthRankBefore: (value) =>
    `24 candles ago the Bollinger bands were wider than at only ${percent(value, 0)} of past candles`,
  volumeZ48: (value) =>
    `volume is ${size(value)} standard deviations ${signed(value, 'above', 'below')} the 48 candles before`,
  distanceHigh50: broken('high'),
  distanceLow50: broken('low'),
  zeroVolumeShare: (value) => `${percent(value, 0)} of the last 168 candles had no volume at all`,
  flatShare: (value) => `in ${percent(value, 0)} of the last 168 candles the price never moved`,
  bullishPatterns12: patterns('bullish'),
  bearishPatterns12: patterns('bearish'),
  patternBalance24: balance('the patterns of 24 candles'),
  chartPatternBalance48: balance('the chart patterns of 48 candles'),
  newestPatternSide: (value) =>
    value === 0 ? 'the newest pattern favours no side' : `the newest pattern is ${signed(value, 'bullish', 'bearish')}`,
  newestPatternAge: (value) =>
    value === 0 ? 'the newest candle completed a pattern' : `the newest pattern is ${countText(value, 'candle')} old`,
  higherStack: order('20- and 50'),
  topStack: order('10- and 20'),
  higherDrift60: drift(60),
  topDrift20: drift(20),
  drift10: drift(10),
  drift30: drift(30),
  drift90: drift(90),
  higherAdx14: (value, interval) => `ADX 14 on ${interval} candles is ${number(value, 0)}: ${trendWord(value)}`,
  higherRsi14: (value, interval) => `RSI 14 on ${interval} candles is ${number(value, 0)}`,
  intervalAgreement: (value) => {
    if (Math.abs(value) === 1) return `this interval and the two above it all ${signed(value, 'rise', 'fall')}`;
    return 'this interval and the two above it do not agree on a direction';
  },
  missingCandles: (value) => `${number(value, 0)} candles are missing from the record`,
};
