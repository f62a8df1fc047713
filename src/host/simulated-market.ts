import { createScaledClock } from '#adapters/clock-system/scaled-clock.ts';
import { createSteadyClock } from '#adapters/clock-system/system-clock.ts';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createGeneratorFeed, createWalkedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';

/** In the window a one-minute candle closes every second; headless runs step from candle to candle as fast as they can. */
export type Pace = 'realtime' | 'stepped';
export const REALTIME_SPEED = 60;

/** The generated market of this data folder, on a clock that begins where the last record left it. */
export type SimulatedMarket = {
  readonly seed: number;
  readonly speed: number;
  readonly clock: Clock;
  readonly feed: MarketFeed;
  /** For one cycle: a market that is stepped through waits for all that have joined. */
  join(): MarketSeat;
};

export type MarketSeat = {
  readonly feed: MarketFeed;
  /** Whoever has joined earlier goes first; at once on a market that runs by itself. */
  turn(): Promise<void>;
  leave(): void;
};

export type SimulatedMarketOptions = {
  readonly seed: number;
  readonly instruments: readonly Instrument[];
  readonly pace: Pace;
  /** Time of the newest record on this market; the clock starts no earlier, so that no lesson lies in its future. */
  readonly notBefore: UnixMs;
  /** How many times as fast as the clock a market goes that runs by itself; `REALTIME_SPEED` when left out. */
  readonly speed?: number | undefined;
};

const nextMinute = (moment: number): UnixMs => unixMs(Math.ceil(moment / INTERVAL_MS['1m']) * INTERVAL_MS['1m']);

/** Opens the market at the moment after the last record, or at the generator's own start on a fresh folder. */
export function openSimulatedMarket({
  seed,
  instruments,
  pace,
  notBefore,
  speed = REALTIME_SPEED,
}: SimulatedMarketOptions): SimulatedMarket {
  const start = nextMinute(Math.max(GENERATOR_START, notBefore));
  if (pace === 'stepped') {
    const clock = new TestClock(start);
    return { seed, speed: 0, clock, ...createWalkedGeneratorFeed({ seed, clock, instruments }) };
  }
  const clock = createScaledClock({ base: createSteadyClock(), start, speed });
  const feed = createGeneratorFeed({ seed, clock, instruments });
  return {
    seed,
    speed,
    clock,
    feed,
    join: () => ({ feed, turn: () => Promise.resolve(), leave: () => {} }),
  };
}
