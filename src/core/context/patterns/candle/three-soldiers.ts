import { pair } from '../define.ts';
import { candleOf, moveBefore } from '../measures.ts';

export const threeSoldiers = pair(
  'candle',
  {
    name: 'three-white-soldiers',
    label: 'three white soldiers',
    what: 'Out of a decline or a base: three rising bodies in a row, each closing higher and near its high.',
  },
  {
    name: 'three-black-crows',
    label: 'three black crows',
    what: 'Out of a rise or a top: three falling bodies in a row, each closing lower and near its low.',
  },
  (view) => {
    const three = [candleOf(view, 2), candleOf(view, 1), candleOf(view, 0)];
    const marching = three.every(
      ({ body, open, upperShadow }, i) =>
        body >= 0.4 * view.unit &&
        upperShadow <= 0.4 * body &&
        (i === 0 || open <= (three[i - 1]?.close ?? open) + 0.1 * view.unit),
    );
    return marching && moveBefore(view, 3) <= 0;
  },
);
