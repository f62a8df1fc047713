import type { TradingAccount } from '#core/cycle/account.ts';
import { add, type Decimal, formatDecimal, toFloat } from '#core/domain/decimal.ts';
import { symbolOf } from '#core/performance/account-events.ts';
import type { Group } from '#core/performance/groups.ts';
import type { Measured } from '#core/performance/measure.ts';
import type { PeriodResult } from '#core/performance/periods.ts';
import { profitAndLoss } from '#core/performance/profit-and-loss.ts';
import type { ClosedTrade } from '#core/performance/types.ts';
import { thinOut } from '#core/report/thin-out.ts';
import type { GroupView, PerformanceView, PeriodResultView, ProfitAndLossView } from '#shared/contract/performance.ts';
import { figureOf } from '../lab/metric-figures.ts';

/** Points of a curve that a screen can show. */
const MOST_POINTS = 800;
const MOST_TRADES = 500;

/** The same for every face. */
export function profitAndLossView(account: TradingAccount): ProfitAndLossView {
  const { equity, netDeposits, total, realised, unrealised, fees } = profitAndLoss(account.state(), account.prices());
  return {
    equity: formatDecimal(equity),
    netDeposits: formatDecimal(netDeposits),
    total: formatDecimal(total),
    realised: formatDecimal(realised),
    unrealised: formatDecimal(unrealised),
    fees: formatDecimal(fees),
    since: account.openedAt,
  };
}

const periodView = ({ start, result, trades, won }: PeriodResult): PeriodResultView => ({
  start,
  result: formatDecimal(result),
  trades,
  won,
});

const groupView = ({ key, result, trades, winRate, expectancyR }: Group): GroupView => ({
  key,
  result: formatDecimal(result),
  trades,
  winRate: figureOf(winRate),
  expectancyR: figureOf(expectancyR),
});

const tradeView = (trade: ClosedTrade): PerformanceView['trades'][number] => ({
  agentId: trade.owner.agentId,
  instrument: symbolOf(trade.instrumentId),
  direction: trade.direction,
  entryTime: trade.entryTime,
  exitTime: trade.exitTime,
  quantity: formatDecimal(trade.quantity),
  fees: formatDecimal(trade.fees),
  net: formatDecimal(trade.net),
  r: trade.risk === null || !(trade.risk > 0) ? null : toFloat(trade.net) / trade.risk,
});

/** The curve with as many points as a screen has room for; highest and lowest of each stretch are kept. */
function curveOf(measured: Measured, netDeposits: Decimal): PerformanceView['curve'] {
  const { points, depth } = measured;
  const times = Float64Array.from(points, ({ ts }) => ts);
  const equity = Float64Array.from(points, ({ total }) => toFloat(add(netDeposits, total)));
  const kept = thinOut(times, equity, MOST_POINTS);
  const depthAt = new Map(points.map(({ ts }, i) => [ts as number, depth[i] ?? 0]));
  return {
    time: kept.map(({ x }) => x),
    equity: kept.map(({ y }) => y),
    depth: kept.map(({ x }) => depthAt.get(x) ?? 0),
  };
}

export type ViewInput = Pick<PerformanceView, 'account' | 'accounts' | 'shadow' | 'basis'> & {
  readonly trading: TradingAccount;
  readonly measured: Measured;
};

export function performanceView({ trading, measured, ...rest }: ViewInput): PerformanceView {
  const { metrics, groups, distribution } = measured;
  const pnl = profitAndLoss(trading.state(), trading.prices());
  return {
    ...rest,
    quoteAsset: trading.asset,
    pnl: profitAndLossView(trading),
    since: measured.since,
    until: measured.until,
    result: formatDecimal(measured.result),
    fees: formatDecimal(measured.fees),
    curve: curveOf(measured, pnl.netDeposits),
    days: measured.days.map(periodView),
    weeks: measured.weeks.map(periodView),
    months: measured.months.map(periodView),
    by: {
      agent: groups.agent.map(groupView),
      regime: groups.regime.map(groupView),
      symbol: groups.symbol.map(groupView),
      family: groups.family.map(groupView),
    },
    figures: {
      trades: metrics.count,
      won: metrics.gains,
      winRate: figureOf(metrics.winRate),
      expectancyR: figureOf(metrics.expectancyR),
      expectancyMoney: figureOf(metrics.expectancyMoney),
      profitFactor: figureOf(metrics.profitFactor),
      payoffRatio: figureOf(metrics.payoffRatio),
      longestLosingStreak: figureOf(metrics.longestLosingStreak),
      maxDrawdown: figureOf(measured.maxDrawdown),
      yearlyReturn: figureOf(measured.yearlyReturn),
      sharpe: figureOf(measured.sharpe),
      wholeDays: measured.wholeDays,
    },
    distribution: { r: [...distribution.r], money: [...distribution.money] },
    trades: measured.trades.slice(-MOST_TRADES).toReversed().map(tradeView),
    hold: measured.hold.map(({ instrumentId, from, to }) => ({
      instrument: symbolOf(instrumentId),
      from: formatDecimal(from),
      to: formatDecimal(to),
      return: toFloat(to) / toFloat(from) - 1,
    })),
  };
}
