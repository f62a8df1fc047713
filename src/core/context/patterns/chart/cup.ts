import { pair } from '../define.ts';
import { firstCloseAboveLevel, lowestOf } from '../measures.ts';
import type { PatternView, Swing } from '../types.ts';

const LEAST_CANDLES = 24;
/** Depth of the cup, in units. */
const DEPTH = 4;

/** Rims alike, the lowest price in the middle third, and at least half of the closes in the lower half: a bowl, not a V. */
function isCup(view: PatternView, left: Swing, right: Swing): boolean {
  const span = right.index - left.index;
  if (span < LEAST_CANDLES || Math.abs(left.price - right.price) > 1.5 * view.unit) return false;
  const rim = Math.max(left.price, right.price);
  const bottom = lowestOf(view.low, left.index, right.index);
  const depth = rim - bottom;
  if (depth < DEPTH * view.unit) return false;
  const third = Math.floor(span / 3);
  if (lowestOf(view.low, left.index + third, right.index - third) > bottom) return false;
  let deep = 0;
  for (let i = left.index; i < right.index; i++) if ((view.close[i] as number) < rim - depth / 2) deep++;
  const handleHolds = lowestOf(view.low, right.index, view.at) >= rim - 0.5 * depth;
  return deep >= span / 2 && handleHolds;
}

export const cup = pair(
  'chart',
  {
    name: 'cup-with-handle',
    label: 'cup with handle',
    what: 'A rounded hollow between two highs alike, a short pause beside the second, and a close above both.',
  },
  {
    name: 'inverted-cup',
    label: 'inverted cup',
    what: 'A rounded hill between two lows alike, a short pause beside the second, and a close below both.',
  },
  (view) => {
    const highs = view.swings().filter(({ kind }) => kind === 'high');
    const right = highs.at(-1);
    if (right === undefined || view.at - right.index > 25) return false;
    return highs.some((left) => {
      if (left.index >= right.index || !isCup(view, left, right)) return false;
      return firstCloseAboveLevel(view, Math.max(left.price, right.price), left.index);
    });
  },
);
