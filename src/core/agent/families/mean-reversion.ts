import { z } from 'zod';
import { adx } from '#core/context/indicators/adx.ts';
import { bollinger } from '#core/context/indicators/bollinger.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { numberText } from '../../kernel/number-text.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { WILDER, WILDER_WARM_UP } from './wilder.ts';

/**
 * A close this far below the band (as a share of its width; three standard deviations with the default width) is a break of the
 * range, not its edge.
 */
const BREAK_BELOW = -0.25;

export const meanReversionSchema = z.strictObject({
  length: z.int().min(10).max(60).describe('candles of the Bollinger band'),
  deviations: z.number().min(1).max(3.5).describe('half width of the band in standard deviations'),
  entryZone: z
    .number()
    .min(0)
    .max(0.3)
    .describe('part of the band above its lower edge that counts as the edge; 1 is the whole band'),
  rsiLength: z.int().min(5).max(30).describe('candles of the relative strength index'),
  entryRsi: z.number().min(15).max(48).describe('highest RSI for an entry'),
  exitRsi: z.number().min(50).max(80).describe('RSI from which the fall has been made good'),
  maxAdx: z.number().min(15).max(60).describe('trend strength (ADX 14) above which a range is not believed'),
  maxBarsHeld: z.int().min(2).max(200).describe('candles after which a position that did not come back is closed'),
});
type MeanReversion = z.infer<typeof meanReversionSchema>;

type Reading = {
  readonly close: number;
  readonly lower: number;
  readonly middle: number;
  /** Place of the close in the band: 0 at the lower edge, 1 at the upper; undefined when the band has no width. */
  readonly place: number | undefined;
  readonly strength: number;
  readonly trend: number;
};

function read({ high, low, close }: Columns, parameters: MeanReversion): Reading {
  const band = bollinger(close, parameters.length, parameters.deviations);
  const [lower, middle, upper] = [
    newest('lower band', band.lower),
    newest('middle band', band.middle),
    newest('upper band', band.upper),
  ];
  const last = newest('close', close);
  // Columns are in units of the newest close, so a width below a billionth is rounding noise of a market that does not move.
  const place = upper - lower > 1e-9 ? (last - lower) / (upper - lower) : undefined;
  return {
    close: last,
    lower,
    middle,
    place,
    strength: newest('RSI', rsi(close, parameters.rsiLength)),
    trend: newest('ADX', adx(high, low, close, WILDER).adx),
  };
}

const warmUp = ({ length, rsiLength }: MeanReversion): number => Math.max(2 * length, 5 * rsiLength, WILDER_WARM_UP);

/**
 * Buys the lower edge of a range and leaves at its middle. Bounds keep the entry zone below the middle and the entry RSI below the
 * exit RSI, so that an entry is never followed by an exit on the same candle.
 */
export const meanReversion: StrategyFamily = {
  name: 'mean-reversion',
  summary: 'Buys near the lower edge of a range and sells when the price is back at the middle.',
  notWhen: 'The market trends or breaks out: then the edge of the range keeps moving away.',
  schema: meanReversionSchema,
  defaults: {
    length: 20,
    deviations: 2,
    entryZone: 0.15,
    rsiLength: 14,
    entryRsi: 42,
    exitRsi: 58,
    maxAdx: 30,
    maxBarsHeld: 24,
  },
  parse: (parameters) => meanReversionSchema.parse(parameters),
  warmUp: (parameters) => warmUp(meanReversionSchema.parse(parameters)),
  decide(view, given) {
    const parameters = meanReversionSchema.parse(given);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    const overdue = view.holding && view.barsHeld >= parameters.maxBarsHeld;
    if (overdue) return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);

    const { close, lower, middle, place, strength, trend } = read(columns, parameters);
    const priceText = (value: number): string => numberText(value * columns.unit);
    const closeText = `close ${priceText(close)}`;
    const rsiText = `RSI ${numberText(strength, 3)}`;
    const middleText = `middle ${priceText(middle)}`;

    if (view.holding) {
      if (close >= middle) return exit(view, `back at the middle: ${closeText}, ${middleText}`);
      if (strength >= parameters.exitRsi)
        return exit(view, `recovered: ${rsiText} reached ${numberText(parameters.exitRsi, 3)}`);
      return hold(view, `waiting for the middle: ${closeText}, ${middleText}, ${rsiText}`);
    }
    if (place === undefined) return hold(view, `the market does not move: ${closeText}`);
    if (place > parameters.entryZone) {
      return hold(view, `waiting for the lower edge: ${closeText}, edge ${priceText(lower)}, ${middleText}`);
    }
    if (place < BREAK_BELOW) return hold(view, `range broken: ${closeText} is far below the edge ${priceText(lower)}`);
    if (trend > parameters.maxAdx) {
      return hold(
        view,
        `trend too strong to fade: ADX ${numberText(trend, 3)} is above ${numberText(parameters.maxAdx, 3)}`,
      );
    }
    if (strength > parameters.entryRsi) {
      return hold(view, `not oversold: ${rsiText} is above ${numberText(parameters.entryRsi, 3)}, ${closeText}`);
    }
    return enterLong(view, `lower edge of the range: ${closeText}, edge ${priceText(lower)}, ${rsiText}`);
  },
};
