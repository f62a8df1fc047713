import { pair } from '../define.ts';
import { type Candle, candleOf, lowestOf } from '../measures.ts';

/** How near a low must come to the level to have touched it, and two lows to one another to make a level, in units. */
const NEAR = 0.5;

export const levelTouch = pair(
  'chart',
  {
    name: 'support-touch',
    label: 'support held',
    what: 'The price comes down to the height of two earlier lows, and closes higher than it opened.',
  },
  {
    name: 'resistance-touch',
    label: 'resistance held',
    what: 'The price comes up to the height of two earlier highs, and closes lower than it opened.',
  },
  (view) => {
    const lows = view.swings().filter(({ kind }) => kind === 'low');
    const last = lows.at(-1);
    const [previous, newest] = [candleOf(view, 1), candleOf(view, 0)];
    if (last === undefined || view.at - last.index < 10 || newest.body < 0.2 * view.unit) return false;
    return lows.some((first) => {
      if (last.index - first.index < 10 || Math.abs(first.price - last.price) > NEAR * view.unit) return false;
      const level = (first.price + last.price) / 2;
      const touches = ({ low }: Candle): boolean => Math.abs(low - level) <= NEAR * view.unit;
      // The candle before touched it while it fell, or the newest one did: a rise after a rise has been told already.
      const back = previous.body < 0 && touches(previous) ? 1 : 0;
      if (back === 0 && !touches(newest)) return false;
      return (
        // Not crossed since the first low, and left between the touches.
        lowestOf(view.close, first.index, view.at) >= level - NEAR * view.unit &&
        lowestOf(view.low, view.at - back - 5, view.at - back) > level + NEAR * view.unit
      );
    });
  },
  'J. Murphy, Technical Analysis of the Financial Markets (1999), turned into distances of the typical range',
);
