import type { ClosedCandle } from '../domain/candle.ts';

/** Candles as columns for the indicators, oldest first. */
export type CandleColumns = {
  readonly length: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/**
 * Prices are multiplied by the power of two that brings the last close into [1, 2). Facts are ratios, so this changes none of them
 * on ordinary prices (a power of two loses no bit, and ties stay ties); it keeps prices of a millionth clear of the indicators'
 * absolute zero threshold. Prices must be positive and finite.
 */
export function toColumns(candles: readonly ClosedCandle[]): CandleColumns {
  const scale = scaleFor(candles.at(-1)?.close ?? 1);
  return {
    length: candles.length,
    high: Float64Array.from(candles, (candle) => candle.high * scale),
    low: Float64Array.from(candles, (candle) => candle.low * scale),
    close: Float64Array.from(candles, (candle) => candle.close * scale),
    volume: Float64Array.from(candles, (candle) => candle.volume),
  };
}

function scaleFor(price: number): number {
  let scale = 1;
  while (price * scale < 1) scale *= 2;
  while (price * scale >= 2) scale /= 2;
  return scale;
}
