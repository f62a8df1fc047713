import type { LockedCalls, Outcome } from '../scorecard/types.ts';

/** Calls are written in their cycle, before their outcome; outcomes among the system's own records, when a later look at the market knows them. */
export type ScorecardPayloads = {
  'analyst.called': LockedCalls;
  /** `cycle` is the one that made the calls. */
  'analyst.resolved': { readonly cycle: number; readonly outcome: Outcome };
};
