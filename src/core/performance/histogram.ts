export type Bin = { readonly from: number; readonly to: number; readonly count: number };

const MOST_BINS = 12;
/** Steps that a reader can count in. */
const ROUND = [1, 2, 2.5, 5, 10];

/** The smallest round step with which the values fit into the bins that a picture has room for. */
function stepOf(low: number, high: number): number {
  const least = (high - low) / MOST_BINS;
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (ROUND.find((round) => round * power >= least) ?? 10);
}

/** How many values lie where, in bins of one round width of which one edge is zero. Every value is in exactly one: `from` <= value < `to`. */
export function histogramOf(values: readonly number[]): readonly Bin[] {
  if (values.length === 0) return [];
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = stepOf(low, high);
  const first = Math.floor(low / step);
  const counts = new Map<number, number>();
  for (const value of values) {
    const bin = Math.floor(value / step);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const last = Math.max(...counts.keys());
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    from: round((first + i) * step),
    to: round((first + i + 1) * step),
    count: counts.get(first + i) ?? 0,
  }));
}

/** Edges without the dust of binary fractions. */
const round = (value: number): number => Number(value.toPrecision(12));
