import { type DecideOptions, decide } from '../agent/decide.ts';
import type { AgentView, TradeIntent } from '../agent/types.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import { type AgentId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { AbortToken } from '../kernel/abort.ts';
import { createAbortSource, eitherOf } from '../kernel/abort.ts';
import type { NewsReader, NewsReading } from '../news/types.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import { newsSize } from '../risk/news-size.ts';
import type { AgentSpec } from '../spawner/types.ts';
import type { FactSink } from './cycle-journal.ts';
import type { TradingDesk } from './trading-desk.ts';

export type AgentLife = {
  /** Why it ended, in words. */
  readonly why: string;
  readonly barsLived: number;
  readonly interrupted: boolean;
};

export type AgentStepsOptions = {
  readonly spec: AgentSpec;
  readonly agentId: AgentId;
  /** Moment of the spawn; may lie inside a candle, which then fills nothing that was sent after it began. */
  readonly spawnedAt: UnixMs;
  /** Closed candles up to the moment of the spawn. */
  readonly series: CandleSeries;
  readonly desk: TradingDesk;
  readonly journal: FactSink;
  readonly abort: AbortToken;
  /** Once it says so the agent decides nothing any more; what is held stays with the stops that protect it, until one of them fills. */
  readonly letGo?: AbortToken;
  /** What the agent may know of the news; none are followed when absent. */
  readonly news?: NewsReader;
  /** Once it says so the agent closes what it holds and ends as any other: stop and target rest until the sale fills. */
  readonly retire?: AbortToken;
  /** Why the master paused it, as long as he has; it then opens and adds nothing. */
  readonly paused?: () => string | undefined;
  readonly onCandle?: (candle: ClosedCandle) => void;
  readonly report: (fault: unknown) => void;
  /** The market's clock where it runs by itself; a closing is dated with it, and not with the last candle. */
  readonly clockNow?: () => UnixMs;
  /** A close that is told so soon, in ms, is acted on as at that moment, whatever the clock says by then. */
  readonly promptMs?: number;
  /** Where families come from; the registry when absent. */
  readonly families?: DecideOptions['families'];
  /** Candles in which a closing may be tried; more where a candle's volume bounds what can be sold. */
  readonly closingTries?: number;
};

export type AgentLifeOptions = AgentStepsOptions & {
  readonly feed: MarketFeed;
  /** The market goes on when it is asked for a candle, and not by itself. */
  readonly marketWaits?: boolean;
};

/**
 * The next candle that closes after `after`, please; not waited for any longer once `abort` says so. `master` is aborted when he has answered
 * about an entry: a market that can wait for him does, so that he is asked about the price that he decides on.
 */
export type CandleRequest = { readonly after: UnixMs; readonly abort: AbortToken; readonly master?: AbortToken };

/** Candles that an agent carries; strategies look back less far than this. */
const CARRIED = 1_000;
/** A market order fills at the next candle; more tries than a few mean that something is broken. */
const CLOSING_TRIES = 5;
const DATA_ENDED = 'the recorded data ended';

/** The life of an agent on a feed: it waits for each candle. */
export async function liveAgent(options: AgentLifeOptions): Promise<AgentLife> {
  const { spec, feed, marketWaits = false } = options;
  const steps = agentSteps(options);
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    const { after, abort, master } = step.value;
    if (master !== undefined && marketWaits) {
      await new Promise<void>((resolve) => void abort.onAbort(() => resolve()));
      step = steps.next(undefined);
    } else step = steps.next(await feed.next(spec.instrumentId, spec.interval, after, abort));
  }
}

/**
 * From spawn to retirement: on every closed candle the agent decides, the desk acts, and the market moves on by one candle. It ends
 * when its position was closed, its lifespan is over, the data ends, or somebody stops it; then nothing rests and, as long as there
 * is a market, nothing is held.
 *
 * Written as steps that ask for candles, so that a feed that is waited for and a back-test that has them all run the same code.
 */
export function* agentSteps(options: AgentStepsOptions): Generator<CandleRequest, AgentLife, ClosedCandle | undefined> {
  const { spec, agentId, desk, journal, abort, retire, report, onCandle, clockNow } = options;
  const { closingTries = CLOSING_TRIES } = options;
  const wake = retire === undefined ? abort : eitherOf(abort, retire);
  let candles: readonly ClosedCandle[] = options.series.candles;
  let now = options.spawnedAt;
  let barsLived = 0;
  let barsHeld = 0;
  let traded = false;

  function* step(token: AbortToken, master?: AbortToken): Generator<CandleRequest, boolean, ClosedCandle | undefined> {
    const candle = yield { after: now, abort: token, ...(master === undefined ? {} : { master }) };
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
  }

  const decideNow = (news: NewsReading | undefined): TradeIntent => {
    const paused = options.paused?.();
    const view: AgentView = {
      asOf: now,
      series: { interval: spec.interval, candles },
      holding: desk.holding(),
      entering: desk.entering(),
      barsHeld,
      tranches: desk.tranches(),
      ...(news === undefined ? {} : { news }),
      ...(paused === undefined ? {} : { paused }),
    };
    const intent = decide(spec, view, {
      report,
      ...(options.families === undefined ? {} : { families: options.families }),
    });
    journal.write('agent.decided', now, { agentId, intent, close: candles.at(-1)?.close ?? 0 });
    return intent;
  };

  /** On a venue that is followed a close is known a moment later, and a decision on it is one of that close, as in a back-test. */
  const moment = (): UnixMs => {
    const clock = clockNow?.() ?? now;
    return clock - now <= (options.promptMs ?? 0) ? now : unixMs(clock);
  };

  /**
   * Closes what is held at the next candle and answers why it is closed: its protection rests meanwhile and may be quicker. An abort no
   * longer counts here, because reducing risk never waits.
   */
  function* close(reason: string): Generator<CandleRequest, string, ClosedCandle | undefined> {
    const unstoppable = createAbortSource().token;
    for (let tries = 0; tries < closingTries; tries++) {
      desk.flatten(reason, moment());
      if (!desk.holding()) return desk.protectionHit() ?? reason;
      if (yield* step(unstoppable)) continue;
      desk.cancelAll(DATA_ENDED, now);
      return reason;
    }
    throw new Error(`the position could not be closed within ${closingTries} candles`);
  }

  /** The next candle, and before it the entry that the master decides on meanwhile. */
  function* nextCandle(): Generator<CandleRequest, boolean, ClosedCandle | undefined> {
    for (;;) {
      const master = desk.asked();
      if (yield* step(master === undefined ? wake : eitherOf(wake, master), master)) return true;
      if (wake.aborted || master?.aborted !== true) return false;
      desk.enterAsked(moment());
      if (desk.declined() !== undefined && !desk.holding()) return false;
    }
  }

  const end = (why: string, interrupted = false): AgentLife => ({ why, barsLived, interrupted });

  for (;;) {
    if (abort.aborted) {
      const why = abort.reason ?? 'stopped';
      return end(yield* close(why), true);
    }
    if (retire?.aborted === true) return end(yield* close(retire.reason ?? 'retired'));
    const breach = desk.breach();
    if (breach !== undefined) return end(yield* close(breach), true);
    if (options.letGo?.aborted === true) {
      const why = options.letGo.reason ?? 'let go';
      if (!desk.holding()) {
        desk.cancelAll(why, now);
        return end(traded ? (desk.lastClosing() ?? why) : why, true);
      }
      // The candles go on: a stop that fills is booked and shown, whoever decides.
      if (yield* step(wake)) continue;
      if (wake.aborted) continue;
      desk.cancelAll(DATA_ENDED, now);
      return end(why, true);
    }
    const news = options.news?.at(now);
    const intent = decideNow(news);
    const over = now >= spec.lifespan.expiresAt;
    if (intent.kind === 'enter' && !over) desk.enter(intent, { interval: spec.interval, candles }, now, newsSize(news));
    if (intent.kind === 'exit' || over) return end(yield* close(intent.reason));
    if (!(yield* nextCandle())) {
      if (wake.aborted) continue;
      const declined = desk.declined();
      if (declined !== undefined && !desk.holding()) return end(traded ? (desk.lastClosing() ?? declined) : declined);
      desk.cancelAll(DATA_ENDED, now);
      return end(desk.holding() ? `${DATA_ENDED}; what is held is valued at the last close` : DATA_ENDED);
    }
    if (traded && !desk.holding()) return end(desk.lastClosing() ?? 'position closed');
  }
}
