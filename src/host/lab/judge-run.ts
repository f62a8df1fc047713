import type { BacktestResult } from '#core/backtest/types.ts';
import { countBefore } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { EquityRecord, MarketRecord, TradeRecord } from '#core/statistics/types.ts';

/** Runs over the same candles share their open times, and so their close times. */
const closeTimes = new WeakMap<Float64Array, Float64Array>();

function closeTimesOf(openTime: Float64Array, intervalMs: number): Float64Array {
  const known = closeTimes.get(openTime);
  if (known !== undefined) return known;
  const times = new Float64Array(openTime.length);
  for (let i = 0; i < times.length; i++) times[i] = (openTime[i] as number) + intervalMs;
  closeTimes.set(openTime, times);
  return times;
}

/** The account's curve as the statistics want it: a mark is true from the close of its candle on. */
export const equityRecordOf = ({ startingCash, from, equity }: BacktestResult): EquityRecord => ({
  startEquity: Number(startingCash),
  startTime: from,
  times: closeTimesOf(equity.openTime, equity.intervalMs),
  equity: equity.equity,
  intervalMs: equity.intervalMs,
});

export function tradeRecordsOf({ trades }: BacktestResult): readonly TradeRecord[] {
  return Array.from({ length: trades.count }, (_, i) => {
    const risk = trades.risk[i] as number;
    const carry = trades.carry?.[i] ?? 0;
    return {
      entryTime: trades.entryTime[i] as number,
      exitTime: trades.exitTime[i] as number,
      quantity: trades.quantity[i] as number,
      entryPrice: trades.entryPrice[i] as number,
      exitPrice: trades.exitPrice[i] as number,
      fees: trades.fees[i] as number,
      netPnl: trades.pnl[i] as number,
      ...(trades.direction?.[i] === -1 ? { direction: 'short' as const } : {}),
      ...(carry === 0 ? {} : { carry }),
      ...(risk > 0 ? { riskTaken: risk } : {}),
    };
  });
}

/** The candles that were played. */
export function marketRecordOf(
  { from, candles }: BacktestResult,
  { openTime, open, close }: CandleColumns,
): MarketRecord {
  const begin = countBefore(openTime, from);
  return { open: open.subarray(begin, begin + candles), close: close.subarray(begin, begin + candles) };
}

/** What one side of a trade cost, as a share of the money traded; the fee alone when nothing was traded. */
export function costPerSideOf({ costs, turnover }: BacktestResult, feeBps: string): number {
  const traded = Number(turnover);
  const paid = Number(costs.fees) + Number(costs.spread) + Number(costs.impact);
  return traded > 0 ? paid / traded : Number(feeBps) / 10_000;
}
