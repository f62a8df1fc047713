import { add, type Decimal, subtract, toFloat, ZERO } from '../domain/decimal.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { drawdownsOf } from '../statistics/drawdown.ts';
import { type Figure, type Measure, measured, notEnough, undefinable } from '../statistics/figure.ts';
import { sharpeRatio, yearlyGrowth } from '../statistics/return-metrics.ts';
import { type TradeMetrics, tradeMetrics } from '../statistics/trade-metrics.ts';
import type { EquityRecord, TradeRecord } from '../statistics/types.ts';
import { type Group, type GroupBy, groupsOf } from './groups.ts';
import { type Bin, histogramOf } from './histogram.ts';
import { type PeriodResult, periodsOf } from './periods.ts';
import type { ClosedTrade, Owner, PerformanceEvent, ResultPoint } from './types.ts';
import { createWalk } from './walk.ts';

export type MeasureInput = {
  readonly events: readonly PerformanceEvent[];
  readonly ownerOf: (cycle: number) => Owner;
  /** When the account was opened, from when on it is looked at, and now; on the account's own clock. */
  readonly openedAt: UnixMs;
  readonly since: UnixMs;
  readonly until: UnixMs;
  readonly netDeposits: Decimal;
  /** The newest price of everything held. */
  readonly marks: ReadonlyMap<InstrumentId, Decimal>;
};

export type Measured = {
  readonly since: UnixMs;
  readonly until: UnixMs;
  /** Since the opening, and in the time that is looked at. */
  readonly total: Decimal;
  readonly result: Decimal;
  readonly fees: Decimal;
  readonly points: readonly ResultPoint[];
  /** Share below the highest equity so far, at each of the points. */
  readonly depth: Float64Array;
  readonly days: readonly PeriodResult[];
  readonly weeks: readonly PeriodResult[];
  readonly months: readonly PeriodResult[];
  readonly groups: Readonly<Record<GroupBy, readonly Group[]>>;
  readonly trades: readonly ClosedTrade[];
  readonly metrics: TradeMetrics;
  readonly maxDrawdown: Measure;
  readonly wholeDays: number;
  readonly yearlyReturn: Figure;
  readonly sharpe: Figure;
  readonly distribution: { readonly r: readonly Bin[]; readonly money: readonly Bin[] };
  readonly hold: readonly { readonly instrumentId: InstrumentId; readonly from: Decimal; readonly to: Decimal }[];
};

const BY: readonly GroupBy[] = ['agent', 'regime', 'symbol', 'family'];

/**
 * What an account did in a stretch of time. Money is exact: the periods, and the groups of each kind, add up to `result` to the last digit.
 * Statistics are floats, and say what they rest on.
 */
export function measureAccount(input: MeasureInput): Measured {
  const { events, ownerOf, openedAt, since, until, marks, netDeposits } = input;
  // What happened in the instant of the opening belongs to the account too.
  const first = since <= openedAt ? 0 : events.findIndex(({ ts }) => ts > since);
  const split = first < 0 ? events.length : first;
  const walk = createWalk(ownerOf);
  walk.takeAll(events.slice(0, split));
  const before = walk.shares();
  const totalBefore = add(ZERO, walk.points.at(-1)?.total ?? ZERO);
  const feesBefore = walk.fees();
  const marksBefore = new Map(walk.marks());
  const [pointsBefore, tradesBefore] = [walk.points.length, walk.trades.length];
  walk.takeAll(events.slice(split));
  const after = walk.shares(marks);
  const total = after.reduce((sum, share) => add(sum, share.total), ZERO);
  const points = [...walk.points.slice(pointsBefore).filter(({ ts }) => ts < until), { ts: until, total }];
  const trades = walk.trades.slice(tradesBefore);
  const record = equityRecord(add(netDeposits, totalBefore), since, netDeposits, points);
  const daily = record === undefined ? undefined : dailyReturns(record);
  const curve = record === undefined ? undefined : drawdownsOf(record);
  const returns = daily?.returns ?? new Float64Array();
  const records = trades.map(tradeRecord);
  return {
    since,
    until,
    total,
    result: subtract(total, totalBefore),
    fees: subtract(walk.fees(), feesBefore),
    points,
    depth: curve?.depth ?? new Float64Array(points.length),
    days: periodsOf('day', points, trades, totalBefore),
    weeks: periodsOf('week', points, trades, totalBefore),
    months: periodsOf('month', points, trades, totalBefore),
    groups: Object.fromEntries(BY.map((by) => [by, groupsOf(by, before, after, trades)])) as Measured['groups'],
    trades,
    metrics: tradeMetrics(records),
    maxDrawdown:
      curve === undefined
        ? undefinable('nothing was paid in')
        : events.length === split
          ? notEnough(0, 1, 'valuations')
          : measured(curve.deepest?.depth ?? 0, points.length),
    wholeDays: returns.length,
    yearlyReturn: yearlyGrowth(returns, daily?.ruined ?? false),
    sharpe: sharpeRatio(returns),
    distribution: {
      r: histogramOf(records.flatMap(({ netPnl, riskTaken }) => (riskTaken === undefined ? [] : [netPnl / riskTaken]))),
      money: histogramOf(records.map(({ netPnl }) => netPnl)),
    },
    hold: holds(events.slice(split), marksBefore, marks),
  };
}

/** Undefined for an account without money: shares of nothing say nothing. */
function equityRecord(
  startEquity: Decimal,
  since: UnixMs,
  netDeposits: Decimal,
  points: readonly ResultPoint[],
): EquityRecord | undefined {
  const start = toFloat(startEquity);
  if (!(start > 0)) return undefined;
  return {
    startEquity: start,
    startTime: since,
    times: Float64Array.from(points, ({ ts }) => ts),
    equity: Float64Array.from(points, ({ total }) => toFloat(add(netDeposits, total))),
    // The marks of an account come when something happens; what is made of them here asks for no length.
    intervalMs: 0,
  };
}

const tradeRecord = (trade: ClosedTrade): TradeRecord => {
  const quantity = toFloat(trade.quantity);
  const [bought, sold] = [toFloat(trade.bought), toFloat(trade.sold)];
  const long = trade.direction === 'long';
  return {
    entryTime: trade.entryTime,
    exitTime: trade.exitTime,
    direction: trade.direction,
    quantity,
    entryPrice: (long ? bought : sold) / quantity,
    exitPrice: (long ? sold : bought) / quantity,
    fees: toFloat(trade.fees),
    netPnl: toFloat(trade.net),
    ...(trade.risk === null || !(trade.risk > 0) ? {} : { riskTaken: trade.risk }),
  };
};

/** What each instrument did from the first price known in the time to the newest: what holding it would have been compared with. */
function holds(
  events: readonly PerformanceEvent[],
  before: ReadonlyMap<InstrumentId, Decimal>,
  now: ReadonlyMap<InstrumentId, Decimal>,
): Measured['hold'] {
  const firsts = new Map<InstrumentId, Decimal>();
  const lasts = new Map<InstrumentId, Decimal>();
  for (const { instrumentId, price } of events) {
    if (!firsts.has(instrumentId)) firsts.set(instrumentId, before.get(instrumentId) ?? price);
    lasts.set(instrumentId, price);
  }
  return [...firsts].map(([instrumentId, from]) => ({
    instrumentId,
    from,
    to: now.get(instrumentId) ?? lasts.get(instrumentId) ?? from,
  }));
}
