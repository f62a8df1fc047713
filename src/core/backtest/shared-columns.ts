import type { SharedColumns } from '../agent/column-plan.ts';
import type { ViewColumns } from './series-view.ts';

/** Undefined for prices too large to be added up exactly. */
export function sharedColumns({ close }: Pick<ViewColumns, 'close'>): SharedColumns | undefined {
  const { length } = close;
  const sums = new Float64Array(length + 1);
  let sum = 0;
  let highestClose = 0;
  for (let i = 0; i < length; i++) {
    const price = close[i] as number;
    sum += price;
    sums[i + 1] = sum;
    if (price > highestClose) highestClose = price;
  }
  return sum <= Number.MAX_SAFE_INTEGER ? { length, sums, highestClose } : undefined;
}
