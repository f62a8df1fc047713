import type { ColumnMarket } from '../column-family.ts';
import type { ColumnPlan, SharedColumns } from '../column-plan.ts';

/** Up to here a float holds every whole number. */
const EXACT = 2 ** 53;

/** Where `sma-cross` may act: the closes at which the two averages change places. Undefined when a comparison could round. */
export function planCross(
  shared: SharedColumns,
  fast: number,
  slow: number,
  trade: (sign: number, market: ColumnMarket) => void,
): ColumnPlan | undefined {
  if (fast * slow * shared.highestClose > EXACT) return undefined;
  const candles: number[] = [];
  const first = crossings(shared, fast, slow, candles);
  // They take turns: each change of places is the opposite of the one before.
  return { candles: Int32Array.from(candles), act: (step, market) => trade(step % 2 === 0 ? first : -first, market) };
}

/** Adds the candles of all changes and answers the sign of the first one: 1 when the fast average came to lie above. */
function crossings({ length, sums }: SharedColumns, fast: number, slow: number, candles: number[]): number {
  let sign = 0;
  let first = 0;
  for (let i = slow - 1; i < length; i++) {
    const sum = sums[i + 1] as number;
    // The averages cross-multiplied, whole numbers throughout.
    const difference = slow * (sum - (sums[i + 1 - fast] as number)) - fast * (sum - (sums[i + 1 - slow] as number));
    if (difference > 0) {
      if (sign > 0) continue;
      sign = 1;
    } else if (difference < 0) {
      if (sign < 0) continue;
      sign = -1;
    } else continue;
    // The first comparison is only remembered.
    if (i === slow - 1) continue;
    if (first === 0) first = sign;
    candles.push(i);
  }
  return first;
}
