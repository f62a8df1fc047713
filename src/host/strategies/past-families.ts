import type { Regime } from '#core/analyst/types.ts';
import { payloadOf } from '#core/cycle/records.ts';
import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import type { Interval } from '#core/domain/interval.ts';
import type { FamilyName } from '#core/domain/strategy.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { LastFamilies } from '#core/spawner/types.ts';

/** One market on accounts that last, in one environment. */
type Market = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly environment: string;
};
type Spawned = Market & {
  readonly seq: number;
  readonly at: UnixMs;
  readonly family: FamilyName;
  readonly regime: Regime;
};

/** Which families were spawned where, as the journal tells it, and when one took the place of another. */
export type PastFamilies = {
  /** Takes in a record; each of them once, in order. */
  note(record: JournalRecord): void;
  /**
   * The last families of a market as they stood at a moment and before a record, so that a repeat of a run knows what its first execution
   * knew. Undefined when nothing was spawned there.
   */
  lastOf(market: Market, at: UnixMs, beforeSeq: number): LastFamilies | undefined;
  /** Records of switches, the newest first. */
  switches(limit: number): readonly JournalRecord[];
};

export function createPastFamilies(): PastFamilies {
  const markets = new Map<number, Market>();
  const spawned: Spawned[] = [];
  const switched: JournalRecord[] = [];
  return {
    note(record) {
      if (record.type === 'strategy.switched') switched.push(record);
      if (record.type === 'cycle.started') {
        const { instrumentId, interval, environment, account } = payloadOf(record, record.type);
        // A run on an account of its own is a world of its own: nothing was before it.
        if (account !== 'run') markets.set(record.cycle, { instrumentId, interval, environment });
      }
      const market = record.type === 'agent.spawned' ? markets.get(record.cycle) : undefined;
      if (market === undefined) return;
      const { family, regime } = payloadOf(record, 'agent.spawned').spec;
      spawned.push({ ...market, seq: record.seq, at: record.ts, family, regime });
    },
    lastOf({ instrumentId, interval, environment }, at, beforeSeq) {
      const here = spawned.filter(
        (one) =>
          one.instrumentId === instrumentId &&
          one.interval === interval &&
          one.environment === environment &&
          one.at <= at &&
          one.seq < beforeSeq,
      );
      const newest = here.at(-1);
      if (newest === undefined) return undefined;
      return {
        newest: { family: newest.family, regime: newest.regime },
        inRegime: Object.fromEntries(here.map(({ regime, family }) => [regime, family])),
      };
    },
    switches: (limit) => switched.toReversed().slice(0, limit),
  };
}
