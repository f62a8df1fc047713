import type { ProofRow } from './types.ts';

/** A row that holds the proof to its goal. */
export const goalRow = (what: string, goal: string, measured: string, n: number, met: boolean): ProofRow => ({
  what,
  goal,
  measured,
  n,
  kind: 'goal',
  met,
});
