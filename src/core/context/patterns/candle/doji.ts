import { neutral } from '../define.ts';
import { candleOf } from '../measures.ts';

/** From this range on a doji is a long-legged one, in units. */
const LONG_LEGGED = 1.5;

export const doji = neutral(
  'candle',
  {
    name: 'doji',
    label: 'doji',
    what: 'The candle closes where it opened, with a shadow on both sides: nobody won.',
  },
  (view) => {
    const { body, range, upperShadow, lowerShadow } = candleOf(view, 0);
    return (
      Math.abs(body) <= 0.05 * range &&
      Math.min(upperShadow, lowerShadow) >= 0.25 * range &&
      range >= 0.7 * view.unit &&
      range < LONG_LEGGED * view.unit
    );
  },
);

export const longLeggedDoji = neutral(
  'candle',
  {
    name: 'long-legged-doji',
    label: 'long-legged doji',
    what: 'A wide candle that closes near where it opened, after going far to both sides.',
  },
  (view) => {
    const { body, range, upperShadow, lowerShadow } = candleOf(view, 0);
    return (
      Math.abs(body) <= 0.1 * range &&
      Math.min(upperShadow, lowerShadow) >= 0.3 * range &&
      range >= LONG_LEGGED * view.unit
    );
  },
);
