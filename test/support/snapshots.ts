import { sha256 } from '#adapters/digest/sha256.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { createRng } from '#core/kernel/rng.ts';
import { findGaps } from '#core/market/candle-series.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import type { MarketSnapshot } from '#core/market/types.ts';
import { TAPE_START } from './candle-tapes.ts';

export const INSTRUMENT = 'BTC/USDT.SIM' as InstrumentId;

/** The snapshot taken when the last of these candles had closed. */
export function snapshotOf(candles: readonly ClosedCandle[], interval: Interval = '1h'): MarketSnapshot {
  const asOf = candles.at(-1)?.closeTime ?? TAPE_START;
  const history = { series: { interval, candles }, gaps: findGaps(candles, interval) };
  return buildSnapshot(sha256, { instrumentId: INSTRUMENT, interval, asOf, source: 'generator', history });
}

/** A seeded random walk on cents around 100 with wicks and varying volume. */
export function walkCandles(length: number, seed: number, interval: Interval = '1h'): readonly ClosedCandle[] {
  const rng = createRng(seed);
  const step = INTERVAL_MS[interval];
  let level = 10_000;
  return Array.from({ length }, (_, i) => {
    const open = level;
    level = Math.max(500, level + Math.round(rng.normal() * 60));
    return {
      openTime: unixMs(TAPE_START + i * step),
      closeTime: unixMs(TAPE_START + (i + 1) * step),
      open: open / 100,
      high: (Math.max(open, level) + rng.integer(40)) / 100,
      low: (Math.min(open, level) - rng.integer(40)) / 100,
      close: level / 100,
      volume: rng.integer(10_000) / 10,
    } as ClosedCandle;
  });
}

/** The candles with every price and volume multiplied. */
export const scaled = (candles: readonly ClosedCandle[], price: number, volume = 1): readonly ClosedCandle[] =>
  candles.map((candle) => ({
    ...candle,
    open: candle.open * price,
    high: candle.high * price,
    low: candle.low * price,
    close: candle.close * price,
    volume: candle.volume * volume,
  }));
