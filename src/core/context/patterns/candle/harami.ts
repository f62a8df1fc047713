import { pair } from '../define.ts';
import { candleOf, hasFallen } from '../measures.ts';

export const harami = pair(
  'candle',
  {
    name: 'bullish-harami',
    label: 'bullish harami',
    what: 'After a decline a small rising body lies inside the long falling body before it.',
  },
  {
    name: 'bearish-harami',
    label: 'bearish harami',
    what: 'After a rise a small falling body lies inside the long rising body before it.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      hasFallen(view, 2) &&
      first.body <= -view.unit &&
      second.body >= 0.05 * view.unit &&
      second.body <= 0.5 * -first.body &&
      second.open >= first.close &&
      second.close <= first.open &&
      // The whole candle stays inside the first one's range: a smaller body alone is every second candle.
      second.high <= first.high &&
      second.low >= first.low
    );
  },
);
