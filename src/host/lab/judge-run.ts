import type { BacktestResult } from '#core/backtest/types.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
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

/**
 * Several markets as one price: what one unit of money is worth at each mark when equal shares of it were put into all of them at their first
 * opens. A market that has not begun counts as money, one that has ended at its last close.
 */
export function indexOf({ times }: EquityRecord, markets: readonly CandleColumns[]): MarketRecord {
  const close = new Float64Array(times.length);
  for (const { openTime, open, close: closes, interval } of markets) {
    let last = -1;
    for (let i = 0; i < times.length; i++) {
      while (
        last + 1 < openTime.length &&
        (openTime[last + 1] as number) + INTERVAL_MS[interval] <= (times[i] as number)
      )
        last += 1;
      close[i] =
        (close[i] as number) + (last < 0 ? 1 : (closes[last] as number) / (open[0] as number)) / markets.length;
    }
  }
  const opens = close.map((_, i) => (i === 0 ? 1 : (close[i - 1] as number)));
  return { open: opens, close };
}

/** What one side of a trade cost, as a share of the money traded; the fee alone when nothing was traded. */
export function costPerSideOf({ costs, turnover }: BacktestResult, feeBps: string): number {
  const traded = Number(turnover);
  const paid = Number(costs.fees) + Number(costs.spread) + Number(costs.impact);
  return traded > 0 ? paid / traded : Number(feeBps) / 10_000;
}
