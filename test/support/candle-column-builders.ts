import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { createRng } from '#core/kernel/rng.ts';
import { emptyColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';

/** 2023-01-01, the start of a whole day. */
const FIRST_OPEN = 1_672_531_200_000;

/** A seeded walk in cents without a hole, quick to make by the million; the first candles of a longer walk are those of a shorter one. */
export function wanderingColumns(length: number, interval: Interval = '1m', seed = 1): CandleColumns {
  const rng = createRng(seed);
  const columns = emptyColumns(interval, length);
  let cents = 3_000_000;
  for (let i = 0; i < length; i++) {
    const open = cents;
    cents = Math.max(100, cents + rng.integer(2001) - 1000);
    columns.openTime[i] = FIRST_OPEN + i * INTERVAL_MS[interval];
    columns.open[i] = open / 100;
    columns.high[i] = (Math.max(open, cents) + rng.integer(300)) / 100;
    columns.low[i] = Math.max(1, Math.min(open, cents) - rng.integer(300)) / 100;
    columns.close[i] = cents / 100;
    columns.volume[i] = rng.integer(1000) / 100;
  }
  return columns;
}
