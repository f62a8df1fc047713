import { z } from 'zod';
import { adx } from '#core/context/indicators/adx.ts';
import { atr } from '#core/context/indicators/atr.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { rollingMax } from '#core/context/indicators/rolling-extremes.ts';
import { numberText } from '../../kernel/number-text.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { WILDER, WILDER_WARM_UP } from './wilder.ts';

export const trendFollowingSchema = z
  .strictObject({
    fastLength: z.int().min(5).max(50).describe('candles of the fast exponential average'),
    slowLength: z.int().min(15).max(120).describe('candles of the slow exponential average'),
    minAdx: z.number().min(0).max(40).describe('least trend strength (ADX 14) for an entry'),
    trailLength: z.int().min(5).max(60).describe('candles whose highest high carries the trailing level'),
    trailAtr: z.number().min(1.5).max(6).describe('distance of the trailing level below that high, in ATR(14)'),
  })
  .refine(({ fastLength, slowLength }) => fastLength < slowLength, {
    path: ['fastLength'],
    error: 'the fast average must be shorter than the slow one',
  });
type TrendFollowing = z.infer<typeof trendFollowingSchema>;

type Reading = {
  readonly close: number;
  readonly fast: number;
  readonly slow: number;
  readonly strength: number;
  /** Chandelier exit (C. Le Beau): highest high of a window minus a multiple of ATR. */
  readonly trail: number;
};

function read(columns: Columns, parameters: TrendFollowing): Reading {
  const { high, low, close } = columns;
  const range = newest('ATR', atr(high, low, close, WILDER));
  const highest = newest('highest high', rollingMax(high, parameters.trailLength));
  return {
    close: newest('close', close),
    fast: newest('fast average', ema(close, parameters.fastLength)),
    slow: newest('slow average', ema(close, parameters.slowLength)),
    strength: newest('ADX', adx(high, low, close, WILDER).adx),
    trail: highest - parameters.trailAtr * range,
  };
}

const warmUp = ({ slowLength, trailLength }: TrendFollowing): number =>
  Math.max(3 * slowLength, trailLength, WILDER_WARM_UP);

/**
 * Follows upward moves. Judged by state, not by the crossing candle, so that an agent spawned in the middle of a trend can join it.
 * Every condition of an exit excludes the entry, so that an entry is never followed by an exit on the same candle.
 */
export const trendFollowing: StrategyFamily = {
  name: 'trend-following',
  summary: 'Buys while a fast average is above a slow one, leaves at a trailing level.',
  notWhen:
    'The market moves sideways, where averages cross back and forth, or falls: this release does not sell short.',
  schema: trendFollowingSchema,
  defaults: { fastLength: 20, slowLength: 50, minAdx: 20, trailLength: 22, trailAtr: 3 },
  parse: (parameters) => trendFollowingSchema.parse(parameters),
  warmUp: (parameters) => warmUp(trendFollowingSchema.parse(parameters)),
  decide(view, given) {
    const parameters = trendFollowingSchema.parse(given);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);

    const { close, fast, slow, strength, trail } = read(columns, parameters);
    const priceText = (value: number): string => numberText(value * columns.unit);
    const fastText = `EMA ${parameters.fastLength} at ${priceText(fast)}`;
    const slowText = `EMA ${parameters.slowLength} at ${priceText(slow)}`;
    const closeText = `close ${priceText(close)}`;
    const trailText = `trailing level ${priceText(trail)}`;

    if (view.holding) {
      if (fast < slow) return exit(view, `trend over: ${fastText} is below ${slowText}`);
      if (close < trail) return exit(view, `trend over: ${closeText} is below the ${trailText}`);
      return hold(view, `trend lasts: ${fastText} is above ${slowText}, ${closeText} above the ${trailText}`);
    }
    if (fast <= slow) {
      if (close < slow) return hold(view, `downtrend: shorts are not part of this release (${fastText}, ${slowText})`);
      return hold(view, `no uptrend yet: ${fastText} is not above ${slowText}`);
    }
    if (strength < parameters.minAdx) {
      return hold(view, `trend too weak: ADX ${numberText(strength, 3)} is below ${numberText(parameters.minAdx, 3)}`);
    }
    if (close < trail) return hold(view, `waiting: ${closeText} is below the ${trailText}`);
    if (close <= fast) return hold(view, `waiting: ${closeText} is not above ${fastText}`);
    return enterLong(view, `uptrend: ${fastText} is above ${slowText}, ADX ${numberText(strength, 3)}, ${closeText}`);
  },
};
