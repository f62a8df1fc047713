import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { CandleColumnsView } from '#shared/contract/market.ts';

/** Every moment of the scripted engine hangs on this one, so that pictures and texts are the same on every run. */
export const NOW = Date.UTC(2026, 10, 20, 11, 0);
export const INTERVAL_MS = {
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
} as const;

/** A small generator of repeatable numbers between 0 and 1; only the look of the candles depends on it. */
export function repeatable(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/** A walk with slow swings, ending at `NOW`. */
export function sampleColumns(count: number, intervalMs: number, seed = 42): CandleColumnsView {
  const chance = repeatable(seed);
  const columns = {
    openTime: new Float64Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
  };
  let price = 64_150;
  for (let index = 0; index < count; index += 1) {
    const swing = Math.sin(index / 23) * 46 + Math.sin(index / 7) * 30;
    const open = price;
    const close = cents(open + swing + (chance() - 0.5) * 320);
    const reach = 60 + chance() * 190;
    columns.openTime[index] = NOW - (count - index) * intervalMs;
    columns.open[index] = open;
    columns.close[index] = close;
    columns.high[index] = cents(Math.max(open, close) + reach * chance());
    columns.low[index] = cents(Math.min(open, close) - reach * chance());
    columns.volume[index] = cents(14 + Math.abs(close - open) / 6 + chance() * 40);
    price = close;
  }
  return columns;
}

/** Candles of the chart, and the levels of the trade that an agent makes there: the same one on every chart that draws it. */
export const CHART_CANDLES = 500;
const bought = sampleColumns(CHART_CANDLES, INTERVAL_MS['1h']).close.at(-40) ?? 0;
export const TRADE_LEVELS = { entry: bought, stop: bought - 620, target: bought + 930 } as const;

export const INSTRUMENTS: AppOutput<'market.instruments'> = [
  { symbol: 'BTC/USDT', venue: 'SIMULATED', tickSize: '0.01', lotSize: '0.00001', minNotional: '5' },
  { symbol: 'ETH/USDT', venue: 'SIMULATED', tickSize: '0.01', lotSize: '0.0001', minNotional: '5' },
  { symbol: 'SOL/USDT', venue: 'SIMULATED', tickSize: '0.01', lotSize: '0.001', minNotional: '5' },
];
