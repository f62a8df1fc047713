import type { MarketContext } from '../context/types.ts';

/**
 * Facts by which two moments are compared, each with the values that map to 0 and 1. Prices are left out on purpose: moments are
 * alike by their shape, not by what a coin costs. The ranges hold nine of ten values of each fact, measured over hourly bitcoin
 * 2017-2025 (5-minute candles of 2024-2025 agree); values outside are clamped, so that one crash does not drown every other feature.
 */
const FEATURE_RANGES: Readonly<Record<string, readonly [zero: number, one: number]>> = {
  adx14: [12, 48],
  rsi14: [31, 71],
  bollingerWidthRank: [0, 1],
  ema20Slope: [-0.18, 0.2],
  ema50Slope: [-0.12, 0.15],
  emaStack: [-1, 1],
  drift168: [-1.4, 1.7],
  efficiency24: [0, 0.5],
  volatilityRatio: [0.35, 1.9],
  volumeZ48: [-1.1, 2.7],
  largestMove24: [0.9, 4],
};

export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURE_RANGES);

/** With fewer features in common than this nothing can be said about likeness. */
const LEAST_SHARED = 3;
/** Root mean square distance at which similarity has fallen to 1/e. Two random hours of bitcoin lie about 0.37 apart, two in a row 0.1. */
const WIDTH = 0.25;

/** The context's features, each in 0..1 at six decimals. A fact that is absent or not finite is left out. */
export function featuresOf(context: MarketContext): Readonly<Record<string, number>> {
  const features: Record<string, number> = {};
  for (const name of FEATURE_NAMES) {
    const value = context.facts.find((fact) => fact.name === name)?.value;
    const range = FEATURE_RANGES[name];
    if (value === undefined || range === undefined || !Number.isFinite(value)) continue;
    const place = (value - range[0]) / (range[1] - range[0]);
    features[name] = Math.round(Math.min(1, Math.max(0, place)) * 1_000_000) / 1_000_000;
  }
  return features;
}

/**
 * 0 to 1: a Gaussian of the root mean square distance over the shared features, times the share of features that both have, so that
 * an old lesson with few features is never a perfect match.
 */
export function closeness(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): number {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  let shared = 0;
  let squares = 0;
  for (const name of names) {
    if (!Object.hasOwn(a, name) || !Object.hasOwn(b, name)) continue;
    const distance = (a[name] as number) - (b[name] as number);
    if (!Number.isFinite(distance)) continue;
    shared++;
    squares += distance * distance;
  }
  if (shared < LEAST_SHARED) return 0;
  const distance = Math.sqrt(squares / shared);
  return Math.exp(-((distance / WIDTH) ** 2)) * (shared / names.size);
}
