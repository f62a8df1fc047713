import { type Measure, measured, notEnough, undefinable } from './figure.ts';
import { meanOf } from './moments.ts';
import { DAY_MS, DAYS_PER_YEAR, type EquityRecord, type TradeRecord } from './types.ts';

export type Activity = {
  /** Share of the record's time with a position open, 0..1; overlapping positions count once. */
  readonly exposure: Measure;
  /** Share of the time with a short position open; part of the exposure. */
  readonly shortExposure: Measure;
  /** Money bought and sold over the mean equity, the whole record. */
  readonly turnover: Measure;
  /** The same a year; left undefined by records of less than 30 days. */
  readonly yearlyTurnover: Measure;
};

export type CostBreakdown = {
  readonly fees: number;
  readonly slippage: number;
  readonly carry: number;
  readonly total: number;
  /** Costs over the result before costs; above 1 the costs ate more than was earned. */
  readonly shareOfGrossGain: Measure;
  /** Costs over money bought and sold: what one unit of turnover cost. */
  readonly perTurnover: Measure;
};

const ENOUGH_DAYS_OF_TURNOVER = 30;

export function activityOf(record: EquityRecord, trades: readonly TradeRecord[]): Activity {
  const end = endOf(record);
  const elapsed = end - record.startTime;
  if (elapsed <= 0) {
    const lack = notEnough(0, 1, 'candles');
    return { exposure: lack, shortExposure: lack, turnover: lack, yearlyTurnover: lack };
  }
  const days = elapsed / DAY_MS;
  const mean = meanOf(record.equity);
  const turnover =
    mean > 0 ? measured(tradedMoney(trades) / mean, trades.length) : undefinable('the mean equity is not positive');
  return {
    exposure: measured(timeHeld(trades, record.startTime, end) / elapsed, record.times.length),
    shortExposure: measured(
      timeHeld(
        trades.filter(({ direction }) => direction === 'short'),
        record.startTime,
        end,
      ) / elapsed,
      record.times.length,
    ),
    turnover,
    yearlyTurnover:
      days < ENOUGH_DAYS_OF_TURNOVER
        ? notEnough(Math.floor(days), ENOUGH_DAYS_OF_TURNOVER, 'days')
        : 'value' in turnover
          ? measured((turnover.value * DAYS_PER_YEAR) / days, trades.length)
          : turnover,
  };
}

/** Costs by kind, in the valuation currency. */
export function costsOf(trades: readonly TradeRecord[]): CostBreakdown {
  let [fees, slippage, carry, net] = [0, 0, 0, 0];
  for (const trade of trades) {
    fees += trade.fees;
    slippage += trade.slippage ?? 0;
    carry += trade.carry ?? 0;
    net += trade.netPnl;
  }
  const total = fees + slippage + carry;
  const gross = net + total;
  const traded = tradedMoney(trades);
  return {
    fees,
    slippage,
    carry,
    total,
    shareOfGrossGain:
      trades.length === 0
        ? notEnough(0, 1, 'trades')
        : gross > 0
          ? measured(total / gross, trades.length)
          : undefinable('nothing was gained before costs'),
    perTurnover: traded > 0 ? measured(total / traded, trades.length) : notEnough(0, 1, 'trades'),
  };
}

const endOf = ({ times, startTime }: EquityRecord): number =>
  times.length === 0 ? startTime : (times[times.length - 1] as number);

const tradedMoney = (trades: readonly TradeRecord[]): number =>
  trades.reduce((sum, { quantity, entryPrice, exitPrice }) => sum + quantity * (entryPrice + exitPrice), 0);

/** Length of the union of the holding times, cut to the record. */
function timeHeld(trades: readonly TradeRecord[], from: number, to: number): number {
  const sorted = trades.toSorted((a, b) => a.entryTime - b.entryTime);
  let [held, until] = [0, from];
  for (const { entryTime, exitTime } of sorted) {
    const [start, end] = [Math.max(entryTime, until), Math.min(exitTime, to)];
    if (end <= start) continue;
    held += end - start;
    until = end;
  }
  return held;
}
