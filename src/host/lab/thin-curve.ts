/** More points than a screen has pixels; a million-candle curve becomes 64 KB. */
const MOST_POINTS = 4000;

/** Memory of its own, never shared: it travels to the screens. */
export type Curve = {
  readonly time: Float64Array<ArrayBuffer>;
  readonly equity: Float64Array<ArrayBuffer>;
  readonly drawdown: Float64Array<ArrayBuffer>;
  /** Equity of buying at the first open and holding on. */
  readonly held: Float64Array<ArrayBuffer>;
};

/**
 * Few enough points to be drawn. Each stands for an equal stretch of candles and is that stretch's deepest one, the last one is the end
 * itself: thinning may flatten a gain but never hides a loss.
 */
export function thinCurve(columns: { readonly [K in keyof Curve]: Float64Array }, most = MOST_POINTS): Curve {
  const { time, equity, drawdown, held } = columns;
  const length = time.length;
  const picked =
    length <= most ? undefined : Float64Array.from({ length: most }, (_, i) => deepestOf(drawdown, i, most));
  const take = (column: Float64Array): Float64Array<ArrayBuffer> =>
    picked === undefined ? Float64Array.from(column) : picked.map((at) => column[at] as number);
  return { time: take(time), equity: take(equity), drawdown: take(drawdown), held: take(held) };
}

/** Index of the deepest point of stretch `i`; of the last stretch the end itself. */
function deepestOf(drawdown: Float64Array, i: number, most: number): number {
  const { length } = drawdown;
  if (i === most - 1) return length - 1;
  const [from, to] = [Math.floor((i * length) / most), Math.floor(((i + 1) * length) / most)];
  let deepest = from;
  for (let at = from + 1; at < to; at++) if ((drawdown[at] as number) > (drawdown[deepest] as number)) deepest = at;
  return deepest;
}
