import { pair } from '../define.ts';
import { type Candle, candleOf, hasFallen } from '../measures.ts';
import type { PatternView } from '../types.ts';

/** A candle that is mostly one shadow: at least 60 % of the range on that side, at most 15 % on the other, of usual size or more. */
const LONG = 0.6;
const SHORT = 0.15;
/** A body below this share of the range is a doji's, which has a pattern of its own. */
const DOJI_BODY = 0.05;

const isSized = ({ range }: Candle, view: PatternView): boolean => range >= 0.8 * view.unit;
const hasBody = ({ body, range }: Candle): boolean => Math.abs(body) > DOJI_BODY * range;

export const hammer = pair(
  'candle',
  {
    name: 'hammer',
    label: 'hammer',
    what: 'After a decline the price falls far inside one candle and closes near its high again.',
  },
  {
    name: 'shooting-star',
    label: 'shooting star',
    what: 'After a rise the price climbs far inside one candle and closes near its low again.',
  },
  (view) => {
    const candle = candleOf(view, 0);
    const { range, lowerShadow, upperShadow } = candle;
    const shaped = lowerShadow >= LONG * range && upperShadow <= SHORT * range && hasBody(candle);
    return shaped && isSized(candle, view) && hasFallen(view, 1);
  },
);

export const invertedHammer = pair(
  'candle',
  {
    name: 'inverted-hammer',
    label: 'inverted hammer',
    what: 'After a decline the price climbs far inside one candle and closes near its low: buyers tried.',
  },
  {
    name: 'hanging-man',
    label: 'hanging man',
    what: 'After a rise the price falls far inside one candle and closes near its high: sellers tried.',
  },
  (view) => {
    const candle = candleOf(view, 0);
    const { range, lowerShadow, upperShadow } = candle;
    const shaped = upperShadow >= LONG * range && lowerShadow <= SHORT * range && hasBody(candle);
    return shaped && isSized(candle, view) && hasFallen(view, 1);
  },
);

export const dragonflyDoji = pair(
  'candle',
  {
    name: 'dragonfly-doji',
    label: 'dragonfly doji',
    what: 'After a decline the price falls far inside one candle and closes where it opened, at the high.',
  },
  {
    name: 'gravestone-doji',
    label: 'gravestone doji',
    what: 'After a rise the price climbs far inside one candle and closes where it opened, at the low.',
  },
  (view) => {
    const candle = candleOf(view, 0);
    const { range, lowerShadow, upperShadow } = candle;
    const shaped = lowerShadow >= LONG * range && upperShadow <= SHORT * range && !hasBody(candle);
    return shaped && isSized(candle, view) && hasFallen(view, 1);
  },
);
