import { z } from 'zod';
import { sma } from '#core/context/indicators/sma.ts';
import { numberText } from '../../kernel/number-text.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { StrategyFamily } from '../types.ts';
import { enterTranche, exit, hold, tooFewCandles } from './intents.ts';
import { before, pricesOf, rangesSpanned, usualRange } from './readings.ts';
import { WILDER_WARM_UP } from './wilder.ts';

/** Candles over which the long average has to have risen. */
const SLOPE = 10;

export const dcaSchema = z
  .strictObject({
    tranches: z.int().min(2).max(5).describe('equal parts in which the position is bought'),
    everyBars: z.int().min(2).max(24).describe('candles from one part to the next'),
    trendLength: z
      .int()
      .min(20)
      .max(120)
      .describe('candles of the long plain average that says whether the market falls'),
    maxStretchAtr: z
      .number()
      .min(0.5)
      .max(6)
      .describe('distance above the average, in ATR(14), from which it is too dear'),
    shockAtr: z.number().min(2).max(8).describe('span of a candle, in ATR(14), that counts as a shock'),
    exitAtr: z.number().min(0.5).max(4).describe('distance below the average, in ATR(14), that ends the plan'),
    holdBars: z.int().min(10).max(200).describe('candles after the first part at which everything is sold'),
  })
  .refine(({ tranches, everyBars, holdBars }) => (tranches - 1) * everyBars < holdBars, {
    path: ['holdBars'],
    error: 'the last part must be bought before everything is sold: fewer parts, or shorter pauses',
  });
type Dca = z.infer<typeof dcaSchema>;

const warmUp = ({ trendLength }: Dca): number => Math.max(trendLength + SLOPE, WILDER_WARM_UP + 1);

type Reading = {
  readonly close: number;
  readonly average: number;
  readonly earlier: number;
  readonly range: number;
  /** Usual ranges that the newest candle spans; undefined where candles have none. */
  readonly spanned: number | undefined;
};

function read(columns: Columns, { trendLength }: Dca): Reading {
  const average = sma(columns.close, trendLength);
  return {
    close: newest('close', columns.close),
    average: newest('average', average),
    earlier: before('average', average, SLOPE),
    range: usualRange(columns),
    spanned: rangesSpanned(columns),
  };
}

/** Why no part is bought now; undefined when one may be. */
function notNow(reading: Reading, parameters: Dca, priceText: (value: number) => string): string | undefined {
  const { close, average, earlier, range, spanned } = reading;
  const closeText = `close ${priceText(close)}`;
  const averageText = `average ${priceText(average)}`;
  if (spanned === undefined) return `the market does not move: ${closeText}`;
  if (spanned > parameters.shockAtr) return `shock: the candle spans ${numberText(spanned, 3)} usual ranges`;
  if (close < average - parameters.exitAtr * range)
    return `the market falls: ${closeText} is far below the ${averageText}`;
  if (close < average && average < earlier)
    return `the market falls: ${closeText} is below the ${averageText}, which is falling`;
  return close > average + parameters.maxStretchAtr * range
    ? `too dear: ${closeText} is far above the ${averageText}`
    : undefined;
}

/**
 * Buys in equal parts spread over time, so that no single moment decides the price paid. Each part passes the gate by itself, the parts
 * together never risk more than one trade may, and the stop of the position is only ever raised. It leaves by its own rules.
 */
export const dca: StrategyFamily = {
  name: 'dca',
  summary: 'Buys a position in equal parts at set distances of time and sells all of it after a set time.',
  notWhen:
    'The market falls (averaging down adds to what loses), is far above its average, or has just been shaken by a shock.',
  schema: dcaSchema,
  defaults: {
    tranches: 4,
    everyBars: 6,
    trendLength: 100,
    maxStretchAtr: 3,
    shockAtr: 3.5,
    exitAtr: 1.5,
    holdBars: 40,
  },
  parse: (parameters) => dcaSchema.parse(parameters),
  warmUp: (parameters) => warmUp(dcaSchema.parse(parameters)),
  tranches: (parameters) => dcaSchema.parse(parameters).tranches,
  decide(view, given) {
    const parameters = dcaSchema.parse(given);
    const { tranches, everyBars, holdBars, exitAtr } = parameters;
    if (view.holding && view.barsHeld >= holdBars)
      return exit(view, `the plan is over: held ${view.barsHeld} candles of ${holdBars}`);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const reading = read(columns, parameters);
    const priceText = pricesOf(columns);
    const { close, average, range } = reading;
    const level = average - exitAtr * range;
    if (view.holding && close < level)
      return exit(view, `the rise is over: close ${priceText(close)} is below ${priceText(level)}`);

    const bought = view.holding ? (view.tranches ?? 1) : 0;
    if (bought >= tranches)
      return hold(view, `all ${tranches} parts are bought: held ${view.barsHeld} of ${holdBars} candles`);
    const due = bought * everyBars;
    if (view.barsHeld < due)
      return hold(
        view,
        `part ${bought + 1} of ${tranches} in ${due - view.barsHeld} candles: close ${priceText(close)}`,
      );
    const unfit = notNow(reading, parameters, priceText);
    if (unfit !== undefined) return hold(view, `part ${bought + 1} waits: ${unfit}`);
    return enterTranche(
      view,
      tranches,
      `part ${bought + 1} of ${tranches}: close ${priceText(close)}, average ${priceText(average)}`,
    );
  },
};
