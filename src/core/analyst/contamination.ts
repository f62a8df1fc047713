import { parseMoment } from '#shared/commands/moment.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Contamination } from './types.ts';

/** The training cut-off of a model of which nobody has declared one. */
export const UNKNOWN_CUTOFF = 'unknown';

const DAY_MS = 86_400_000;

/**
 * Whether a model can have read in its training what it is asked about (X6). What begins before its cut-off, or within that very day, it may
 * remember; of a model without a declared cut-off nothing else can be said about any real market. A market that was made here was read by nobody.
 */
export function contaminationOf(cutoff: string, from: UnixMs, madeHere: boolean): Contamination {
  if (madeHere) return { cutoff, verdict: 'made_here' };
  const day = parseMoment(cutoff);
  // What is no date must not pass for one that is long ago.
  if (day.kind !== 'ok') return { cutoff, verdict: 'may_remember' };
  return { cutoff, verdict: from < day.ms + DAY_MS ? 'may_remember' : 'after_cutoff' };
}

/** The stamp as it is shown; undefined where there is nothing to warn of. */
export function contaminationStamp({ cutoff, verdict }: Contamination): string | undefined {
  if (verdict !== 'may_remember') return undefined;
  return cutoff === UNKNOWN_CUTOFF
    ? 'model may remember: its training cut-off is not known'
    : `model may remember: its training ended on ${cutoff}, after this began`;
}

/** One moment judged twice: with the numbers and without them. */
export type MaskedPair = { readonly open: boolean; readonly masked: boolean };

export type MemoryEstimate = {
  readonly n: number;
  readonly openRight: number;
  readonly maskedRight: number;
  /** Chance of so lopsided a loss if hiding the numbers changed nothing; one-sided, exact. */
  readonly p: number;
  readonly verdict: 'memory' | 'no_difference' | 'too_few';
};

/** Fewer moments at which the two differ can prove nothing at this level, however lopsided they are: 1/2^5 is above it, 1/2^7 below. */
const LEAST_DIFFERING = 7;
const LEVEL = 0.01;

/**
 * How much of being right was memory: what a model loses when the numbers by which a moment could be recognised are hidden, while the
 * readings that a judgement needs stay. A sign test over the moments at which the two answers differ in being right.
 */
export function estimateMemory(pairs: readonly MaskedPair[]): MemoryEstimate {
  const lost = pairs.filter(({ open, masked }) => open && !masked).length;
  const gained = pairs.filter(({ open, masked }) => !open && masked).length;
  const differing = lost + gained;
  const p = upperTail(lost, differing);
  return {
    n: pairs.length,
    openRight: pairs.filter(({ open }) => open).length,
    maskedRight: pairs.filter(({ masked }) => masked).length,
    p,
    verdict: differing < LEAST_DIFFERING ? 'too_few' : p < LEVEL ? 'memory' : 'no_difference',
  };
}

/** Chance of `k` or more heads in `n` fair tosses. */
function upperTail(k: number, n: number): number {
  let sum = 0;
  for (let heads = k; heads <= n; heads++) {
    let logarithm = -n * Math.LN2;
    for (let i = 0; i < heads; i++) logarithm += Math.log(n - i) - Math.log(i + 1);
    sum += Math.exp(logarithm);
  }
  return Math.min(1, sum);
}
