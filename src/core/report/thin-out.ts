export type Point = { readonly x: number; readonly y: number };

/**
 * At most about `2 * slots` points of a curve that look the same when drawn: the lowest and the highest value of each slot, in the order
 * in which they came, with the first and the last point of the whole. A fall of one candle is never lost.
 */
export function thinOut(xs: Float64Array, ys: Float64Array, slots: number): readonly Point[] {
  const n = Math.min(xs.length, ys.length);
  const at = (i: number): Point => ({ x: xs[i] as number, y: ys[i] as number });
  if (n <= 2 * slots) return Array.from({ length: n }, (_, i) => at(i));
  const kept = new Set<number>([0]);
  for (let slot = 0; slot < slots; slot++) {
    const [from, to] = [Math.floor((slot * n) / slots), Math.floor(((slot + 1) * n) / slots)];
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if ((ys[i] as number) < (ys[low] as number)) low = i;
      if ((ys[i] as number) > (ys[high] as number)) high = i;
    }
    kept.add(Math.min(low, high)).add(Math.max(low, high));
  }
  kept.add(n - 1);
  return [...kept].sort((a, b) => a - b).map(at);
}
