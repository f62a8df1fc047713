import { z } from 'zod';
import { atr } from '#core/context/indicators/atr.ts';
import { ema } from '#core/context/indicators/ema.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { INTERVAL_MS } from '../../domain/interval.ts';
import { numberText } from '../../kernel/number-text.ts';
import { type Columns, columnsAt, newest } from '../columns.ts';
import type { AgentView, StrategyFamily, TradeIntent } from '../types.ts';
import { enterLong, exit, hold, tooFewCandles } from './intents.ts';
import { meanVolume, pricesOf } from './readings.ts';
import { WILDER, WILDER_WARM_UP } from './wilder.ts';

/** Candles whose mean volume is usual. */
const USUAL_VOLUME = 20;
const MINUTE_MS = 60_000;

export const scalpingSchema = z.strictObject({
  trendLength: z.int().min(10).max(60).describe('candles of the exponential average that the price has to be above'),
  rsiLength: z.int().min(2).max(10).describe('candles of the short relative strength index'),
  entryRsi: z.number().min(5).max(45).describe('highest RSI that counts as a dip'),
  exitRsi: z.number().min(50).max(90).describe('RSI from which the dip has been made good'),
  minAtrBps: z
    .number()
    .min(5)
    .max(200)
    .describe('least usual range of a candle (ATR 14) in basis points of the price, so that a move can pay its costs'),
  maxAtrBps: z.number().min(20).max(200).describe('usual range in basis points above which a dip is a shock'),
  minVolumeShare: z.number().min(0).max(1).describe('least volume of the newest candle as a share of the mean of 20'),
  maxBarsHeld: z.int().min(2).max(60).describe('candles after which a position is closed whatever it made'),
  longestMinutes: z.int().min(1).max(60).describe('longest candles, in minutes, on which it trades at all'),
});
type Scalping = z.infer<typeof scalpingSchema>;

const warmUp = ({ trendLength, rsiLength }: Scalping): number =>
  Math.max(3 * trendLength, 5 * rsiLength, WILDER_WARM_UP, USUAL_VOLUME + 1);

type Reading = {
  readonly close: number;
  readonly average: number;
  readonly strength: number;
  readonly range: number;
  readonly rangeBps: number;
  /** Newest volume as a share of the usual; 0 where nothing was traded. */
  readonly volumeShare: number;
};

function read(columns: Columns, { trendLength, rsiLength }: Scalping): Reading {
  const { high, low, close, volume } = columns;
  const [last, range] = [newest('close', close), newest('ATR', atr(high, low, close, WILDER))];
  const usual = meanVolume(columns, USUAL_VOLUME, 1);
  return {
    close: last,
    average: newest('average', ema(close, trendLength)),
    strength: newest('RSI', rsi(close, rsiLength)),
    range,
    rangeBps: (range / last) * 10_000,
    volumeShare: usual > 0 ? newest('volume', volume) / usual : 0,
  };
}

/** Why this market is none to scalp now; undefined when it is one. */
function notNow(reading: Reading, parameters: Scalping): string | undefined {
  const { rangeBps, volumeShare } = reading;
  const rangeText = `a candle spans ${numberText(rangeBps, 3)} bps`;
  if (rangeBps < parameters.minAtrBps)
    return `too quiet to pay its costs: ${rangeText}, ${numberText(parameters.minAtrBps, 3)} are needed`;
  if (rangeBps > parameters.maxAtrBps)
    return `too wild to scalp: ${rangeText}, more than ${numberText(parameters.maxAtrBps, 3)}`;
  return volumeShare < parameters.minVolumeShare
    ? `hardly traded: volume is ${numberText(volumeShare, 3)} of the usual`
    : undefined;
}

/**
 * Buys a short dip inside a small rise and sells the way back, within a few candles. Bounds keep the entry RSI below the exit RSI, and the
 * exit level lies below the average that an entry has to be above, so that an entry is never followed by an exit on the same candle.
 */
export const scalping: StrategyFamily = {
  name: 'scalping',
  summary: 'Buys short dips of a small rise on short candles and is out again within a few of them.',
  notWhen:
    'Candles are long, hardly anything is traded, a candle spans too little to pay its costs or so much that a dip is a shock, or the price lies below its average.',
  schema: scalpingSchema,
  defaults: {
    trendLength: 20,
    rsiLength: 3,
    entryRsi: 30,
    exitRsi: 65,
    minAtrBps: 12,
    maxAtrBps: 150,
    minVolumeShare: 0.4,
    maxBarsHeld: 8,
    longestMinutes: 15,
  },
  parse: (parameters) => scalpingSchema.parse(parameters),
  warmUp: (parameters) => warmUp(scalpingSchema.parse(parameters)),
  decide(view, given) {
    const parameters = scalpingSchema.parse(given);
    if (view.holding && view.barsHeld >= parameters.maxBarsHeld)
      return exit(view, `time is up: held ${view.barsHeld} candles, at most ${parameters.maxBarsHeld}`);
    const columns = columnsAt(view);
    const needed = warmUp(parameters);
    if (columns.length < needed) return tooFewCandles(view, columns.length, needed);
    const reading = read(columns, parameters);
    return view.holding
      ? whileHolding(view, columns, reading, parameters)
      : whileFlat(view, columns, reading, parameters);
  },
};

function whileHolding(view: AgentView, columns: Columns, reading: Reading, { exitRsi }: Scalping): TradeIntent {
  const priceText = pricesOf(columns);
  const { close, average, strength, range } = reading;
  const closeText = `close ${priceText(close)}`;
  if (strength >= exitRsi) return exit(view, `the dip is made good: RSI ${numberText(strength, 3)}, ${closeText}`);
  const level = average - range;
  if (close < level) return exit(view, `the dip became a fall: ${closeText} is below ${priceText(level)}`);
  return hold(view, `waiting for the way back: ${closeText}, RSI ${numberText(strength, 3)}`);
}

function whileFlat(view: AgentView, columns: Columns, reading: Reading, parameters: Scalping): TradeIntent {
  const minutes = INTERVAL_MS[view.series.interval] / MINUTE_MS;
  if (minutes > parameters.longestMinutes)
    return hold(view, `no scalping on candles of ${minutes} minutes: at most ${parameters.longestMinutes}`);
  const unfit = notNow(reading, parameters);
  if (unfit !== undefined) return hold(view, unfit);
  const priceText = pricesOf(columns);
  const { close, average, strength } = reading;
  const [closeText, averageText] = [
    `close ${priceText(close)}`,
    `EMA ${parameters.trendLength} at ${priceText(average)}`,
  ];
  if (close <= average) return hold(view, `no small rise: ${closeText} is not above ${averageText}`);
  if (strength > parameters.entryRsi)
    return hold(view, `no dip: RSI ${numberText(strength, 3)} is above ${numberText(parameters.entryRsi, 3)}`);
  return enterLong(view, `dip in a small rise: ${closeText}, ${averageText}, RSI ${numberText(strength, 3)}`);
}
