import type { Rng } from '#core/kernel/rng.ts';
import type { EquityRecord, MarketRecord, TradeRecord } from '#core/statistics/types.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** Midnight UTC of 2024-01-01. */
export const NEW_YEAR_2024 = 1_704_067_200_000;

/** Equity that earns the given returns, one a candle. */
export function recordOf(
  returns: readonly number[],
  intervalMs = DAY,
  startTime = NEW_YEAR_2024,
  startEquity = 1000,
): EquityRecord {
  const equity = new Float64Array(returns.length);
  let mark = startEquity;
  for (const [i, value] of returns.entries()) {
    mark *= 1 + value;
    equity[i] = mark;
  }
  const times = Float64Array.from(returns, (_, i) => startTime + (i + 1) * intervalMs);
  return { startEquity, startTime, times, equity, intervalMs };
}

export const constant = (length: number, value: number): number[] => Array.from({ length }, () => value);

export const normals = (rng: Rng, length: number, mean = 0, deviation = 0.01): number[] =>
  Array.from({ length }, () => mean + deviation * rng.normal());

/** A market without drift: opens at the close before. */
export function randomMarket(rng: Rng, length: number, deviation = 0.01): MarketRecord {
  const [open, close] = [new Float64Array(length), new Float64Array(length)];
  let price = 100;
  for (let i = 0; i < length; i++) {
    open[i] = price;
    price *= Math.exp(deviation * rng.normal() - (deviation * deviation) / 2);
    close[i] = price;
  }
  return { open, close };
}

/** Long positions of one unit between opens of the market, without costs. */
export const tradesAt = (
  market: MarketRecord,
  spans: readonly (readonly [entry: number, exit: number])[],
  intervalMs = DAY,
  startTime = NEW_YEAR_2024,
): readonly TradeRecord[] =>
  spans.map(([entry, exit]) => {
    const [entryPrice, exitPrice] = [market.open[entry] as number, market.open[exit] as number];
    return {
      entryTime: startTime + entry * intervalMs,
      exitTime: startTime + exit * intervalMs,
      quantity: 1,
      entryPrice,
      exitPrice,
      fees: 0,
      netPnl: exitPrice - entryPrice,
    };
  });

/** The value of a figure, or a failure that says what is missing. */
export function known<T extends object>(figure: T): Extract<T, { readonly value: number }> {
  if (!('value' in figure)) throw new Error(`no value: ${JSON.stringify(figure)}`);
  return figure as Extract<T, { readonly value: number }>;
}
