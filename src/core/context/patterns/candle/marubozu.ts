import { pair } from '../define.ts';
import { candleOf } from '../measures.ts';

export const marubozu = pair(
  'candle',
  {
    name: 'bullish-marubozu',
    label: 'bullish marubozu',
    what: 'A long rising candle that opens at its low and closes at its high.',
  },
  {
    name: 'bearish-marubozu',
    label: 'bearish marubozu',
    what: 'A long falling candle that opens at its high and closes at its low.',
  },
  (view) => {
    const { body, range, upperShadow, lowerShadow } = candleOf(view, 0);
    return body >= 1.2 * view.unit && Math.max(upperShadow, lowerShadow) <= 0.05 * range;
  },
);
