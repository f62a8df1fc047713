import { pair } from '../define.ts';
import { firstCloseAbove, firstCloseAboveLevel, lineAt } from '../measures.ts';
import { corners } from './corners.ts';

export const flatTriangle = pair(
  'chart',
  {
    name: 'ascending-triangle',
    label: 'ascending triangle',
    what: 'Rising lows under highs at one height, and a close above them.',
  },
  {
    name: 'descending-triangle',
    label: 'descending triangle',
    what: 'Falling highs above lows at one height, and a close below them.',
  },
  (view) => {
    const found = corners(view);
    if (found === undefined) return false;
    const { highs, lows } = found;
    const top = Math.max(highs[0].price, highs[1].price);
    return (
      Math.abs(highs[0].price - highs[1].price) <= 0.75 * view.unit &&
      lows[1].price - lows[0].price >= view.unit &&
      top - lows[0].price >= 2.5 * view.unit &&
      firstCloseAboveLevel(view, top, Math.min(highs[0].index, highs[1].index))
    );
  },
);

export const symmetricTriangle = pair(
  'chart',
  {
    name: 'symmetric-triangle-up',
    label: 'symmetric triangle broken upwards',
    what: 'Falling highs over rising lows, and a close above the falling line.',
  },
  {
    name: 'symmetric-triangle-down',
    label: 'symmetric triangle broken downwards',
    what: 'Falling highs over rising lows, and a close below the rising line.',
  },
  (view) => {
    const found = corners(view);
    if (found === undefined) return false;
    const { highs, lows } = found;
    return (
      highs[0].price - highs[1].price >= 0.75 * view.unit &&
      lows[1].price - lows[0].price >= 0.75 * view.unit &&
      // The lines have not met: beyond their apex there is nothing to break out of.
      lineAt(...highs, view.at) > lineAt(...lows, view.at) &&
      firstCloseAbove(view, ...highs)
    );
  },
);
