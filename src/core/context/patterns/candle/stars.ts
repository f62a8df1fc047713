import { pair } from '../define.ts';
import { candleOf, hasFallen } from '../measures.ts';

export const stars = pair(
  'candle',
  {
    name: 'morning-star',
    label: 'morning star',
    what: 'After a decline: a long falling body, a small one at its foot, and a rising one that wins back more than half.',
  },
  {
    name: 'evening-star',
    label: 'evening star',
    what: 'After a rise: a long rising body, a small one at its top, and a falling one that takes back more than half.',
  },
  (view) => {
    const [first, star, last] = [candleOf(view, 2), candleOf(view, 1), candleOf(view, 0)];
    return (
      hasFallen(view, 3) &&
      first.body <= -0.7 * view.unit &&
      Math.abs(star.body) <= 0.3 * -first.body &&
      // Without gaps the star cannot lie wholly below; its middle must not stand above the foot of the first body.
      (star.open + star.close) / 2 <= first.close + 0.1 * view.unit &&
      last.body >= 0.5 * view.unit &&
      last.close >= (first.open + first.close) / 2
    );
  },
);
