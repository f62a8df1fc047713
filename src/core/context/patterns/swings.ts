import type { Swing } from './types.ts';

/** Candles on each side that may not exceed a swing; it is therefore known so many candles late. */
export const SWING_REACH = 4;
/** Candles that a chart pattern looks back on. */
export const CHART_CANDLES = 120;

export type SwingFinder = {
  /** Swings known at candle `at` within the last CHART_CANDLES candles, highs and lows in turn. */
  before(at: number): readonly Swing[];
};

type Extremes = { readonly high: Float64Array; readonly low: Float64Array };

export function createSwings({ high, low }: Extremes): SwingFinder {
  const all = findSwings(high, low);
  let newest = Number.NaN;
  let answer: readonly Swing[] = [];
  return {
    before(at) {
      if (at === newest) return answer;
      newest = at;
      const [first, last] = [at - CHART_CANDLES + 1 + SWING_REACH, at - SWING_REACH];
      answer = inTurn(all.slice(countBelow(all, first), countBelow(all, last + 1)));
      return answer;
    },
  };
}

/** Strictly beyond the candles before and not exceeded by those after: of several equal ones the first is the swing. */
function findSwings(high: Float64Array, low: Float64Array): readonly Swing[] {
  const swings: Swing[] = [];
  for (let i = SWING_REACH; i < high.length - SWING_REACH; i++) {
    if (isPeak(high, i, 1)) swings.push({ kind: 'high', index: i, price: high[i] as number });
    if (isPeak(low, i, -1)) swings.push({ kind: 'low', index: i, price: low[i] as number });
  }
  return swings;
}

function isPeak(column: Float64Array, at: number, sign: 1 | -1): boolean {
  const price = sign * (column[at] as number);
  for (let back = 1; back <= SWING_REACH; back++) {
    if (sign * (column[at - back] as number) >= price) return false;
    if (sign * (column[at + back] as number) > price) return false;
  }
  return true;
}

/** Of neighbours of one kind the most extreme is kept. One candle that is both high and low is no turning point of either. */
function inTurn(swings: readonly Swing[]): readonly Swing[] {
  const kept: Swing[] = [];
  for (const [i, swing] of swings.entries()) {
    if (swings[i - 1]?.index === swing.index || swings[i + 1]?.index === swing.index) continue;
    const last = kept.at(-1);
    if (last?.kind !== swing.kind) kept.push(swing);
    else if (swing.kind === 'high' ? swing.price > last.price : swing.price < last.price) kept[kept.length - 1] = swing;
  }
  return kept;
}

/** How many swings lie before the candle `index`; they are in order of it. */
function countBelow(swings: readonly Swing[], index: number): number {
  let [from, until] = [0, swings.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if ((swings[middle] as Swing).index < index) from = middle + 1;
    else until = middle;
  }
  return from;
}
