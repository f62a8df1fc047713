import { pair } from '../define.ts';
import { firstCloseAboveLevel, lastSwings } from '../measures.ts';

export const doubleExtreme = pair(
  'chart',
  {
    name: 'double-bottom',
    label: 'double bottom',
    what: 'After a fall two lows at one height, and a close above the high between them.',
  },
  {
    name: 'double-top',
    label: 'double top',
    what: 'After a rise two highs at one height, and a close below the low between them.',
  },
  (view) => {
    const [before, first, between, second] = lastSwings(view, 4, 'low');
    if (before === undefined || first === undefined || between === undefined || second === undefined) return false;
    const [deepest, highest] = [Math.min(first.price, second.price), Math.max(first.price, second.price)];
    return (
      highest - deepest <= view.unit &&
      between.price - highest >= 2.5 * view.unit &&
      // It came from above the line that it now breaks: otherwise nothing is turned.
      before.price - between.price >= 0.5 * view.unit &&
      second.index - first.index >= 8 &&
      view.at - second.index <= 40 &&
      firstCloseAboveLevel(view, between.price, between.index)
    );
  },
);
