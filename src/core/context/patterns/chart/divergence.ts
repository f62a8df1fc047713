import { pair } from '../define.ts';
import { SWING_REACH } from '../swings.ts';
import type { PatternView } from '../types.ts';

const CANDLES = 14;
/** The low that is undercut lies at most so many candles back. */
const LOOK_BACK = 60;

/**
 * Momentum from 0 to 100 as plain sums of 14 changes (D. Cutler's form of RSI): unlike Wilder's it depends on these candles alone,
 * and on the chart turned upside down it is exactly 100 less itself.
 */
function momentumAt({ close }: PatternView, index: number): number {
  let [up, down] = [0, 0];
  for (let i = index - CANDLES + 1; i <= index; i++) {
    const change = (close[i] as number) - (close[i - 1] as number);
    if (change > 0) up += change;
    else down -= change;
  }
  return up + down === 0 ? 50 : (100 * up) / (up + down);
}

export const divergence = pair(
  'chart',
  {
    name: 'bullish-divergence',
    label: 'bullish divergence',
    what: 'A lower low of the price that momentum does not follow: the fall loses force.',
  },
  {
    name: 'bearish-divergence',
    label: 'bearish divergence',
    what: 'A higher high of the price that momentum does not follow: the rise loses force.',
  },
  (view) => {
    const lows = view.swings().filter(({ kind }) => kind === 'low');
    const second = lows.at(-1);
    // Said once, at the candle with which the second low is known.
    if (second === undefined || second.index !== view.at - SWING_REACH) return false;
    const earlier = lows.filter(({ index }) => index <= second.index - 8 && index >= second.index - LOOK_BACK);
    const [lowest] = earlier.toSorted((a, b) => a.price - b.price);
    if (lowest === undefined || lowest.price - second.price < 0.25 * view.unit) return false;
    const [then, now] = [momentumAt(view, lowest.index), momentumAt(view, second.index)];
    return then <= 40 && now >= then + 5;
  },
  "J. W. Wilder, New Concepts in Technical Trading Systems (1978); momentum in D. Cutler's form",
);
