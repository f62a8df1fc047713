import { join } from 'node:path';
import { createRng } from '#core/kernel/rng.ts';
import { type EvolveRequest, evolveRequest } from '#shared/contract/lab.ts';
import { writeCandleFile } from './candle-file.ts';
import { tapeOf } from './candle-tapes.ts';

const cents = (price: number): number => Math.round(price * 100) / 100;

/** Daily candles of these returns, in cents, with volume enough for any order. */
function writeDays(path: string, returns: readonly number[]): string {
  let price = 20_000;
  const closes = returns.map((move) => cents((price *= Math.exp(move))));
  return writeCandleFile(
    path,
    tapeOf(closes, '1d', 0.004).candles.map((candle) => ({
      ...candle,
      high: cents(candle.high + 0.01),
      low: cents(candle.low - 0.01),
      volume: 100_000,
    })),
  );
}

/** A market in which nothing can be found: each day's return is drawn anew, and none is expected. */
export function writeRandomWalk(folder: string, seed: number, days: number): string {
  const rng = createRng(seed);
  return writeDays(
    join(folder, `walk-${seed}.csv`),
    Array.from({ length: days }, () => 0.015 * rng.normal()),
  );
}

/**
 * A market with a planted edge: it rises for thirty days and falls for thirty, with noise, so that quick averages see it and slow ones
 * do not. From `ends` on it turns every six days instead: what bought the rises buys the tops.
 */
export function writeSwings(folder: string, seed: number, days: number, ends = days): string {
  const rng = createRng(seed);
  const drift = (day: number): number => {
    if (day >= ends) return day % 12 < 6 ? 0.012 : -0.0125;
    return Math.floor(day / 30) % 2 === 0 ? 0.012 : -0.011;
  };
  const returns = Array.from({ length: days }, (_, day) => drift(day) + 0.006 * rng.normal());
  return writeDays(join(folder, `swings-${seed}-${days}-${ends}.csv`), returns);
}

export const askEvolution = (path: string, more: Partial<EvolveRequest> = {}): EvolveRequest =>
  evolveRequest.parse({
    market: { kind: 'file', path },
    interval: '1d',
    families: ['trend-following'],
    population: 4,
    generations: 3,
    folds: 3,
    purge: 5,
    embargo: 5,
    ...more,
  });
