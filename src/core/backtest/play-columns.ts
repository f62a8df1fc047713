import type { ColumnFamily } from '../agent/column-family.ts';
import { type Decimal, decimal, divide, formatDecimal, ONE } from '../domain/decimal.ts';
import { createRng } from '../kernel/rng.ts';
import { checkTicks, compactTicksOf, finestStep, type TickColumn, tickScale, ticksIn } from '../market/price-ticks.ts';
import { createBookKeeper, type KeptBooks } from './book-keeper.ts';
import { type EngineInput, type EngineOutput, runEngine } from './engine.ts';
import { ASSUMED_QUOTE_SCALE, type PreparedRun } from './prepare-run.ts';
import { matchRulesOf } from './profiles.ts';
import type { ViewColumns } from './series-view.ts';
import type { BacktestSeries } from './types.ts';

export type PlayHooks = {
  /** Around the event loop alone. */
  readonly onLoop: ((moment: 'begin' | 'end') => void) | undefined;
  /** Values that a strategy may look at in one decision. */
  readonly stepsPerDecision: number;
};

export type Played = EngineOutput & { readonly books: KeptBooks; readonly warmUp: number };

/** Plays a family of columns. Throws StrategyError when the strategy fails. */
export function playColumns(run: PreparedRun, family: ColumnFamily, hooks: PlayHooks): Played {
  const { grid, cash, feeBps, params, profiles, instrument } = run;
  const feeScale = profiles.costs === 'fee-only' ? undefined : (instrument?.quoteScale ?? ASSUMED_QUOTE_SCALE);
  const keeper = createBookKeeper({ grid, cash, feeBps, feeScale, margin: instrument?.margin });
  const [traded, ...others] = run.series;
  const first = viewColumns(traded, grid.tick);
  const warmUp = family.warmUp(params);
  const input: EngineInput = {
    grid,
    series: [first, ...others.map((other) => viewColumns(other, finestStep(other.columns)))],
    detail: run.detail === undefined ? undefined : viewColumns(run.detail, grid.tick),
    strategy: family.create(params, createRng(run.seed)),
    warmUp,
    keeper,
    match: matchRulesOf(profiles.limits, profiles.costs),
    rules: quantityRules(run),
    unit: Number(formatDecimal(divide(ONE, grid.lot, 0, 'down'))),
    stepsPerDecision: hooks.stepsPerDecision,
  };
  hooks.onLoop?.('begin');
  let output: EngineOutput;
  try {
    output = runEngine(input);
  } finally {
    hooks.onLoop?.('end');
  }
  return { ...output, warmUp, books: keeper.done(first.close[first.close.length - 1] as number) };
}

function quantityRules({ profiles, instrument, grid }: PreparedRun) {
  if (profiles.limits === 'none') return undefined;
  if (instrument === undefined) return { minLots: 1, minNotional: decimal(0n) };
  return { minLots: grid.lotsOf(instrument.minQuantity, 'the least quantity'), minNotional: instrument.minNotional };
}

/** Columns in ticks; highs and lows, which few strategies look at, only when somebody asks. Throws what `toTicks` throws. */
export function viewColumns({ instrumentId, columns }: BacktestSeries, tick: Decimal): ViewColumns {
  const { interval, openTime, open, volume } = columns;
  checkTicks(columns, 'open', tick);
  const scale = tickScale(tick);
  const column = (name: 'high' | 'low') => {
    let made: TickColumn | undefined;
    return () => {
      made ??= compactTicksOf(columns, name, tick);
      return made;
    };
  };
  return {
    instrumentId,
    interval,
    openTime,
    openAt: (index) => ticksIn(open[index] as number, scale),
    close: compactTicksOf(columns, 'close', tick),
    high: column('high'),
    low: column('low'),
    volume,
  };
}
