import { pair } from '../define.ts';
import { candleOf, hasFallen } from '../measures.ts';

/** Markets that never close open where they closed: so a body may begin up to a twentieth of a unit inside the one it swallows. */
const SLACK = 0.05;

export const engulfing = pair(
  'candle',
  {
    name: 'bullish-engulfing',
    label: 'bullish engulfing',
    what: 'After a decline a rising body swallows the whole falling body before it.',
  },
  {
    name: 'bearish-engulfing',
    label: 'bearish engulfing',
    what: 'After a rise a falling body swallows the whole rising body before it.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      hasFallen(view, 2) &&
      first.body <= -0.2 * view.unit &&
      second.body >= 0.8 * view.unit &&
      second.open <= first.close + SLACK * view.unit &&
      second.close > first.open
    );
  },
);
