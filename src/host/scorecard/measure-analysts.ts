import { setImmediate as breathe } from 'node:timers/promises';
import { sha256 } from '#adapters/digest/sha256.ts';
import { type AnalystModel, assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext, HISTORY_CANDLES, MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { HORIZON_CANDLES } from '#core/scorecard/forecast.ts';
import { lockCalls } from '#core/scorecard/lock-calls.ts';
import { BEFORE_CANDLES, outcomeOf } from '#core/scorecard/outcome.ts';
import type { Resolved } from '#core/scorecard/types.ts';
import type { CycleMarket } from '../cycle-terms.ts';
import { Canceled } from '../lab/lab-worker.ts';

/** For a judgement, and for what its outcome is compared with. */
const LEAST_HISTORY = Math.max(MINIMUM_CANDLES, BEFORE_CANDLES);

export type Measuring = {
  readonly market: Pick<CycleMarket, 'feed' | 'at' | 'interval' | 'instrument' | 'market' | 'seed'>;
  readonly model: AnalystModel | undefined;
  readonly every: number;
  readonly moments: number;
  /** Told after each moment how many are done. */
  readonly onMoment?: (done: number) => void;
  readonly stop?: AbortToken;
};

/** How many moments the record has room for: as many as are asked for, or all of them where it begins later. */
export function plannedMoments({ market, every, moments }: Pick<Measuring, 'market' | 'every' | 'moments'>): number {
  const { feed, at, interval, instrument } = market;
  const step = INTERVAL_MS[interval];
  const room = at - (HORIZON_CANDLES + LEAST_HISTORY) * step - feed.span(instrument.id, interval).first;
  return Math.max(0, Math.min(moments, Math.floor(room / (every * step)) + 1));
}

/**
 * Calls of every analyst at moments of recorded candles, each made of what was closed by then, with their outcomes. Moments before a hole
 * in the record that the horizon falls into are left out. Throws `Canceled` as soon as it is stopped, also while a model thinks.
 */
export async function measureAnalysts(measuring: Measuring): Promise<readonly Resolved[]> {
  const { stop } = measuring;
  if (stop === undefined) return callMoments(measuring);
  const stopped = new Promise<never>((_, reject) => {
    stop.onAbort(() => reject(new Canceled()));
  });
  return Promise.race([callMoments(measuring), stopped]);
}

async function callMoments({ market, model, every, moments, onMoment, stop }: Measuring): Promise<readonly Resolved[]> {
  const { feed, at, interval, instrument, seed } = market;
  const step = INTERVAL_MS[interval];
  const { first } = feed.span(instrument.id, interval);
  const found: Resolved[] = [];
  for (let moment = at - HORIZON_CANDLES * step; found.length < moments; moment -= every * step) {
    if (stop?.aborted === true) throw new Canceled();
    if (moment - LEAST_HISTORY * step < first) break;
    const now = unixMs(moment);
    const history = feed.history(instrument.id, interval, now, HISTORY_CANDLES);
    const snapshot = buildSnapshot(sha256, {
      instrumentId: instrument.id,
      interval,
      asOf: now,
      source: market.market.kind,
      history,
    });
    if (snapshot.series.candles.at(-1)?.closeTime !== now || snapshot.series.candles.length < LEAST_HISTORY) continue;
    const context = buildContext(sha256, snapshot);
    const assessment = await assess({ context, judgeByRules, model, seed, digest: sha256 });
    const locked = lockCalls(context, assessment);
    if (locked === undefined) continue;
    const after = feed
      .history(instrument.id, interval, locked.dueAt, HORIZON_CANDLES)
      .series.candles.filter(({ openTime }) => openTime >= now);
    if (after.length < HORIZON_CANDLES) continue;
    found.push({ ...locked, outcome: outcomeOf(locked, snapshot.series.candles.slice(-BEFORE_CANDLES), after) });
    onMoment?.(found.length);
    await breathe();
  }
  return found.toReversed();
}
