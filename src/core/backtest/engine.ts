import type { ColumnMarket, ColumnStrategy } from '../agent/column-family.ts';
import type { ColumnPlan } from '../agent/column-plan.ts';
import { formatDecimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { PART } from '../kernel/parts.ts';
import type { TickColumn } from '../market/price-ticks.ts';
import { createBook, type MatchingBook } from '../matching/book.ts';
import type { Grid } from '../matching/grid.ts';
import type { MatchRules } from '../matching/types.ts';
import type { BookKeeper } from './book-keeper.ts';
import { type CandlePlayer, createCandlePlayer } from './candle-player.ts';
import type { CurveMemory } from './curve-memory.ts';
import { createRunJournal } from './journal-columns.ts';
import type { QuantityRules } from './order-rules.ts';
import { playPlan } from './play-plan.ts';
import { type Cursor, createRunDesk } from './run-desk.ts';
import { createSeriesView, type MovingView, type StepBudget, type ViewColumns } from './series-view.ts';
import type { JournalColumns } from './types.ts';

export type EngineInput = {
  readonly grid: Grid;
  /** The traded series first. Prices in ticks of `grid`. */
  readonly series: readonly [ViewColumns, ...ViewColumns[]];
  /** Finer candles of the traded series, for what happens inside one of its candles. */
  readonly detail: ViewColumns | undefined;
  readonly strategy: ColumnStrategy;
  /** In place of the strategy: it is asked at the planned closes alone. */
  readonly plan: ColumnPlan | undefined;
  /** Closed candles before the first decision. */
  readonly warmUp: number;
  readonly keeper: BookKeeper;
  readonly match: MatchRules;
  /** Undefined: no lot, minimum or buying power is asked for. */
  readonly rules: QuantityRules | undefined;
  /** Lots of one base unit. */
  readonly unit: number;
  /** Values that a strategy may look at in one decision. */
  readonly stepsPerDecision: number;
  readonly curve: CurveMemory;
};

export type EngineOutput = {
  readonly equity: Float64Array;
  /** Candles at whose close something was held. */
  readonly candlesHeld: number;
  readonly journal: JournalColumns;
};

/** The strategy failed at a candle: the run has no result. */
export class StrategyError extends Error {
  readonly at: UnixMs;
  constructor(cause: unknown, at: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StrategyError';
    this.at = at as UnixMs;
  }
}

/**
 * The event loop: for each candle of the traded series first its fills, then the account at its close, then the decision of the
 * strategy, whose orders meet the next candle. Other series move on by themselves and show a candle only after its close. Nothing is
 * allocated for a candle; money is touched when something fills.
 */
export function runEngine(input: EngineInput): EngineOutput {
  const { grid, series, keeper, match, rules, warmUp, strategy } = input;
  const [traded, ...others] = series;
  const { openTime, close } = traded;
  const step = INTERVAL_MS[traded.interval];
  const count = openTime.length;
  const book = createBook(match);
  const journal = createRunJournal();
  const cursor: Cursor = { candle: -1, closeTimeOf: (candle) => (openTime[candle] as number) + step };
  const tick = Number(formatDecimal(grid.tick));
  const desk = createRunDesk({ book, keeper, journal, cursor, unit: input.unit, tick, rules });
  const player = createCandlePlayer({
    grid,
    columns: traded,
    detail: input.detail,
    book,
    keeper,
    journal,
    desk,
    match,
    rules,
  });
  const budget: StepBudget = { left: 0, perDecision: input.stepsPerDecision };
  const view = createSeriesView(traded, budget);
  const looked: readonly Looked[] = others.map((columns) => ({
    view: createSeriesView(columns, budget),
    columns,
    next: 0,
  }));
  const market: ColumnMarket = { series: [view, ...looked.map((other) => other.view)], desk };
  const loop: Loop = {
    book,
    player,
    keeper,
    view,
    looked,
    strategy,
    market,
    budget,
    cursor,
    openTime,
    close,
    equity: input.curve(count),
    step,
    warmUp,
    cash: keeper.cashFloat(),
    worth: 0,
    candlesHeld: 0,
    index: 0,
    deciding: false,
  };
  try {
    if (input.plan !== undefined) playPlan(loop, input.plan);
    while (loop.index < count) playPart(loop, Math.min(count, loop.index + PART));
  } catch (error) {
    // Anything else is a bug of ours, or data that cannot be counted: it must not pass for a strategy's failure.
    if (!loop.deciding) throw error;
    throw new StrategyError(error, (openTime[loop.index] ?? 0) + step);
  }
  return { equity: loop.equity, candlesHeld: loop.candlesHeld, journal: journal.done() };
}

/** What the loop works with, and where it stands. */
export type Loop = {
  readonly book: MatchingBook;
  readonly player: CandlePlayer;
  readonly keeper: BookKeeper;
  readonly view: MovingView;
  readonly looked: readonly Looked[];
  readonly strategy: ColumnStrategy;
  readonly market: ColumnMarket;
  readonly budget: StepBudget;
  readonly cursor: Cursor;
  readonly openTime: Float64Array;
  readonly close: TickColumn;
  readonly equity: Float64Array;
  readonly step: number;
  readonly warmUp: number;
  cash: number;
  /** What is held, in quote for each tick of the price. */
  worth: number;
  candlesHeld: number;
  index: number;
  /** The strategy is being asked. */
  deciding: boolean;
};

/** Plays candles up to `end`. What changes with each candle is kept in variables and handed back at the end. */
function playPart(loop: Loop, end: number): void {
  const { book, player, keeper, view, looked, strategy, market, budget, cursor, openTime, close, equity } = loop;
  const { step, warmUp } = loop;
  const { unitFloat } = keeper;
  let { cash, worth, candlesHeld } = loop;
  for (let index = loop.index; index < end; index++) {
    loop.index = index;
    if ((book.size > 0 || worth < 0) && player.play(index)) {
      cash = keeper.cashFloat();
      worth = keeper.held() * unitFloat;
    }
    equity[index] = cash + worth * (close[index] as number);
    if (worth !== 0) candlesHeld += 1;
    view.moveTo(index);
    for (let other = 0; other < looked.length; other++)
      reveal(looked[other] as Looked, (openTime[index] as number) + step);
    if (index + 1 < warmUp) continue;
    cursor.candle = index;
    budget.left = budget.perDecision;
    loop.deciding = true;
    strategy(market);
    loop.deciding = false;
  }
  loop.index = end;
  loop.cash = cash;
  loop.worth = worth;
  loop.candlesHeld = candlesHeld;
}

/** Another series and how many of its candles are shown. */
export type Looked = { readonly view: MovingView; readonly columns: ViewColumns; next: number };

/** Shows every candle of another series that has closed by `now`. */
export function reveal(other: Looked, now: number): void {
  const { openTime, interval } = other.columns;
  const step = INTERVAL_MS[interval];
  const before = other.next;
  while (other.next < openTime.length && (openTime[other.next] as number) + step <= now) other.next += 1;
  if (other.next !== before) other.view.moveTo(other.next - 1);
}
