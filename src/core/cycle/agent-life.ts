import { decide } from '../agent/decide.ts';
import type { AgentView, TradeIntent } from '../agent/types.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { AbortToken } from '../kernel/abort.ts';
import { createAbortSource } from '../kernel/abort.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import type { AgentSpec } from '../spawner/types.ts';
import type { CycleJournal } from './cycle-journal.ts';
import type { TradingDesk } from './trading-desk.ts';

export type AgentLife = {
  /** Why it ended, in words. */
  readonly why: string;
  readonly barsLived: number;
  readonly interrupted: boolean;
};

export type AgentLifeOptions = {
  readonly spec: AgentSpec;
  readonly agentId: AgentId;
  /** Moment of the spawn; may lie inside a candle, which then fills nothing that was sent after it began. */
  readonly spawnedAt: UnixMs;
  /** Closed candles up to the moment of the spawn. */
  readonly series: CandleSeries;
  readonly desk: TradingDesk;
  readonly feed: MarketFeed;
  readonly journal: CycleJournal;
  readonly abort: AbortToken;
  readonly onCandle?: (candle: ClosedCandle) => void;
  readonly report: (fault: unknown) => void;
};

/** Candles that an agent carries; strategies look back less far than this. */
const CARRIED = 1_000;
/** A market order fills at the next candle; more tries than a few mean that something is broken. */
const CLOSING_TRIES = 5;

/**
 * From spawn to retirement: on every closed candle the agent decides, the desk acts, and the market moves on by one candle. It ends
 * when its position was closed, its lifespan is over, the data ends, or somebody stops it; then nothing rests and, as long as there
 * is a market, nothing is held.
 */
export async function liveAgent(options: AgentLifeOptions): Promise<AgentLife> {
  const { spec, agentId, desk, feed, journal, abort, report, onCandle } = options;
  let candles: readonly ClosedCandle[] = options.series.candles;
  let now = options.spawnedAt;
  let barsLived = 0;
  let barsHeld = 0;
  let traded = false;

  const step = async (token: AbortToken): Promise<boolean> => {
    const candle = await feed.next(spec.instrumentId, spec.interval, now, token);
    if (candle === undefined) return false;
    const heldBefore = desk.holding();
    desk.onCandle(candle);
    candles = [...candles, candle].slice(-CARRIED);
    now = candle.closeTime;
    barsLived += 1;
    traded ||= desk.fills() > 0;
    barsHeld = desk.holding() ? (heldBefore ? barsHeld + 1 : 1) : 0;
    onCandle?.(candle);
    return true;
  };

  const decideNow = (): TradeIntent => {
    const view: AgentView = {
      asOf: now,
      series: { interval: spec.interval, candles },
      holding: desk.holding(),
      barsHeld,
    };
    const intent = decide(spec, view, { report });
    journal.write('agent.decided', now, { agentId, intent, close: candles.at(-1)?.close ?? 0 });
    return intent;
  };

  /** Closes what is held at the next candle; an abort no longer counts here, because reducing risk never waits. */
  const close = async (reason: string): Promise<void> => {
    const unstoppable = createAbortSource().token;
    for (let tries = 0; tries < CLOSING_TRIES; tries++) {
      desk.flatten(reason, now);
      if (!desk.holding() || !(await step(unstoppable))) return;
    }
    throw new Error(`the position could not be closed within ${CLOSING_TRIES} candles`);
  };

  const end = (why: string, interrupted = false): AgentLife => ({ why, barsLived, interrupted });

  for (;;) {
    if (abort.aborted) {
      const why = abort.reason ?? 'stopped';
      await close(why);
      return end(why, true);
    }
    const intent = decideNow();
    const over = now >= spec.lifespan.expiresAt;
    if (intent.kind === 'enter' && !over) desk.enter(intent, { interval: spec.interval, candles }, now);
    if (intent.kind === 'exit') {
      await close(intent.reason);
      return end(intent.reason);
    }
    if (over) {
      await close(intent.reason);
      return end(intent.reason);
    }
    if (!(await step(abort))) {
      if (abort.aborted) continue;
      desk.cancelAll('the recorded data ended', now);
      return end(
        desk.holding()
          ? 'the recorded data ended; what is held is valued at the last close'
          : 'the recorded data ended',
      );
    }
    if (traded && !desk.holding()) return end(desk.lastClosing() ?? 'position closed');
  }
}
