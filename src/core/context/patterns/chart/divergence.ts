import { pair } from '../define.ts';
import { SWING_REACH } from '../swings.ts';
import type { PatternView } from '../types.ts';

const CANDLES = 14;

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
    const [first, second] = lows.slice(-2);
    if (first === undefined || second === undefined) return false;
    // Said once, at the candle with which the second low is known.
    if (second.index !== view.at - SWING_REACH || first.index < view.at - 100) return false;
    if (second.index - first.index < 8 || first.price - second.price < 0.25 * view.unit) return false;
    const [then, now] = [momentumAt(view, first.index), momentumAt(view, second.index)];
    return then <= 40 && now >= then + 5;
  },
  "J. W. Wilder, New Concepts in Technical Trading Systems (1978); momentum in D. Cutler's form",
);
