import type { Fact, MarketContext } from '../context/types.ts';
import type { Regime } from './types.ts';

/** What code reads in one fact: the words shown to the model, and the labels that the fact speaks for and against. */
export type Reading = {
  readonly words: string;
  readonly supports: readonly Regime[];
  readonly contradicts: readonly Regime[];
};

/** Value of another fact of the context. Names are plain text: a fact that another version of the catalogue lacks is simply absent. */
type ValueOf = (name: string) => number | undefined;

const read = (words: string, supports: readonly Regime[], contradicts: readonly Regime[]): Reading => ({
  words,
  supports,
  contradicts,
});

const up = (words: string): Reading => read(words, ['trending_up'], ['trending_down']);
const down = (words: string): Reading => read(words, ['trending_down'], ['trending_up']);
const flat = (words: string): Reading => read(words, ['ranging'], ['trending_up', 'trending_down']);
const neutral = (words: string): Reading => read(words, [], []);

function hardlyTraded(value: number): Reading {
  if (value >= 0.1) return read('hardly trades', ['illiquid'], []);
  return value < 0.02 ? read('trades all the time', [], ['illiquid']) : neutral('some pauses');
}

const byDirection = (value: number, edge: number, rising: string, falling: string, still: Reading): Reading =>
  value >= edge ? up(rising) : value <= -edge ? down(falling) : still;

/**
 * The consistency table, most telling fact first. A strong trend without a direction (ADX, efficiency) speaks against `ranging` but
 * for neither trend; only a fact that points up can carry `trending_up`. Edges are the customary ones and lie where the rules analyst
 * begins to hear a clue: ADX 20 and 30 (Wilder, 1978); RSI 40 and 60 as the inner ends of its bull and bear ranges (C. Cardwell);
 * efficiency over 168 steps of a random walk is near 0.08, the root of 1/168.
 */
const TABLE: { readonly [name: string]: (value: number, valueOf: ValueOf) => Reading | undefined } = {
  drift168: (value) =>
    Math.abs(value) < 0.5 ? flat('no drift') : byDirection(value, 1, 'rising', 'falling', neutral('slight')),
  // A day's change counts as a direction from three typical candles on; below that it is what any candle may do.
  return24: (value, valueOf) => {
    const range = valueOf('atr14') ?? 0;
    return range > 0 ? byDirection(value / range, 3, 'rising', 'falling', neutral('little change')) : undefined;
  },
  adx14: (value) =>
    value >= 30 ? read('strong trend', [], ['ranging']) : value < 20 ? flat('no trend') : neutral('weak trend'),
  diBalance14: (value) => byDirection(value, 0.3, 'rising', 'falling', neutral('balanced')),
  emaStack: (value) => byDirection(value, 0.99, 'rising', 'falling', neutral('mixed')),
  ema50Slope: (value) =>
    Math.abs(value) < 0.03 ? flat('flat') : byDirection(value, 0.05, 'rising', 'falling', neutral('slight')),
  efficiency168: (value) =>
    value >= 0.2 ? read('strong trend', [], ['ranging']) : value <= 0.08 ? flat('no trend') : neutral('weak trend'),
  volatilityRatio: (value) =>
    value >= 2
      ? read('very high', ['volatile'], ['ranging'])
      : value <= 1
        ? read('calm', ['ranging'], ['volatile'])
        : neutral('usual'),
  largestMove24: (value) =>
    value >= 5
      ? read('shock', ['volatile'], ['ranging'])
      : value <= 2
        ? read('calm', ['ranging'], ['volatile'])
        : neutral('usual'),
  bollingerWidthRank: (value) =>
    value >= 0.95
      ? read('very wide', ['volatile'], ['ranging'])
      : value <= 0.3
        ? read('narrow', ['ranging'], ['volatile'])
        : neutral('usual'),
  distanceHigh50: (value) =>
    value > 0 ? read('broke out above', ['breakout'], ['ranging', 'trending_down']) : neutral('inside the range'),
  distanceLow50: (value) =>
    value < 0 ? read('broke out below', ['breakout'], ['ranging', 'trending_up']) : neutral('inside the range'),
  flatShare: hardlyTraded,
  zeroVolumeShare: hardlyTraded,
  rsi14: (value) => (value >= 60 ? up('rising') : value <= 40 ? down('falling') : neutral('balanced')),
  volumeZ48: (value) => (value >= 2 ? read('surge', [], ['illiquid', 'ranging']) : neutral('usual')),
};

/** Names of the facts that have a reading, most telling first. */
export const TELLING_FACTS: readonly string[] = Object.keys(TABLE);

/** The reading of a fact in its context, or undefined when the table has none: such a fact can be no evidence. */
export function readingOf(fact: Fact, context: MarketContext): Reading | undefined {
  if (!Object.hasOwn(TABLE, fact.name) || !Number.isFinite(fact.value)) return undefined;
  return TABLE[fact.name]?.(fact.value, (name) => context.facts.find((other) => other.name === name)?.value);
}
