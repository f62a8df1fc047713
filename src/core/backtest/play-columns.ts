import type { ColumnFamily } from '../agent/column-family.ts';
import type { ColumnPlan } from '../agent/column-plan.ts';
import { decimal, divide, formatDecimal, ONE } from '../domain/decimal.ts';
import { createRng } from '../kernel/rng.ts';
import type { NewsReader } from '../news/types.ts';
import { createBookKeeper, type KeptBooks } from './book-keeper.ts';
import { type CurveMemory, ownCurve } from './curve-memory.ts';
import { type EngineInput, type EngineOutput, runEngine } from './engine.ts';
import { ASSUMED_QUOTE_SCALE, type PreparedRun } from './prepare-run.ts';
import { matchRulesOf } from './profiles.ts';
import type { ViewColumns } from './series-view.ts';

export type PlayHooks = {
  /** Around the event loop alone. */
  readonly onLoop: ((moment: 'begin' | 'end') => void) | undefined;
  /** Values that a strategy may look at in one decision. */
  readonly stepsPerDecision: number;
  /** Memory for the curve; each run's own when left out. */
  readonly curve?: CurveMemory | undefined;
  /** What agents may know of the news; families of columns read none. */
  readonly news?: NewsReader | undefined;
};

export type Played = EngineOutput & { readonly books: KeptBooks; readonly warmUp: number };

/** Plays a family of columns. Throws StrategyError when the strategy fails. */
export function playColumns(run: PreparedRun, family: ColumnFamily, hooks: PlayHooks): Played {
  const { grid, cash, feeBps, params, profiles, instrument } = run;
  const feeScale = profiles.costs === 'fee-only' ? undefined : (instrument?.quoteScale ?? ASSUMED_QUOTE_SCALE);
  const keeper = createBookKeeper({ grid, cash, feeBps, feeScale, margin: instrument?.margin });
  const [traded, ...others] = run.series;
  const { facts } = run;
  const first = facts.view(traded, grid.tick);
  const warmUp = family.warmUp(params);
  const input: EngineInput = {
    grid,
    series: [first, ...others.map((other) => facts.view(other, facts.step(other.columns)))],
    detail: run.detail === undefined ? undefined : facts.view(run.detail, grid.tick),
    strategy: family.create(params, createRng(run.seed)),
    plan: planOf(run, family, first),
    warmUp,
    keeper,
    match: matchRulesOf(profiles.limits, profiles.costs),
    rules: quantityRules(run),
    unit: Number(formatDecimal(divide(ONE, grid.lot, 0, 'down'))),
    stepsPerDecision: hooks.stepsPerDecision,
    curve: hooks.curve ?? ownCurve,
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

/** Only for spot on one series without detail: whatever else goes on between decisions has to be played candle by candle. */
function planOf(
  { facts, params, series, detail, instrument }: PreparedRun,
  family: ColumnFamily,
  view: ViewColumns,
): ColumnPlan | undefined {
  if (series.length > 1 || detail !== undefined || instrument?.margin !== undefined) return undefined;
  const shared = facts.shared?.(view);
  return shared === undefined ? undefined : family.plan?.(shared, params);
}
