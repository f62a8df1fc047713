import { z } from 'zod';
import { rollingMax, rollingMin } from '#core/context/indicators/rolling-extremes.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { numberText } from '../../kernel/number-text.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { before, pricesOf, rangesSpanned, usualRange } from './readings.ts';
import { WILDER_WARM_UP } from './wilder.ts';

export const reversalSchema = z.strictObject({
  fallLength: z.int().min(10).max(100).describe('candles in which the fall has to have happened'),
  minFallAtr: z.number().min(2).max(15).describe('least fall from the highest high to the low, in ATR(14)'),
  rsiLength: z.int().min(5).max(30).describe('candles of the relative strength index'),
  oversoldRsi: z.number().min(10).max(45).describe('RSI that shows exhaustion when it was reached'),
  turnCandles: z.int().min(2).max(10).describe('newest candles in which low and exhaustion have to lie'),
  exitRsi: z.number().min(50).max(80).describe('RSI from which the fall has been made good'),
  shockAtr: z.number().min(1.5).max(6).describe('span of the newest candle, in ATR(14), that counts as a shock'),
  maxBarsHeld: z.int().min(2).max(200).describe('candles after which a turn that came to nothing is closed'),
});
type Reversal = z.infer<typeof reversalSchema>;

const warmUp = ({ fallLength, rsiLength, turnCandles }: Reversal): number =>
  Math.max(fallLength + 1, 5 * rsiLength + turnCandles, WILDER_WARM_UP + 1);

type Reading = {
  readonly close: number;
  readonly open: number;
  readonly highBefore: number;
  /** Lowest low of the fall, the newest candle left out. */
  readonly lowBefore: number;
  /** From the highest high of the fall to the lowest low of the turn, in usual ranges; undefined where candles have none. */
  readonly fall: number | undefined;
  readonly strength: number;
  readonly weakest: number;
  readonly spanned: number | undefined;
};

function read(columns: Columns, { fallLength, rsiLength, turnCandles }: Reversal): Reading {
  const { open, high, low, close } = columns;
  const strength = rsi(close, rsiLength);
  const range = usualRange(columns);
  const drop =
    newest('highest high', rollingMax(high, fallLength)) - newest('lowest low', rollingMin(low, turnCandles));
  return {
    close: newest('close', close),
    open: newest('open', open),
    highBefore: before('high', high, 1),
    lowBefore: before('lowest low', rollingMin(low, fallLength), 1),
    fall: range > 1e-9 ? drop / range : undefined,
    strength: newest('RSI', strength),
    weakest: strength.subarray(strength.length - turnCandles).reduce((least, value) => Math.min(least, value)),
    spanned: rangesSpanned(columns),
  };
}

/**
 * Buys the turn after a marked fall and never the fall itself: the newest candle has to close above the high of the one before. An entry
 * needs an RSI below the exit's and a close above earlier lows, so that it is never followed by an exit on the same candle.
 */
export const reversal: StrategyFamily = {
  name: 'reversal',
  summary: 'Buys the first candle that turns up after a marked and exhausted fall.',
  notWhen:
    'There was no marked fall, it is not exhausted, it still goes on, the newest candle is a shock, or the way back is already made.',
  schema: reversalSchema,
  defaults: {
    fallLength: 30,
    minFallAtr: 5,
    rsiLength: 14,
    oversoldRsi: 32,
    turnCandles: 4,
    exitRsi: 58,
    shockAtr: 3,
    maxBarsHeld: 24,
  },
  parse: (parameters) => reversalSchema.parse(parameters),
  warmUp: (parameters) => warmUp(reversalSchema.parse(parameters)),
  decide(view, given) {
    const parameters = reversalSchema.parse(given);
    if (view.holding && view.barsHeld >= parameters.maxBarsHeld)
      return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const { close, open, highBefore, lowBefore, fall, strength, weakest, spanned } = read(columns, parameters);
    const priceText = pricesOf(columns);
    const closeText = `close ${priceText(close)}`;
    const rsiText = `RSI ${numberText(strength, 3)}`;
    if (view.holding) {
      if (strength >= parameters.exitRsi) return exit(view, `the fall is made good: ${rsiText}, ${closeText}`);
      if (close < lowBefore) return exit(view, `the low did not hold: ${closeText} is below ${priceText(lowBefore)}`);
      return hold(view, `waiting for the way back: ${closeText}, low ${priceText(lowBefore)}, ${rsiText}`);
    }
    if (fall === undefined || spanned === undefined) return hold(view, `the market does not move: ${closeText}`);
    if (fall < parameters.minFallAtr)
      return hold(
        view,
        `no fall to turn: ${numberText(fall, 3)} usual ranges, ${numberText(parameters.minFallAtr, 3)} are needed`,
      );
    if (weakest > parameters.oversoldRsi)
      return hold(view, `the fall is not exhausted: RSI was never below ${numberText(weakest, 3)}`);
    if (close <= highBefore || close <= open)
      return hold(view, `still falling: ${closeText} is not above the high before, ${priceText(highBefore)}`);
    if (spanned > parameters.shockAtr)
      return hold(view, `shock: the candle spans ${numberText(spanned, 3)} usual ranges`);
    if (strength >= parameters.exitRsi) return hold(view, `the way back is made already: ${rsiText}`);
    return enterLong(view, `turn after a fall of ${numberText(fall, 3)} usual ranges: ${closeText}, ${rsiText}`);
  },
};
