import { pair } from '../define.ts';
import { firstCloseAbove, lineAt } from '../measures.ts';
import type { PatternView } from '../types.ts';
import { type Corners, corners } from './corners.ts';

/** Both lines must fall by so much between their two points, in units: less is a range. */
const LEAST_FALL = 0.75;

/** Distance between the two lines at the newest of the four points, as a share of that at the oldest. */
function narrowing({ highs, lows }: Corners): number {
  const [from, until] = [Math.min(highs[0].index, lows[0].index), Math.max(highs[1].index, lows[1].index)];
  const width = (index: number): number => lineAt(...highs, index) - lineAt(...lows, index);
  return width(until) / width(from);
}

function fallingLines(view: PatternView): Corners | undefined {
  const found = corners(view);
  if (found === undefined) return undefined;
  const { highs, lows } = found;
  const falls =
    highs[0].price - highs[1].price >= LEAST_FALL * view.unit &&
    lows[0].price - lows[1].price >= LEAST_FALL * view.unit;
  return falls && firstCloseAbove(view, ...highs) ? found : undefined;
}

export const wedge = pair(
  'chart',
  {
    name: 'falling-wedge',
    label: 'falling wedge',
    what: 'Highs and lows fall along lines that draw together, and a close above the upper one.',
  },
  {
    name: 'rising-wedge',
    label: 'rising wedge',
    what: 'Highs and lows rise along lines that draw together, and a close below the lower one.',
  },
  (view) => {
    const found = fallingLines(view);
    if (found === undefined) return false;
    const ratio = narrowing(found);
    return ratio > 0 && ratio <= 0.7;
  },
);

export const channelBreakout = pair(
  'chart',
  {
    name: 'channel-breakout-up',
    label: 'falling channel broken upwards',
    what: 'Highs and lows fall along parallel lines, and a close above the upper one.',
  },
  {
    name: 'channel-breakout-down',
    label: 'rising channel broken downwards',
    what: 'Highs and lows rise along parallel lines, and a close below the lower one.',
  },
  (view) => {
    const found = fallingLines(view);
    if (found === undefined) return false;
    const ratio = narrowing(found);
    return ratio >= 0.8 && ratio <= 1.25;
  },
);
