import { setImmediate as breathe } from 'node:timers/promises';
import { sha256 } from '#adapters/digest/sha256.ts';
import { type AnalystModel, assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext, HISTORY_CANDLES, MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { HORIZON_CANDLES } from '#core/scorecard/forecast.ts';
import { lockCalls } from '#core/scorecard/lock-calls.ts';
import { BEFORE_CANDLES, outcomeOf } from '#core/scorecard/outcome.ts';
import type { Resolved } from '#core/scorecard/types.ts';
import type { CycleMarket } from '../cycle-terms.ts';

/** For a judgement, and for what its outcome is compared with. */
const LEAST_HISTORY = Math.max(MINIMUM_CANDLES, BEFORE_CANDLES);

export type Measuring = {
  readonly market: Pick<CycleMarket, 'feed' | 'at' | 'interval' | 'instrument' | 'market' | 'seed'>;
  readonly model: AnalystModel | undefined;
  readonly every: number;
  readonly moments: number;
};

/**
 * Calls of every analyst at moments of recorded candles, each made of what was closed by then, with their outcomes. Moments before a hole
 * in the record that the horizon falls into are left out.
 */
export async function measureAnalysts({ market, model, every, moments }: Measuring): Promise<readonly Resolved[]> {
  const { feed, at, interval, instrument, seed } = market;
  const step = INTERVAL_MS[interval];
  const { first } = feed.span(instrument.id, interval);
  const found: Resolved[] = [];
  for (let moment = at - HORIZON_CANDLES * step; found.length < moments; moment -= every * step) {
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
    await breathe();
  }
  return found.toReversed();
}
