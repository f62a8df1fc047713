import { z } from 'zod';
import { atr } from '#core/context/indicators/atr.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { type PatternHit, patternsSince } from '#core/context/patterns/patterns-in.ts';
import { numberText } from '../../kernel/number-text.ts';
import { closedAt, columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { pricesOf } from './readings.ts';
import { WILDER, WILDER_WARM_UP } from './wilder.ts';

/** Candles that any pattern may look back on, and some for turning points before them. */
const PATTERN_WARM_UP = 140;
/** Names of patterns in a reason; there may be more. */
const NAMED = 2;

export const patternRecognitionSchema = z.strictObject({
  recentBars: z.int().min(1).max(10).describe('newest candles whose completed patterns count'),
  chartWeight: z.number().min(0).max(4).describe('weight of a chart pattern; a candle pattern weighs 1'),
  minScore: z.number().min(1).max(6).describe('least weight of bullish less bearish patterns for an entry'),
  exitScore: z.number().min(1).max(6).describe('weight of bearish less bullish patterns that closes a position'),
  trendLength: z
    .int()
    .min(20)
    .max(100)
    .describe('candles of the exponential average that says whether the market falls'),
  maxBelowAtr: z
    .number()
    .min(0)
    .max(4)
    .describe('distance below that average, in ATR(14), at which no pattern is believed'),
  maxBarsHeld: z.int().min(2).max(200).describe('candles after which a position is closed whatever it made'),
});
type PatternRecognition = z.infer<typeof patternRecognitionSchema>;

const warmUp = ({ trendLength, recentBars }: PatternRecognition): number =>
  Math.max(3 * trendLength, PATTERN_WARM_UP + recentBars, WILDER_WARM_UP);

/** Weight of what speaks for a rise less what speaks for a fall; neutral patterns say nothing. */
const scoreOf = (hits: readonly PatternHit[], chartWeight: number): number =>
  hits.reduce((sum, { direction, kind }) => {
    const weight = kind === 'chart' ? chartWeight : 1;
    return sum + (direction === 'bullish' ? weight : direction === 'bearish' ? -weight : 0);
  }, 0);

const namesOf = (hits: readonly PatternHit[], direction: PatternHit['direction']): string => {
  const names = [...new Set(hits.filter((hit) => hit.direction === direction).map(({ label }) => label))];
  return [...names.slice(0, NAMED), ...(names.length > NAMED ? [`${names.length - NAMED} more`] : [])].join(', ');
};

/**
 * Buys when the patterns completed lately speak for a rise, weighed against those that speak for a fall. A pattern is known with the close
 * that completes it and not before. An entry needs a positive score and an exit a negative one, so that none follows the other on the same candle.
 */
export const patternRecognition: StrategyFamily = {
  name: 'pattern-recognition',
  summary:
    'Buys when bullish chart and candle patterns outweigh the bearish ones, and leaves when it is the other way round.',
  notWhen:
    'No pattern was completed lately, bearish ones weigh as much, one of them is complete with the newest candle, or the price lies far below its average.',
  schema: patternRecognitionSchema,
  defaults: {
    recentBars: 3,
    chartWeight: 2,
    minScore: 2,
    exitScore: 2,
    trendLength: 50,
    maxBelowAtr: 1.5,
    maxBarsHeld: 24,
  },
  parse: (parameters) => patternRecognitionSchema.parse(parameters),
  warmUp: (parameters) => warmUp(patternRecognitionSchema.parse(parameters)),
  decide(view, given) {
    const parameters = patternRecognitionSchema.parse(given);
    if (view.holding && view.barsHeld >= parameters.maxBarsHeld)
      return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const candles = closedAt(view);
    const hits = patternsSince(candles, candles.length - parameters.recentBars);
    const score = scoreOf(hits, parameters.chartWeight);
    const scoreText = `score ${numberText(score, 3)} of ${hits.length} patterns in ${parameters.recentBars} candles`;
    const close = newest('close', columns.close);
    const average = newest('average', ema(columns.close, parameters.trendLength));
    const range = newest('ATR', atr(columns.high, columns.low, columns.close, WILDER));
    const priceText = pricesOf(columns);
    const closeText = `close ${priceText(close)}`;
    const depth = (average - close) / range;

    if (view.holding) {
      if (score <= -parameters.exitScore)
        return exit(view, `bearish patterns (${namesOf(hits, 'bearish')}): ${scoreText}`);
      if (depth > parameters.maxBelowAtr + 1)
        return exit(view, `the market falls: ${closeText} is far below EMA ${parameters.trendLength}`);
      return hold(view, `nothing speaks against it: ${scoreText}, ${closeText}`);
    }
    if (!(range > 1e-9)) return hold(view, `the market does not move: ${closeText}`);
    if (score < parameters.minScore)
      return hold(view, `no pattern to act on: ${scoreText}, ${numberText(parameters.minScore, 3)} is needed`);
    const against = hits.filter(({ index, direction }) => index === candles.length - 1 && direction === 'bearish');
    if (against.length > 0)
      return hold(view, `the newest candle speaks against it (${namesOf(against, 'bearish')}): ${scoreText}`);
    if (depth > parameters.maxBelowAtr)
      return hold(
        view,
        `the market falls: ${closeText} is ${numberText(depth, 3)} ATR below EMA ${parameters.trendLength}`,
      );
    return enterLong(view, `bullish patterns (${namesOf(hits, 'bullish')}): ${scoreText}, ${closeText}`);
  },
};
