import type { CandleGap, CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { findGaps } from './candle-series.ts';

/** A coarse candle that was made of fewer fine ones than its interval holds: minutes without a trade, or an outage. */
export type PartialCandle = { readonly openTime: UnixMs; readonly present: number; readonly expected: number };

export type Aggregate = {
  readonly series: CandleSeries;
  /** Coarse intervals of which not one fine candle is known. */
  readonly gaps: readonly CandleGap[];
  readonly partial: readonly PartialCandle[];
};

/** True when candles of `coarse` can be made of candles of `fine`. */
export const isCoarser = (coarse: Interval, fine: Interval): boolean =>
  INTERVAL_MS[coarse] > INTERVAL_MS[fine] && INTERVAL_MS[coarse] % INTERVAL_MS[fine] === 0;

/**
 * Groups fine candles into coarser ones on UTC boundaries, as they are known at `asOf`.
 *
 * - A coarse candle exists once its interval has ended (its end is at or before `asOf`), never while it is forming. Whether it exists
 *   depends on nothing later than its own end, so that a shorter file gives the same candles.
 * - Fine candles may be missing inside it (a thin market has minutes without a trade): it is kept and reported as partial.
 * - When the series begins inside a coarse interval, that first piece is left out: what came before it is unknown, not quiet.
 */
export function aggregate(fine: CandleSeries, interval: Interval, asOf: UnixMs): Aggregate {
  if (!isCoarser(interval, fine.interval))
    throw new RangeError(`${interval} candles cannot be made of ${fine.interval} ones`);
  const length = INTERVAL_MS[interval];
  const expected = length / INTERVAL_MS[fine.interval];
  const candles: ClosedCandle[] = [];
  const partial: PartialCandle[] = [];

  const { candles: pieces } = fine;
  let from = 0;
  while (from < pieces.length) {
    const first = pieces[from];
    if (first === undefined) break;
    const openTime = (first.openTime - (first.openTime % length)) as UnixMs;
    const closeTime = (openTime + length) as UnixMs;
    if (closeTime > asOf) break;
    let to = from + 1;
    while (to < pieces.length && (pieces[to]?.closeTime ?? closeTime + 1) <= closeTime) to += 1;
    const cutAtTheStart = from === 0 && first.openTime > openTime;
    if (!cutAtTheStart) {
      candles.push(merge(pieces, from, to, openTime, closeTime));
      if (to - from < expected) partial.push({ openTime, present: to - from, expected });
    }
    from = to;
  }
  return { series: { interval, candles }, gaps: findGaps(candles, interval), partial };
}

function merge(
  pieces: readonly ClosedCandle[],
  from: number,
  to: number,
  openTime: UnixMs,
  closeTime: UnixMs,
): ClosedCandle {
  let open = 0;
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let close = 0;
  let volume = 0;
  for (let i = from; i < to; i++) {
    const piece = pieces[i];
    if (piece === undefined) break;
    if (i === from) open = piece.open;
    high = Math.max(high, piece.high);
    low = Math.min(low, piece.low);
    close = piece.close;
    volume += piece.volume;
  }
  return { openTime, closeTime, open, high, low, close, volume } as ClosedCandle;
}
