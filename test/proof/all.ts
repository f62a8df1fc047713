import { r2 } from './r2-simulation.ts';
import { r5 } from './r5-fill-reducer.ts';
import type { Proof } from './types.ts';

/** In the order in which they run and are printed. */
export const PROOFS: readonly Proof[] = [r2, r5];
