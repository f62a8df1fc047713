import type { PatternView, Swing } from './types.ts';

/** Parts of one candle, in price. `back` counts from the newest candle of the view. */
export type Candle = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Above zero when it closed higher than it opened. */
  readonly body: number;
  readonly range: number;
  readonly upperShadow: number;
  readonly lowerShadow: number;
};

export function candleOf(view: PatternView, back: number): Candle {
  const i = view.at - back;
  const [open, high, low, close] = [
    view.open[i] as number,
    view.high[i] as number,
    view.low[i] as number,
    view.close[i] as number,
  ];
  return {
    open,
    high,
    low,
    close,
    body: close - open,
    range: high - low,
    upperShadow: high - Math.max(open, close),
    lowerShadow: Math.min(open, close) - low,
  };
}

/** Close to close over ten candles, up to the candle `back` candles ago, in units. */
export const moveBefore = (view: PatternView, back: number): number =>
  ((view.close[view.at - back] as number) - (view.close[view.at - back - 10] as number)) / view.unit;

/** A decline worth turning: 1.5 units in the ten candles before the pattern's own. */
export const hasFallen = (view: PatternView, patternCandles: number): boolean =>
  moveBefore(view, patternCandles) <= -1.5;

export function highestOf(column: Float64Array, from: number, until: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < until; i++) highest = Math.max(highest, column[i] as number);
  return highest;
}

export function lowestOf(column: Float64Array, from: number, until: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = from; i < until; i++) lowest = Math.min(lowest, column[i] as number);
  return lowest;
}

/** The price of the straight line through two swings at a candle. */
export const lineAt = (first: Swing, second: Swing, index: number): number =>
  first.price + ((second.price - first.price) * (index - first.index)) / (second.index - first.index);

/** Whether the newest candle is the first to close above the line since its second point. */
export function firstCloseAbove(view: PatternView, first: Swing, second: Swing): boolean {
  if (!((view.close[view.at] as number) > lineAt(first, second, view.at))) return false;
  for (let i = second.index + 1; i < view.at; i++)
    if ((view.close[i] as number) > lineAt(first, second, i)) return false;
  return true;
}

/** Whether the newest candle is the first to close above the level since a candle. */
export const firstCloseAboveLevel = (view: PatternView, level: number, since: number): boolean =>
  (view.close[view.at] as number) > level && highestOf(view.close, since + 1, view.at) <= level;

/** The newest four swings that begin with the given kind, or fewer; what turned last may be of either kind. */
export function lastSwings(view: PatternView, count: number, endsWith: Swing['kind']): readonly Swing[] {
  const swings = view.swings();
  const end = swings.at(-1)?.kind === endsWith ? swings.length : swings.length - 1;
  return end < count ? [] : swings.slice(end - count, end);
}
