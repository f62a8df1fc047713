import type { CycleView } from './cycle.ts';

/** True while the cycle runs and its agent has entered the market: stopping it from now on closes a position at a price of the moment. */
export const hasTraded = (view: CycleView | null): boolean =>
  view?.state === 'running' && view.fills.some((fill) => fill.purpose === 'entry');
