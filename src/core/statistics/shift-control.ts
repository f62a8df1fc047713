import { type NotEnough, notEnough } from './figure.ts';
import { momentsOf } from './moments.ts';

export type ShiftedEdge = {
  /** Candles by which the position came later than the run claims. */
  readonly shift: number;
  /** Mean gain of a candle. */
  readonly mean: number;
  /** Mean over its standard error. */
  readonly t: number;
};

export type ShiftControl = { readonly edges: readonly ShiftedEdge[]; readonly suspicious: boolean } | NotEnough;

/** Fewest candles with a position. */
const ENOUGH_HELD = 30;
/** An edge that is there by chance is this far from zero once in 30,000 runs. */
const CLEAR = 4;
/** What must be left of a clear edge when it comes one candle late. */
const LEFT = 0.25;

/**
 * A second look at what truncation can't see: the position of every candle is held one and two candles later. An honest edge fades; one
 * that was made of knowing the candle itself is gone at once. `positions[i]` is what was held through candle i (-1..1), `returns[i]` what
 * that candle brought. Suspicious is no proof: an edge of one candle's life looks the same, and can't be traded either.
 */
export function shiftControl(positions: Float64Array, returns: Float64Array): ShiftControl {
  if (positions.length !== returns.length)
    throw new RangeError(`${positions.length} positions, ${returns.length} returns`);
  const held = positions.filter((position) => position !== 0).length;
  if (held < ENOUGH_HELD) return notEnough(held, ENOUGH_HELD, 'candles with a position');
  const edges = [0, 1, 2].map((shift): ShiftedEdge => {
    const gains = new Float64Array(returns.length - 2);
    // All shifts are judged on the same candles.
    for (let i = 2; i < returns.length; i++) gains[i - 2] = (positions[i - shift] as number) * (returns[i] as number);
    const { mean, deviation, constant, n } = momentsOf(gains);
    return { shift, mean, t: constant ? 0 : (mean / deviation) * Math.sqrt(n) };
  });
  const [claimed, late] = edges as [ShiftedEdge, ShiftedEdge, ShiftedEdge];
  return { edges, suspicious: claimed.t > CLEAR && late.mean < LEFT * claimed.mean };
}
