import { pair } from '../define.ts';
import { firstCloseAbove, lastSwings } from '../measures.ts';

export const headAndShoulders = pair(
  'chart',
  {
    name: 'inverse-head-and-shoulders',
    label: 'inverse head and shoulders',
    what: 'Three lows, the middle one deepest and the outer two alike, and a close above the line through the highs between.',
  },
  {
    name: 'head-and-shoulders',
    label: 'head and shoulders',
    what: 'Three highs, the middle one highest and the outer two alike, and a close below the line through the lows between.',
  },
  (view) => {
    const [left, leftNeck, head, rightNeck, right] = lastSwings(view, 5, 'low');
    if (left === undefined || leftNeck === undefined || head === undefined) return false;
    if (rightNeck === undefined || right === undefined) return false;
    return (
      Math.min(left.price, right.price) - head.price >= 0.75 * view.unit &&
      Math.abs(left.price - right.price) <= 2 * view.unit &&
      Math.abs(leftNeck.price - rightNeck.price) <= 2.5 * view.unit &&
      Math.min(leftNeck.price, rightNeck.price) - Math.max(left.price, right.price) >= 0.75 * view.unit &&
      view.at - right.index <= 30 &&
      firstCloseAbove(view, leftNeck, rightNeck)
    );
  },
);
