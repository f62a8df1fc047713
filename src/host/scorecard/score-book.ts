import type { CycleMarketPayload } from '#core/cycle/paper-records.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { Hash, InstrumentId, RunId, UnixMs } from '#core/domain/ids.ts';
import type { Interval } from '#core/domain/interval.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import { type Authority, authorityOf } from '#core/scorecard/authority.ts';
import { HORIZON_CANDLES } from '#core/scorecard/forecast.ts';
import { BEFORE_CANDLES, outcomeOf } from '#core/scorecard/outcome.ts';
import type { LockedCalls, Resolved } from '#core/scorecard/types.ts';
import { SYSTEM_CYCLE } from '../trading-state.ts';

const SCORE_RUN = 'R-scorecard' as RunId;

/** One market as calls were made on it and can be looked at again. */
export type ScoredMarket = {
  readonly feed: MarketFeed;
  readonly market: CycleMarketPayload;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
};

/** Calls that wait for their outcome, and those that have it, as the journal tells them. */
export type ScoreBook = {
  note(record: JournalRecord): void;
  /** Writes the outcome of every call on this market that has come due by `now`. Calls whose candles are not known there keep waiting. */
  settle(market: ScoredMarket, now: UnixMs): void;
  /** In the order of time; a repeat of the same run counts once. */
  resolved(): readonly Resolved[];
  /** Calls that have not come due, or could not be looked at since. */
  waiting(): number;
  authority(model: Hash): Authority;
};

type Waiting = { readonly cycle: number; readonly runId: RunId; readonly market: string; readonly locked: LockedCalls };

export function createScoreBook(journal: JournalStore): ScoreBook {
  const markets = new Map<number, string>();
  const waiting = new Map<number, Waiting>();
  const runs = new Set<RunId>();
  const resolved: Resolved[] = [];

  const note = (record: JournalRecord): void => {
    const { type, cycle, runId } = record;
    if (type === 'cycle.started') markets.set(cycle, keyOf(payloadOf(record, type).market));
    if (type === 'analyst.called' && !runs.has(runId)) {
      runs.add(runId);
      waiting.set(cycle, { cycle, runId, market: markets.get(cycle) ?? '', locked: payloadOf(record, type) });
    }
    if (type === 'analyst.resolved') {
      const told = payloadOf(record, type);
      const due = waiting.get(told.cycle);
      if (due === undefined) return;
      waiting.delete(told.cycle);
      resolved.push({ ...due.locked, outcome: told.outcome, runId: due.runId });
    }
  };
  const inOrder = (): readonly Resolved[] => resolved.toSorted((a, b) => a.at - b.at);

  return {
    note,
    settle({ feed, market, instrumentId, interval }, now) {
      const key = keyOf(market);
      for (const { cycle, market: own, locked } of waiting.values()) {
        const here = own === key && locked.instrumentId === instrumentId && locked.interval === interval;
        if (!here || locked.dueAt > now) continue;
        const outcome = lookBack(feed, locked);
        if (outcome === undefined) continue;
        const written = journal.append(SYSTEM_CYCLE, [
          draft(SCORE_RUN, locked.dueAt, 'analyst.resolved', { cycle, outcome }),
        ]);
        for (const record of written) note(record);
      }
    },
    resolved: inOrder,
    waiting: () => waiting.size,
    authority: (model) => authorityOf(inOrder(), model),
  };
}

const keyOf = ({ kind, seed, venue, url }: CycleMarketPayload): string =>
  JSON.stringify([kind, seed ?? null, venue ?? null, url !== undefined]);

/**
 * The outcome from whole and unbroken candles whose close at the call is the one that was called on; else nothing is known of it. Another file
 * with candles of the same instrument may not reach so far.
 */
function lookBack(feed: MarketFeed, locked: LockedCalls) {
  const { first, last } = feed.span(locked.instrumentId, locked.interval);
  if (locked.at < first || locked.dueAt > last) return undefined;
  const { candles } = feed.history(
    locked.instrumentId,
    locked.interval,
    locked.dueAt,
    BEFORE_CANDLES + HORIZON_CANDLES,
  ).series;
  const before = candles.filter(({ closeTime }) => closeTime <= locked.at);
  const after = candles.slice(before.length);
  const same = before.at(-1)?.close === locked.close && before.length >= BEFORE_CANDLES;
  return same && after.length === HORIZON_CANDLES ? outcomeOf(locked, before, after) : undefined;
}
