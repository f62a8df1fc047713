import { pair } from '../define.ts';
import { highestOf, lowestOf } from '../measures.ts';

const CANDLES = 30;
/** A walk without drift covers five to six units in so many candles; a range is what stays clearly below. */
const NARROW = 4.5;

export const rangeBreakout = pair(
  'chart',
  {
    name: 'range-breakout-up',
    label: 'range broken upwards',
    what: 'Thirty candles in a narrow band, and the first close clearly above it.',
  },
  {
    name: 'range-breakout-down',
    label: 'range broken downwards',
    what: 'Thirty candles in a narrow band, and the first close clearly below it.',
  },
  ({ high, low, close, at, unit }) => {
    const top = highestOf(high, at - CANDLES, at);
    return top - lowestOf(low, at - CANDLES, at) <= NARROW * unit && (close[at] as number) > top + 0.25 * unit;
  },
  'R. Donchian and C. Curtis (range and close beyond it), narrowness measured against a walk without drift',
);
