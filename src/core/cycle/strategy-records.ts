import type { InstrumentId } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { FamilySwitch } from '../spawner/types.ts';

/** What the records say of the choice among strategy families. */
export type StrategyPayloads = {
  /** Another family than the last one of this market trades from here on. */
  'strategy.switched': FamilySwitch & { readonly instrumentId: InstrumentId; readonly interval: Interval };
};
