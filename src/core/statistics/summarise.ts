import type { Rng } from '../kernel/rng.ts';
import { type Activity, activityOf, type CostBreakdown, costsOf } from './activity.ts';
import { type BuyAndHold, buyAndHold, type RandomEntry, randomEntry } from './benchmarks.ts';
import { bootstrapInterval, plainSharpe } from './bootstrap.ts';
import { checkEquity, checkMarket, checkTrades } from './check-input.ts';
import { dailyReturns } from './daily-returns.ts';
import {
  type DeflatedSharpe,
  deflatedSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  type TrialCount,
} from './deflated-sharpe.ts';
import { type Drawdown, drawdownsOf } from './drawdown.ts';
import { type Estimate, isKnown, type Measure, measured, notEnough } from './figure.ts';
import { limitDigits } from './limit-digits.ts';
import { meanOf } from './moments.ts';
import { type MonthlyReturn, monthlyReturns } from './monthly-returns.ts';
import { permutationOfEntries } from './permutation-test.ts';
import { positionsOf } from './positions.ts';
import { calmarRatio, meanDailyReturn, sharpeRatio, sortinoRatio, volatility, yearlyGrowth } from './return-metrics.ts';
import { type TailRisk, tailRisk } from './tail-risk.ts';
import { type TradeMetrics, tradeMetrics } from './trade-metrics.ts';
import { DAYS_PER_YEAR, type EquityRecord, type MarketRecord, type TradeRecord } from './types.ts';

export type SummaryInput = {
  readonly record: EquityRecord;
  /** Closed positions, in any order. */
  readonly trades: readonly TradeRecord[];
  /** Prices of the one instrument that was traded; without them there is no benchmark. */
  readonly market?: MarketRecord;
  /** Cost of one side as a share of the money traded, which the benchmarks pay too. */
  readonly costPerSide?: number;
  /** Configurations that were tried on these data before this one was chosen; one when left out. */
  readonly trials?: TrialCount;
  /** Chance for resampling; a fork of the run's, so that a run gives the same figures again. */
  readonly rng: Rng;
};

/** Every figure of a back-test as plain data, with at most ten significant digits. */
export type BacktestMetrics = {
  readonly period: {
    readonly from: number;
    readonly to: number;
    readonly candles: number;
    readonly intervalMs: number;
    /** Whole UTC days: what every daily figure rests on. */
    readonly wholeDays: number;
    readonly daysPerYear: number;
  };
  readonly equity: {
    readonly start: number;
    readonly end: number;
    readonly totalReturn: Measure;
    readonly yearlyGrowth: Estimate;
    readonly meanDailyReturn: Estimate;
    readonly months: readonly MonthlyReturn[];
  };
  readonly risk: {
    readonly volatility: Estimate;
    readonly sharpe: Estimate;
    readonly sortino: Estimate;
    readonly calmar: Measure;
    readonly tail95: TailRisk;
    readonly tail99: TailRisk;
  };
  readonly drawdown: {
    readonly deepest: Measure;
    readonly longestMs: Measure;
    readonly timeUnderWater: Measure;
    /** The five deepest, deepest first. */
    readonly worst: readonly Drawdown[];
  };
  readonly trades: TradeMetrics;
  readonly activity: Activity;
  readonly costs: CostBreakdown;
  readonly benchmarks: {
    readonly buyAndHold: Measure;
    readonly randomEntry: RandomEntry | undefined;
  };
  readonly significance: {
    /** Yearly Sharpe ratio and mean daily return with intervals that allow for dependence between days. */
    readonly sharpe: Estimate;
    readonly meanDailyReturn: Estimate;
    /** Chance that entries at random would have gained as much. */
    readonly entries: Estimate;
    /** Probability of a true Sharpe ratio above zero, as if this had been the only configuration. */
    readonly undeflated: Measure;
    readonly deflated: DeflatedSharpe;
    /** Days of record that would be needed for 95 % confidence in a Sharpe ratio above zero. */
    readonly minimumTrackRecord: Measure;
  };
};

/** Placements of trades that one benchmark or test may make: keeps runs with very many trades within a fraction of a second. */
const MOST_PLACEMENTS = 1_000_000;

/** Judges a run. Throws Fault `bad_data` when the record is no record; every lack of data is said in the figure it concerns. */
export function summarise(input: SummaryInput): BacktestMetrics {
  const { record, trades, market, costPerSide = 0, rng, trials = { trials: 1, sharpeVariance: 0 } } = input;
  checkEquity(record);
  checkTrades(trades);
  if (market !== undefined) checkMarket(market, record.equity.length);
  const { returns, ruined } = dailyReturns(record);
  const candles = record.equity.length;
  const end = candles === 0 ? record.startEquity : (record.equity[candles - 1] as number);
  const growth = yearlyGrowth(returns, ruined);
  const curve = drawdownsOf(record);
  const none = notEnough(0, 1, 'candles');
  const fact = (value: number): Measure => (candles === 0 ? none : measured(value, candles));
  return limitDigits({
    period: {
      from: record.startTime,
      to: candles === 0 ? record.startTime : (record.times[candles - 1] as number),
      candles,
      intervalMs: record.intervalMs,
      wholeDays: returns.length,
      daysPerYear: DAYS_PER_YEAR,
    },
    equity: {
      start: record.startEquity,
      end,
      totalReturn: fact(end / record.startEquity - 1),
      yearlyGrowth: growth,
      meanDailyReturn: meanDailyReturn(returns),
      months: monthlyReturns(record),
    },
    risk: {
      volatility: volatility(returns),
      sharpe: sharpeRatio(returns),
      sortino: sortinoRatio(returns),
      calmar: calmarRatio(growth, curve.deepest?.depth ?? 0),
      tail95: tailRisk(returns, 0.95),
      tail99: tailRisk(returns, 0.99),
    },
    drawdown: {
      deepest: fact(curve.deepest?.depth ?? 0),
      longestMs: fact(curve.longest?.durationMs ?? 0),
      timeUnderWater: fact(curve.timeUnderWater),
      worst: curve.drawdowns.toSorted((a, b) => b.depth - a.depth).slice(0, 5),
    },
    trades: tradeMetrics(trades),
    activity: activityOf(record, trades),
    costs: costsOf(trades),
    benchmarks: benchmarksOf(input, costPerSide),
    significance: {
      sharpe: yearly(bootstrapInterval(returns, plainSharpe, { rng: rng.fork('bootstrap sharpe') })),
      meanDailyReturn: bootstrapInterval(returns, meanOf, { rng: rng.fork('bootstrap mean') }),
      entries: entriesOf(input),
      undeflated: probabilisticSharpe(returns, 0),
      deflated: deflatedSharpe(returns, trials),
      minimumTrackRecord: minimumTrackRecord(returns),
    },
  });
}

function benchmarksOf({ record, trades, market, rng }: SummaryInput, cost: number): BacktestMetrics['benchmarks'] {
  if (market === undefined) return { buyAndHold: notEnough(0, 1, 'prices'), randomEntry: undefined };
  const held: BuyAndHold = buyAndHold(record, market, cost);
  const runs = runsFor(trades.length);
  return {
    buyAndHold: held.totalReturn,
    randomEntry: randomEntry(record, market, trades, cost, rng.fork('random entry'), runs),
  };
}

function entriesOf({ record, trades, market, rng }: SummaryInput): Estimate {
  if (market === undefined) return notEnough(0, 1, 'prices');
  const positions = positionsOf(record, trades);
  return permutationOfEntries(
    market.open,
    positions,
    rng.fork('permutation'),
    Math.max(99, runsFor(trades.length) - 1),
  );
}

const runsFor = (trades: number): number =>
  Math.max(100, Math.min(1000, Math.floor(MOST_PLACEMENTS / Math.max(1, trades))));

/** A daily Sharpe ratio with its interval as a yearly one. */
function yearly(figure: Estimate): Estimate {
  if (!isKnown(figure)) return figure;
  const year = Math.sqrt(DAYS_PER_YEAR);
  const { low, high } = figure.interval;
  return {
    ...figure,
    value: figure.value * year,
    interval: { ...figure.interval, low: low * year, high: high * year },
  };
}
