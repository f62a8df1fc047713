import type { Fixed } from './fixed.ts';
import type { Instrument } from './types.ts';

export const MINUTE_MS = 60_000;

export type PastCandle = {
  readonly openTime: number;
  readonly open: Fixed;
  readonly high: Fixed;
  readonly low: Fixed;
  readonly close: Fixed;
  readonly volume: Fixed;
  readonly trades: number;
};

/** Chance as a function of place: the same minute always has the same noise, in [0, 1). */
function noise(seed: number, place: number): number {
  let x = (seed ^ Math.imul(place | 0, 0x9e3779b1)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** Slow waves of a day, some hours and some minutes, and noise: nothing to learn from, but it moves like a market. */
function shape(seed: number, minute: number): number {
  const phase = (seed % 997) / 158;
  return (
    1 +
    0.03 * Math.sin(minute / 1440 + phase) +
    0.008 * Math.sin(minute / 171 + 2 * phase) +
    0.002 * Math.sin(minute / 13 + 3 * phase) +
    0.0008 * (noise(seed, minute) - 0.5)
  );
}

/**
 * History before the process started, for any past minute and without memory: each candle opens where the one before closed, and the
 * last one closes at the instrument's starting price.
 */
export type PriceProcess = { minute(openTime: number): PastCandle };

export function createPriceProcess(instrument: Instrument, seed: number, startedAt: number): PriceProcess {
  const startMinute = Math.floor(startedAt / MINUTE_MS);
  const anchor = shape(seed, startMinute);
  const onTick = (price: number): Fixed => {
    const ticks = BigInt(Math.round(price / Number(instrument.tick)));
    return (ticks < 1n ? 1n : ticks) * instrument.tick;
  };
  const at = (minute: number): number => (Number(instrument.startPrice) * shape(seed, minute)) / anchor;
  return {
    minute: (openTime) => {
      const minute = Math.floor(openTime / MINUTE_MS);
      const open = onTick(at(minute));
      const close = onTick(at(minute + 1));
      const stretch = Number(instrument.startPrice) * 0.0004;
      const top = Math.max(Number(open), Number(close)) + stretch * noise(seed + 1, minute);
      const bottom = Math.min(Number(open), Number(close)) - stretch * noise(seed + 2, minute);
      const lots = BigInt(1 + Math.floor(5000 * noise(seed + 3, minute)));
      return {
        openTime: minute * MINUTE_MS,
        open,
        high: onTick(top),
        low: onTick(bottom),
        close,
        volume: lots * instrument.minQuantity,
        trades: 1 + Math.floor(40 * noise(seed + 4, minute)),
      };
    },
  };
}
