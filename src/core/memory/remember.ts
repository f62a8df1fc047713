import type { Regime } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { type RunId, type UnixMs, unixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import type { MemoryStore } from '../ports/memory-store.ts';
import { recall } from './recall.ts';
import { standingOf } from './standing.ts';
import { type DrawnLessons, drawLessons, WITHHELD_SHARE } from './withholding.ts';

export type RememberInput = {
  readonly memory: Pick<MemoryStore, 'known' | 'arms'>;
  readonly runId: RunId;
  /** Where this run was first recorded. */
  readonly firstSeq: number;
  readonly context: MarketContext;
  readonly regime: Regime;
  /** Most lessons that a decision may weigh. */
  readonly limit: number;
  readonly withheldShare?: number;
};

/**
 * What a decision may know: lessons resolved strictly before its moment, recorded before its run, neither revoked nor decayed by what was
 * measured until then; some of them withheld by chance. A repeat of the same inputs is a replay and remembers what its first execution could
 * remember, whatever was learned, measured or revoked since, so that it ends at the same head.
 */
export function remember(input: RememberInput): DrawnLessons {
  const { memory, runId, firstSeq, context, regime, limit, withheldShare = WITHHELD_SHARE } = input;
  // Strictly before: what is learned at this very moment is no part of its past.
  const asOf = unixMs(context.asOf - 1);
  const arms = memory.arms(asOf, firstSeq);
  for (const [id, { latest }] of arms) if (latest > asOf) throw futureTrials(id, latest, asOf);
  const recalled = recall({
    store: { known: (at, most, instrumentId) => memory.known(at, most, instrumentId, firstSeq) },
    asOf,
    context,
    regime,
    instrumentId: context.instrumentId,
    limit,
    setAside: (lesson) => standingOf(lesson, asOf, arms.get(lesson.id)).status !== 'active',
  });
  return drawLessons(recalled, runId, withheldShare);
}

const futureTrials = (id: string, latest: UnixMs, asOf: UnixMs): Fault =>
  new Fault(
    'bad_data',
    `the memory store measured lesson ${id} by an outcome of ${latest}, later than the decision at ${asOf}`,
    'nothing was decided on it; run mt audit verify, and restore a backup if it disagrees',
  );
