import type { ClosedCandle } from '#core/domain/candle.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';

const isPrice = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

/** One row of ccxt: open time, open, high, low, close, volume. Undefined for a row that no market can have made. */
function candleOf(row: unknown, length: number): ClosedCandle | undefined {
  if (!Array.isArray(row)) return undefined;
  const [openTime, open, high, low, close, volume] = row as readonly unknown[];
  if (typeof openTime !== 'number' || !Number.isSafeInteger(openTime) || openTime % length !== 0) return undefined;
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  if (typeof volume !== 'number' || !Number.isFinite(volume) || volume < 0) return undefined;
  if (low > Math.min(open, close) || high < Math.max(open, close)) return undefined;
  const candle = { openTime: unixMs(openTime), closeTime: unixMs(openTime + length), open, high, low, close, volume };
  return candle as ClosedCandle;
}

export type CandleRows = {
  /** In order, each once, and all closed at `now`. */
  readonly candles: readonly ClosedCandle[];
  /** Rows that could not be read; the forming candle is none of them. */
  readonly odd: number;
};

/**
 * The candles of one answer that have closed by `now` in the venue's time. The forming candle stands in nearly every answer and is dropped
 * here, so that nothing behind this can see it. Undefined when the answer is no list.
 */
export function closedCandles(value: unknown, interval: Interval, now: UnixMs): CandleRows | undefined {
  if (!Array.isArray(value)) return undefined;
  const length = INTERVAL_MS[interval];
  const byTime = new Map<number, ClosedCandle>();
  let odd = 0;
  for (const row of value) {
    const candle = candleOf(row, length);
    if (candle === undefined) odd += 1;
    else if (candle.closeTime <= now) byTime.set(candle.openTime, candle);
  }
  return { candles: [...byTime.values()].sort((a, b) => a.openTime - b.openTime), odd };
}
