import type { Proof } from './types.ts';

/** In the order in which they run and are printed. */
export const PROOFS: readonly Proof[] = [];
