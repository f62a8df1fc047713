import type { SeriesView } from '../agent/column-family.ts';
import type { InstrumentId } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import type { TickColumn } from '../market/price-ticks.ts';

/** What a view reads, in ticks; `high` and `low` are made when first asked for. */
export type ViewColumns = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly openTime: Float64Array;
  /** One by one: only fills and few strategies look at opens, and a column of them is an eighth of the whole memory of a run. */
  readonly openAt: (index: number) => number;
  readonly close: TickColumn;
  readonly high: () => TickColumn;
  readonly low: () => TickColumn;
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
  const { openTime, openAt, close, volume } = columns;
  const step = INTERVAL_MS[columns.interval];
  let last = -1;

  /** One small function for each column: the engine's hottest path, which must stay small enough to be inlined. */
  const reader =
    (column: TickColumn): ((ago: number) => number) =>
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
  // The time is there whenever the candle is: it answers for the bounds and counts the look.
  const open = (ago: number): number => {
    openTimeAt(ago);
    return openAt(last - ago);
  };
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
    open,
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
