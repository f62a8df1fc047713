import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';

/** Spread below this share of the mean is rounding noise of equal volumes, not a spread. */
const NO_SPREAD = 1e-9;

/**
 * How unusual a candle's volume is: its distance from the mean of the `period` candles BEFORE it, in their population standard
 * deviations; first defined at index `period`. The candle itself is left out because inside its own window no score could exceed
 * the root of period - 1. NaN while those volumes are all equal (no volume at all, for one): without a spread there is no score.
 * Two passes over the window, since a residue of running sums would pass for a spread.
 */
export function volumeZScore(volumes: Float64Array, period: number): Float64Array {
  const stream = createVolumeZScore(period);
  return volumes.map((volume) => stream.next(volume));
}

export function createVolumeZScore(period: number): ValueStream {
  checkPeriod('volumeZScore', period, 2);
  const ring = new Float64Array(period);
  let seen = 0;
  return {
    next(volume) {
      const slot = seen % period;
      const score = seen < period ? Number.NaN : scoreAgainst(ring, slot, volume);
      ring[slot] = volume;
      seen++;
      return score;
    },
  };
}

/** Sums from the oldest slot on, so that the same candles give the same bits wherever the ring happens to begin. */
function scoreAgainst(ring: Float64Array, oldest: number, volume: number): number {
  const period = ring.length;
  let sum = 0;
  for (let i = 0; i < period; i++) sum += ring[(oldest + i) % period] as number;
  const mean = sum / period;
  let squares = 0;
  for (let i = 0; i < period; i++) {
    const off = (ring[(oldest + i) % period] as number) - mean;
    squares += off * off;
  }
  const spread = Math.sqrt(squares / period);
  return spread <= mean * NO_SPREAD ? Number.NaN : (volume - mean) / spread;
}
