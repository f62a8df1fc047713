import { setImmediate } from 'node:timers/promises';
import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { TestClock } from '#core/kernel/test-clock.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { stepClockTo } from '#core/market/step-clock.ts';
import { stepTogether } from '#core/market/step-together.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import { createGeneratedMarket, GENERATOR_END, GENERATOR_EPOCH, type GeneratedMarket } from './generated-market.ts';

/** Minutes are generated, the others are aggregated from them. Longer ones would have too little history behind the start. */
const GENERATOR_INTERVALS: readonly Interval[] = ['1m', '5m', '15m', '30m', '1h'];

type GeneratorOptions<AnyClock> = {
  readonly seed: number;
  readonly clock: AnyClock;
  readonly instruments: readonly Instrument[];
};

/** Answers true once the clock has reached the moment, false when asked to stop before. */
type WaitUntil = (moment: UnixMs, abort: AbortToken) => Promise<boolean>;

/** The simulated market beside a clock that runs by itself (or is moved by someone else): `next` waits for it. */
export const createGeneratorFeed = (options: GeneratorOptions<Clock>): MarketFeed =>
  createFeed(options, (moment, abort) => waitOn(options.clock, moment, abort));

/** The simulated market for headless runs: `next` moves the clock itself, so that hours of market pass in moments. */
export const createSteppedGeneratorFeed = (options: GeneratorOptions<TestClock>): MarketFeed =>
  createFeed(options, (moment, abort) => stepClockTo(options.clock, moment, abort, () => setImmediate()));

/** A market that several walk through at the same time: each walker has a feed of its own, whose `next` holds the clock back for the others. */
export type WalkedMarket = {
  /** For whoever asks once: it is a walker for as long as it waits. */
  readonly feed: MarketFeed;
  join(): { readonly feed: MarketFeed; turn(): Promise<void>; leave(): void };
};

/** The same as the stepped one for several at once; see `stepTogether`. */
export function createWalkedGeneratorFeed(options: GeneratorOptions<TestClock>): WalkedMarket {
  const together = stepTogether(options.clock, () => setImmediate());
  const once: WaitUntil = async (moment, abort) => {
    const walker = together.join();
    try {
      return await walker.wait(moment, abort);
    } finally {
      walker.leave();
    }
  };
  const markets: Markets = new Map();
  return {
    feed: createFeed(options, once, markets),
    join() {
      const walker = together.join();
      const waitUntil: WaitUntil = (moment, abort) => walker.wait(moment, abort);
      return { feed: createFeed(options, waitUntil, markets), turn: () => walker.turn(), leave: () => walker.leave() };
    },
  };
}

function waitOn(clock: Clock, moment: UnixMs, abort: AbortToken): Promise<boolean> {
  if (abort.aborted) return Promise.resolve(false);
  if (clock.now() >= moment) return Promise.resolve(true);
  return new Promise((resolve) => {
    const cancelTimer = clock.setTimer(moment, () => {
      cancelAbort();
      resolve(true);
    });
    const cancelAbort = abort.onAbort(() => {
      cancelTimer();
      resolve(false);
    });
  });
}

/** Of one world: who looks twice sees the same minutes, and they are made once. */
type Markets = Map<InstrumentId, GeneratedMarket>;

function createFeed(options: GeneratorOptions<Clock>, waitUntil: WaitUntil, markets: Markets = new Map()): MarketFeed {
  const { seed, clock, instruments } = options;

  const marketOf = (instrumentId: InstrumentId, interval: Interval): GeneratedMarket => {
    const instrument = instruments.find(({ id }) => id === instrumentId);
    if (instrument === undefined) {
      const known = instruments.map(({ symbol }) => symbol).join(', ');
      throw new Fault('not_found', `The simulated market does not list ${instrumentId}.`, `Choose one of ${known}.`);
    }
    if (!GENERATOR_INTERVALS.includes(interval))
      throw new Fault(
        'not_found',
        `The simulated market has no ${interval} candles.`,
        `Choose one of ${GENERATOR_INTERVALS.join(', ')}.`,
      );
    const market = markets.get(instrumentId) ?? createGeneratedMarket(seed, instrument);
    markets.set(instrumentId, market);
    return market;
  };

  return {
    source: { kind: 'generator', seed },
    instruments: () => instruments,
    history: (instrumentId, interval, until, count) => {
      const market = marketOf(instrumentId, interval);
      if (until > clock.now()) throw new RangeError(`history until ${until} was asked for at ${clock.now()}`);
      refuseOutside(until, interval);
      return { series: newest(market, interval, until, count), gaps: [] };
    },
    next: async (instrumentId, interval, after, abort) => {
      const market = marketOf(instrumentId, interval);
      const length = INTERVAL_MS[interval];
      const closeTime = unixMs(Math.max(closedBy(after, length), GENERATOR_EPOCH) + length);
      if (closeTime > GENERATOR_END || !(await waitUntil(closeTime, abort))) return undefined;
      return newest(market, interval, closeTime, 1).candles[0];
    },
    span: (instrumentId, interval) => {
      marketOf(instrumentId, interval);
      const length = INTERVAL_MS[interval];
      const last = Math.min(GENERATOR_END, closedBy(clock.now(), length));
      return { first: unixMs(GENERATOR_EPOCH + length), last: unixMs(Math.max(last, GENERATOR_EPOCH + length)) };
    },
  };
}

/** The newest end of an interval at or before the moment. */
const closedBy = (moment: UnixMs, length: number): number => Math.floor(moment / length) * length;

function newest(market: GeneratedMarket, interval: Interval, until: UnixMs, count: number): CandleSeries {
  const length = INTERVAL_MS[interval];
  const end = unixMs(closedBy(until, length));
  const from = unixMs(Math.max(GENERATOR_EPOCH, end - count * length));
  const candles: readonly ClosedCandle[] = market.minutes(from, end);
  return interval === '1m' ? { interval, candles } : aggregate({ interval: '1m', candles }, interval, end).series;
}

function refuseOutside(moment: UnixMs, interval: Interval): void {
  const first = unixMs(GENERATOR_EPOCH + INTERVAL_MS[interval]);
  if (moment >= first && moment <= GENERATOR_END) return;
  throw new Fault(
    'not_found',
    `The moment is outside the simulated market, which runs ${utcText(GENERATOR_EPOCH)} .. ${utcText(GENERATOR_END)}.`,
    `Choose a moment from ${utcText(first)} on.`,
  );
}
