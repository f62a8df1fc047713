import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { countBefore } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { probabilisticSharpe } from '#core/statistics/deflated-sharpe.ts';
import { drawdownsOf } from '#core/statistics/drawdown.ts';
import { type Figure, measured, notEnough } from '#core/statistics/figure.ts';
import { calmarRatio, sharpeRatio, sortinoRatio, volatility, yearlyGrowth } from '#core/statistics/return-metrics.ts';
import { DAY_MS } from '#core/statistics/types.ts';
import { planWalkForward, type Span, type WalkForwardPlan } from '#core/statistics/walk-forward.ts';
import type { WalkForwardRequest } from '#shared/contract/lab.ts';
import type { FigureView, LabStudyView } from '#shared/contract/lab-views.ts';
import { concatenated } from './concatenated.ts';
import { figureOf } from './metric-figures.ts';
import type { RunPeriod } from './protocol.ts';
import { candidatesOf, placeName } from './search.ts';
import { bestOf, type KeptTrial, type StudyBench, type StudyTask, scoreOf } from './study-types.ts';

/** Share of the candles before the holdout that the first training has. */
const FIRST_TRAINING = 0.4;
/** Candles of a purge or an embargo when nobody says otherwise, as a share of all. */
export const USUAL_GAP = 0.01;

type Fold = Extract<LabStudyView, { readonly kind: 'walk-forward' }>['folds'][number];

export type WalkForwardOutcome = {
  /** Every configuration over all candles before the holdout. */
  readonly trials: readonly KeptTrial[];
  readonly folds: readonly Fold[];
  readonly outOfSample: Readonly<Record<string, FigureView>>;
  readonly plan: WalkForwardPlan;
};

/** Indices of the asked period: plans are made of candles, runs of moments. */
export function periodSpan({ openTime, interval, length }: CandleColumns, { from, to }: RunPeriod): Span {
  const begin = from === undefined ? 0 : countBefore(openTime, from);
  return { from: begin, to: to === undefined ? length : countBefore(openTime, to - INTERVAL_MS[interval] + 1) };
}

export const periodOf = ({ openTime, interval }: CandleColumns, { from, to }: Span): Required<RunPeriod> => ({
  from: unixMs(openTime[from] as number),
  to: unixMs((openTime[to - 1] as number) + INTERVAL_MS[interval]),
});

/** Splits of the asked period, as indices of all candles. Throws Fault `usage` when the candles are too few. */
export function planOf(columns: CandleColumns, period: RunPeriod, request: WalkForwardRequest): WalkForwardPlan {
  const { method, kind, folds, holdout } = request;
  if (method === 'adaptive')
    throw new Fault(
      'usage',
      'a walk-forward does not search adaptively: what one fold tried would tell the others about their tests',
      'Use grid or random.',
    );
  const { from, to } = periodSpan(columns, period);
  const length = Math.max(0, to - from);
  const usual = Math.ceil(length * USUAL_GAP);
  const [purge, embargo] = [request.purge ?? usual, request.embargo ?? usual];
  const holdoutLength = Math.floor(length * holdout);
  const open = length - holdoutLength - (holdoutLength === 0 ? 0 : purge + embargo);
  const trainLength = Math.max(1, Math.floor(open * FIRST_TRAINING));
  const testLength = Math.max(1, Math.ceil((open - trainLength - purge - embargo) / folds));
  const plan = planWalkForward({ length, kind, trainLength, testLength, purge, embargo, holdoutLength });
  const moved = (span: Span): Span => ({ from: span.from + from, to: span.to + from });
  return {
    splits: plan.splits.map(({ train, test }) => ({ train: train.map(moved), test: moved(test) })),
    holdout: moved(plan.holdout),
  };
}

/** All candles that no split may see: the holdout and the gap before it are left out. */
export const beforeHoldout = ({ splits }: WalkForwardPlan): Span => ({
  from: splits[0]?.train[0]?.from ?? 0,
  to: splits.at(-1)?.test.to ?? 0,
});

/** A test on candles of its own; what lies before them only warms the indicators up, and nothing is decided there. */
export function testTask(
  bench: Pick<StudyBench, 'data' | 'family'>,
  name: string,
  params: KeptTrial['params'],
  test: Span,
): StudyTask {
  const { columns } = bench.data;
  const warmUp = bench.family.warmUp(params);
  const period = periodOf(columns, { from: Math.max(0, test.from - warmUp), to: test.to });
  return { name, params, period, measureFrom: unixMs(columns.openTime[test.from] as number) };
}

/**
 * Chooses in each training, tests on candles that no choice has seen, and judges the tests put together. A configuration is trained on
 * its candles alone: the others are not even handed to the engine.
 */
export async function runWalkForward(bench: StudyBench, request: WalkForwardRequest): Promise<WalkForwardOutcome> {
  const { columns } = bench.data;
  const plan = planOf(columns, bench.period, request);
  const candidates = candidatesOf(bench, request);
  const { splits } = plan;
  bench.plan(candidates.length * (splits.length + 1) + splits.length);
  const whole = periodOf(columns, beforeHoldout(plan));
  const trials = await bench.run(
    candidates.map((params, place): StudyTask => ({ name: `all/${placeName(place)}`, params, period: whole })),
  );
  const folds: Fold[] = [];
  const tests: Float64Array[] = [];
  for (const [index, { train, test }] of splits.entries()) {
    const fold = `fold${String(index).padStart(2, '0')}`;
    const span = train[0] as Span;
    const period = periodOf(columns, span);
    const trained = await bench.run(
      candidates.map((params, place): StudyTask => ({ name: `${fold}/${placeName(place)}`, params, period })),
    );
    const best = bestOf(trained, request.objective);
    const chosen = best === undefined ? undefined : (trained[best] as KeptTrial);
    const testPeriod = periodOf(columns, test);
    const moments = { trainFrom: period.from, trainTo: period.to, testFrom: testPeriod.from, testTo: testPeriod.to };
    if (chosen === undefined) {
      folds.push({ ...moments, params: null, trainScore: null, testScore: null, testReturn: NO_CHOICE, testTrades: 0 });
      continue;
    }
    const name = `${fold}/test`;
    const [tested] = await bench.run([testTask(bench, name, chosen.params, test)]);
    if (tested === undefined) throw new Error('a test without a result');
    const returns = bench.returnsOf(name);
    if (returns !== null) tests.push(returns);
    folds.push({
      ...moments,
      params: chosen.params,
      trainScore: scoreOf(chosen, request.objective),
      testScore: scoreOf(tested, request.objective),
      testReturn: figureOf(tested.totalReturn),
      testTrades: tested.trades,
    });
  }
  return { trials, folds, outOfSample: judgeReturns(concatenated(tests)), plan };
}

const NO_CHOICE: FigureView = { undefinable: 'no configuration had a score in training' };

/** Figures of daily returns alone, compounded. The first and last partial days of each test are in none of them. */
export function judgeReturns(returns: Float64Array): Readonly<Record<string, FigureView>> {
  const equity = new Float64Array(returns.length);
  let mark = 1;
  for (let i = 0; i < returns.length; i++) {
    mark *= 1 + (returns[i] as number);
    equity[i] = mark;
  }
  const { deepest } = drawdownsOf({
    startEquity: 1,
    startTime: 0,
    times: Float64Array.from(equity, (_, i) => (i + 1) * DAY_MS),
    equity,
    intervalMs: DAY_MS,
  });
  const n = returns.length;
  const growth = yearlyGrowth(returns, mark <= 0);
  const fact = (value: number): Figure => (n === 0 ? notEnough(0, 1, 'whole days of tests') : measured(value, n));
  const figures: Readonly<Record<string, Figure>> = {
    totalReturn: fact(mark - 1),
    yearlyGrowth: growth,
    volatility: volatility(returns),
    sharpe: sharpeRatio(returns),
    sortino: sortinoRatio(returns),
    calmar: calmarRatio(growth, deepest?.depth ?? 0),
    maxDrawdown: fact(deepest?.depth ?? 0),
    undeflatedSharpe: probabilisticSharpe(returns, 0),
  };
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figureOf(figure)]));
}
