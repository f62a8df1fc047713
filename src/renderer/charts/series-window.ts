import type { DrawnCandle } from './candle-controller.ts';

/** Places in the list of candles; `to` is one past the last. Of a view both may lie outside of the list and between candles. */
export type Span = { readonly from: number; readonly to: number };

/** The chart's library draws so many candles without a pause; more of them are at hand and take their turn. */
export const MOST_DRAWN = 16_000;
/** A view nearer to the end of what is drawn moves the window. More than a hand can drag across a screen in one go. */
const MARGIN = 4_000;

/** The part of the list to be drawn around a view. */
export function windowFor({ from, to }: Span, count: number): Span {
  const start = Math.min(Math.max(0, Math.round((from + to - MOST_DRAWN) / 2)), Math.max(0, count - MOST_DRAWN));
  return { from: start, to: Math.min(count, start + MOST_DRAWN) };
}

/** Whether the view comes near an end of the window behind which there are more candles. */
export const nearsEdge = (view: Span, drawn: Span, count: number): boolean =>
  (drawn.from > 0 && view.from < drawn.from + MARGIN) || (drawn.to < count && view.to > drawn.to - MARGIN);

const DAY_MS = 86_400_000;

/** The candles of the newest day; null where less than a day is loaded, or where a candle is as long as one. */
export function lastDay<C extends Pick<DrawnCandle, 'openTime'>>(candles: readonly C[]): readonly C[] | null {
  const begins = placeOf(candles, (candles.at(-1)?.openTime ?? 0) - DAY_MS + 1);
  return begins > 0 && begins < candles.length - 1 ? candles.slice(begins) : null;
}

/** Place of the first candle that opened at that moment or later; the length of the list when none did. */
export function placeOf(candles: readonly Pick<DrawnCandle, 'openTime'>[], openTime: number): number {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle]?.openTime ?? 0) < openTime) low = middle + 1;
    else high = middle;
  }
  return low;
}
