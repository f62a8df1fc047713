/**
 * Many parameters of the crossover yardstick over one market: everything that does not depend on the parameters is computed once and
 * shared, and one pair costs a walk over two columns. It answers what `runBacktest` answers for `sma-cross` without limits and with the
 * fee alone, to the last digit, and nothing more: no curve, no journal, no list of trades.
 */
import { add, type Decimal, decimal, multiply, subtract } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';
import type { TickColumns } from '../market/types.ts';

/** What all pairs share. The columns may lie in memory that several threads see: nobody writes them again. */
export type SweepMarket = {
  readonly tick: Decimal;
  readonly length: number;
  /** Whole ticks. */
  readonly open: Float64Array;
  readonly lastClose: number;
  readonly highestClose: number;
  /** sums[i] = the first i closes added up, in ticks: any moving sum is one subtraction. */
  readonly sums: Float64Array;
};

/** One pair of parameters. Whole ticks, exact. */
export type SweepRun = {
  readonly fast: number;
  readonly slow: number;
  /** Round trips that were closed. */
  readonly trades: number;
  readonly isOpen: boolean;
  /** Prices of all purchases and of all sales, added up. */
  readonly bought: number;
  readonly sold: number;
};

export type SweepMoney = { readonly cash: Decimal; readonly feeBps: Decimal };

/** `allocate` gives a column of so many zeros; shared memory for threads. Throws Fault `unsupported` for prices too large to be added up exactly. */
export function prepareSweep(
  ticks: TickColumns,
  allocate: (length: number) => Float64Array = (length) => new Float64Array(length),
): SweepMarket {
  const { length, close } = ticks;
  const open = allocate(length);
  open.set(ticks.open);
  const sums = allocate(length + 1);
  let sum = 0;
  let highestClose = 0;
  for (let i = 0; i < length; i++) {
    const price = close[i] as number;
    sum += price;
    sums[i + 1] = sum;
    if (price > highestClose) highestClose = price;
  }
  if (!(sum <= Number.MAX_SAFE_INTEGER)) throw tooLarge();
  return { tick: ticks.tick, length, open, lastClose: close[length - 1] ?? 0, highestClose, sums };
}

/** Plays one pair. Throws RangeError unless 1 <= fast < slow, Fault `unsupported` when the comparison of the averages would round. */
export function sweepCross(market: SweepMarket, fast: number, slow: number): SweepRun {
  if (!Number.isInteger(fast) || !Number.isInteger(slow) || fast < 1 || slow <= fast)
    throw new RangeError(`not a pair of periods: ${fast}, ${slow}`);
  if (fast * slow * market.highestClose > Number.MAX_SAFE_INTEGER) throw tooLarge();
  const { sums, open } = market;
  // An order of the last candle has no next open to meet.
  const end = market.length - 1;
  let sign = slow <= market.length ? Math.sign(differenceAt(sums, slow, fast, slow)) : 0;
  let held = false;
  let trades = 0;
  let bought = 0;
  let sold = 0;
  for (let i = slow; i < end; i++) {
    const sum = sums[i + 1] as number;
    // The averages cross-multiplied: slow x sum of fast against fast x sum of slow, whole numbers throughout.
    const difference = slow * (sum - (sums[i + 1 - fast] as number)) - fast * (sum - (sums[i + 1 - slow] as number));
    if (difference > 0) {
      if (sign > 0) continue;
      sign = 1;
      if (held) continue;
      held = true;
      bought += open[i + 1] as number;
    } else if (difference < 0) {
      if (sign < 0) continue;
      sign = -1;
      if (!held) continue;
      held = false;
      sold += open[i + 1] as number;
      trades += 1;
    }
  }
  return { fast, slow, trades, isOpen: held, bought, sold };
}

const differenceAt = (sums: Float64Array, count: number, fast: number, slow: number): number => {
  const sum = sums[count] as number;
  return slow * (sum - (sums[count - fast] as number)) - fast * (sum - (sums[count - slow] as number));
};

/** Cash plus holding at the last close, less fees: exact. */
export function sweepEquity(market: SweepMarket, run: SweepRun, { cash, feeBps }: SweepMoney): Decimal {
  const gained = decimal(BigInt(run.sold - run.bought + (run.isOpen ? market.lastClose : 0)));
  const turnover = decimal(BigInt(run.sold + run.bought));
  // Basis points are ten-thousandths.
  const fees = multiply(multiply(turnover, feeBps), decimal(1n, 4));
  return add(cash, multiply(subtract(gained, fees), market.tick));
}

const tooLarge = (): Fault =>
  new Fault(
    'unsupported',
    'the prices are too large to be added up exactly in ticks',
    'use a coarser tick, shorter averages or the back-test, which counts such prices in another way',
  );
