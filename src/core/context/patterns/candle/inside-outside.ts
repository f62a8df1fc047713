import { neutral } from '../define.ts';
import { candleOf } from '../measures.ts';

export const insideBar = neutral(
  'candle',
  {
    name: 'inside-bar',
    label: 'inside bar',
    what: 'A candle of at most half the range lies wholly inside a wide one: the market waits.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      first.range >= 1.5 * view.unit &&
      second.high <= first.high &&
      second.low >= first.low &&
      second.range <= 0.5 * first.range
    );
  },
);

export const outsideBar = neutral(
  'candle',
  {
    name: 'outside-bar',
    label: 'outside bar',
    what: 'A wide candle goes beyond both ends of the one before it.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      first.range >= 0.5 * view.unit &&
      second.range >= 1.5 * view.unit &&
      second.high > first.high + 0.1 * view.unit &&
      second.low < first.low - 0.1 * view.unit
    );
  },
);
