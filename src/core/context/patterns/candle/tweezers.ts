import { pair } from '../define.ts';
import { candleOf, hasFallen, lowestOf } from '../measures.ts';

export const tweezers = pair(
  'candle',
  {
    name: 'tweezer-bottom',
    label: 'tweezer bottom',
    what: 'A falling and a rising candle stop at the same low, the lowest of ten candles.',
  },
  {
    name: 'tweezer-top',
    label: 'tweezer top',
    what: 'A rising and a falling candle stop at the same high, the highest of ten candles.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      hasFallen(view, 2) &&
      first.body <= -0.3 * view.unit &&
      second.body >= 0.3 * view.unit &&
      Math.abs(first.low - second.low) <= 0.05 * view.unit &&
      Math.min(first.low, second.low) <= lowestOf(view.low, view.at - 9, view.at - 1)
    );
  },
);
