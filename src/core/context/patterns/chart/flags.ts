import { pair } from '../define.ts';
import { highestOf, lowestOf } from '../measures.ts';

/** The pole rises so many units within ten candles, and the flag gives back less than half of it. */
const POLE = 4.5;
const POLE_CANDLES = 10;
const FLAG_LEAST = 5;
const FLAG_MOST = 20;

export const flag = pair(
  'chart',
  {
    name: 'bull-flag',
    label: 'bull flag',
    what: 'A steep rise, a pause that drifts down and gives back less than half, and a close above the pause.',
  },
  {
    name: 'bear-flag',
    label: 'bear flag',
    what: 'A steep fall, a pause that drifts up and gives back less than half, and a close below the pause.',
  },
  (view) => {
    const { high, low, close, at, unit } = view;
    const peak = highestAt(high, at - FLAG_MOST, at);
    const length = at - peak - 1;
    if (length < FLAG_LEAST || peak < POLE_CANDLES) return false;
    const top = high[peak] as number;
    const pole = top - lowestOf(low, peak - POLE_CANDLES, peak + 1);
    return (
      pole >= POLE * unit &&
      lowestOf(low, peak + 1, at) >= top - 0.5 * pole &&
      (close[at - 1] as number) <= (close[peak + 1] as number) &&
      // The candle next to the peak still belongs to the pole; of the rest no high may stand in the way of the close.
      (close[at] as number) > highestOf(high, peak + 2, at)
    );
  },
);

/** Index of the highest value, the newest of equal ones. */
function highestAt(column: Float64Array, from: number, until: number): number {
  let best = from;
  for (let i = from + 1; i < until; i++) if ((column[i] as number) >= (column[best] as number)) best = i;
  return best;
}
