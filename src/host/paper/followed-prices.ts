import { type LiveFeed, openLiveFeed } from '#adapters/feed-live/live-feed.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';

/**
 * A candle that is told so soon after its close is acted on as at its close: venues settle it in a moment and are asked several times. What
 * comes later says what could have been bought long ago.
 */
export const PROMPT_MS = 20_000;

/** Prices of one instrument that an agent lives on. `next` rejects with a Fault once they were left. */
export type FollowedPrices = MarketFeed & {
  /** The venue's time. */
  readonly clock: Clock;
  /** Why nothing new may be risked on these prices now; undefined while they are good. */
  trouble(): string | undefined;
  /** Whoever waits for a candle is told this reason. */
  leave(reason: string): void;
};

export type FollowOptions = {
  readonly market: LiveMarket;
  readonly instrument: Instrument;
  readonly interval: Interval;
  readonly clock: Clock;
  /** Closed candles to begin with. */
  readonly history: number;
};

/** A venue's candles with a judgement of whether they may be acted on. Throws Fault('unreachable') when the venue does not answer. */
export async function followPrices(options: FollowOptions): Promise<FollowedPrices> {
  const { market, instrument, interval, history } = options;
  const feed: LiveFeed = await openLiveFeed({
    market,
    series: [{ instrumentId: instrument.id, interval }],
    history,
  });
  const clock: Clock = {
    now: () => market.venueNow(),
    setTimer: (at, fire) => options.clock.setTimer(unixMs(at - market.venueNow() + options.clock.now()), fire),
  };
  let late: string | undefined;
  let left: Fault | undefined;
  let refuse: (fault: Fault) => void = () => undefined;
  const leaving = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // Whether or not anybody waits.
  leaving.catch(() => undefined);

  /** Judged by the candle that is acted on: after an outage several come at once, and the newest of them is in time. */
  const judge = (candle: ClosedCandle | undefined): ClosedCandle | undefined => {
    if (left !== undefined) throw left;
    if (candle === undefined) return undefined;
    const by = clock.now() - candle.closeTime;
    late =
      by <= PROMPT_MS
        ? undefined
        : `the candle of ${utcText(candle.openTime)} came ${Math.round(by / 1000)} s after its close`;
    return candle;
  };

  return {
    source: feed.source,
    instruments: () => feed.instruments(),
    history: (instrumentId, asked, until, count) => feed.history(instrumentId, asked, until, count),
    span: (instrumentId, asked) => feed.span(instrumentId, asked),
    next: (instrumentId, asked, after, abort) =>
      Promise.race([feed.next(instrumentId, asked, after, abort).then(judge), leaving]),
    clock,
    trouble() {
      const health = market.health(instrument.id);
      if (health.kind === 'stale') return `${health.reason}: ${health.detail}`;
      const clocks = market.clockTrouble();
      if (clocks !== undefined) return clocks;
      const { last } = feed.span(instrument.id, interval);
      if (clock.now() > last + INTERVAL_MS[interval] + PROMPT_MS) return `no candle has closed since ${utcText(last)}`;
      return late;
    },
    leave(reason) {
      left ??= new Fault('halted', reason, 'Start again.');
      refuse(left);
      feed.close();
    },
  };
}
