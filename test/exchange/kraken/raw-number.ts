import { FIXED_DECIMALS, type Fixed, formatFixed } from '../core/fixed.ts';

/** Of ECMAScript 2026 and in this Node, and not yet in the compiler's library. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** A number that keeps its zeros on the wire, `0.10000000`: kraken's checksums are made over these digits. */
export const rawNumber = (value: Fixed, decimals: number = FIXED_DECIMALS): unknown =>
  rawJSON(formatFixed(value, decimals));
