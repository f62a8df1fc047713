import { PATTERNS } from '#core/context/patterns/catalogue.ts';
import { patternsIn } from '#core/context/patterns/patterns-in.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { createRng } from '#core/kernel/rng.ts';

/**
 * The same candles in another order (Fisher-Yates under a seed): each keeps its shape relative to the close before it, times stay in
 * order. Distribution of returns, bodies and shadows are those of the market; what followed what is chance.
 */
export function shuffled(candles: readonly ClosedCandle[], seed: number): readonly ClosedCandle[] {
  const rng = createRng(seed);
  const order = candles.map((_, i) => i).slice(1);
  for (let i = order.length - 1; i > 0; i--) {
    const other = rng.integer(i + 1);
    [order[i], order[other]] = [order[other] as number, order[i] as number];
  }
  const [first] = candles;
  if (first === undefined) return [];
  const drawn = [first];
  for (const [i, from] of order.entries()) {
    const [shape, before, slot] = [candles[from], candles[from - 1], candles[i + 1]];
    if (shape === undefined || before === undefined || slot === undefined) throw new RangeError(`no candle ${from}`);
    const factor = (drawn[i] as ClosedCandle).close / before.close;
    const { open, high, low, close, volume } = shape;
    drawn.push({
      ...slot,
      open: open * factor,
      high: high * factor,
      low: low * factor,
      close: close * factor,
      volume,
    });
  }
  return drawn;
}

export type PatternCount = {
  readonly name: string;
  readonly hits: number;
  /** Share of all candles. */
  readonly share: number;
  /** Mean over the shuffles. */
  readonly onShuffle: number;
  readonly ratio: number;
  /** 95 % interval of the ratio, both counts taken as Poisson. */
  readonly interval: readonly [number, number];
};

export function countPatterns(candles: readonly ClosedCandle[], seeds: readonly number[]): readonly PatternCount[] {
  const real = hitsByName(candles);
  const chance = seeds.map((seed) => hitsByName(shuffled(candles, seed)));
  return PATTERNS.map(({ name }) => {
    const hits = real.get(name) ?? 0;
    const total = chance.reduce((sum, counts) => sum + (counts.get(name) ?? 0), 0);
    const onShuffle = total / seeds.length;
    const ratio = hits / onShuffle;
    const spread = Math.exp(1.96 * Math.sqrt(1 / hits + 1 / total));
    return { name, hits, share: hits / candles.length, onShuffle, ratio, interval: [ratio / spread, ratio * spread] };
  });
}

function hitsByName(candles: readonly ClosedCandle[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of patternsIn(candles)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The table of docs/patterns.md. */
export const countTable = (counts: readonly PatternCount[]): string =>
  [
    '| pattern | hits | share of candles | hits on shuffled | ratio | 95 % interval | more than chance |',
    '|---|---:|---:|---:|---:|---|---|',
    ...counts.map(({ name, hits, share, onShuffle, ratio, interval: [low, high] }) => {
      const verdict = low > 1 ? 'more' : high < 1 ? 'fewer' : 'no difference seen';
      return `| ${name} | ${hits} | ${(100 * share).toFixed(2)} % | ${onShuffle.toFixed(0)} | ${ratio.toFixed(2)} | ${low.toFixed(2)} to ${high.toFixed(2)} | ${verdict} |`;
    }),
  ].join('\n');

/** The list of docs/patterns.md. */
export const catalogueTable = (): string =>
  [
    '| pattern | side | what it is | candles |',
    '|---|---|---|---:|',
    ...PATTERNS.map(({ name, direction, what, candles }) => `| ${name} | ${direction} | ${what} | ${candles} |`),
  ].join('\n');
