import type { SeriesView } from '../agent/column-family.ts';
import type { InstrumentId } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';

/** What a view reads; `high` and `low` are made when first asked for. */
export type ViewColumns = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly high: () => Float64Array;
  readonly low: () => Float64Array;
  readonly volume: Float64Array;
};

/** Looks at a strategy has left in one decision. Counted, because a loop without end can't be seen from outside in any other way. */
export type StepBudget = { left: number; readonly perDecision: number };

/** A view that the engine moves; strategies get it as the read-only `SeriesView`. */
export type MovingView = SeriesView & {
  /** Makes candle `index` the newest closed one. */
  moveTo(index: number): void;
};

export class StepBudgetError extends Error {
  constructor(steps: number) {
    super(`the strategy looked at more than ${steps} values in one decision`);
    this.name = 'StepBudgetError';
  }
}

export function createSeriesView(columns: ViewColumns, budget: StepBudget): MovingView {
  const { openTime, open, close, volume } = columns;
  const step = INTERVAL_MS[columns.interval];
  let last = -1;
  let high: Float64Array | undefined;
  let low: Float64Array | undefined;

  const read = (column: Float64Array, ago: number): number => {
    budget.left -= 1;
    if (budget.left < 0) throw new StepBudgetError(budget.perDecision);
    const value = ago >= 0 ? column[last - ago] : undefined;
    if (value === undefined) throw new RangeError(`no closed candle ${ago} back: ${last + 1} are known`);
    return value;
  };

  return {
    instrumentId: columns.instrumentId,
    interval: columns.interval,
    moveTo(index) {
      last = index;
    },
    count: () => last + 1,
    openTime: (ago) => read(openTime, ago),
    closeTime: (ago) => read(openTime, ago) + step,
    open: (ago) => read(open, ago),
    close: (ago) => read(close, ago),
    high(ago) {
      high ??= columns.high();
      return read(high, ago);
    },
    low(ago) {
      low ??= columns.low();
      return read(low, ago);
    },
    volume: (ago) => read(volume, ago),
  };
}
