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

  /** One small function for each column: the engine's hottest path, which must stay small enough to be inlined. */
  const reader =
    (column: Float64Array): ((ago: number) => number) =>
    (ago) => {
      budget.left -= 1;
      const value = ago >= 0 ? column[last - ago] : undefined;
      if (value === undefined || budget.left < 0) throw refusal(ago);
      return value;
    };
  const refusal = (ago: number): Error =>
    budget.left < 0
      ? new StepBudgetError(budget.perDecision)
      : new RangeError(`no closed candle ${ago} back: ${last + 1} are known`);

  const openTimeAt = reader(openTime);
  let high: ((ago: number) => number) | undefined;
  let low: ((ago: number) => number) | undefined;
  return {
    instrumentId: columns.instrumentId,
    interval: columns.interval,
    moveTo(index) {
      last = index;
    },
    count: () => last + 1,
    openTime: openTimeAt,
    closeTime: (ago) => openTimeAt(ago) + step,
    open: reader(open),
    close: reader(close),
    high(ago) {
      high ??= reader(columns.high());
      return high(ago);
    },
    low(ago) {
      low ??= reader(columns.low());
      return low(ago);
    },
    volume: reader(volume),
  };
}
