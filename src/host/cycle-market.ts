import { createStoredFeed, openFileFeed } from '#adapters/feed-file/file-feed.ts';
import { GENERATOR_END, GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createSteppedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { refuseUnlisted, universeAt } from '#core/market/universe.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { type CycleMarket, DEFAULT_CASH, refuseImpossibleMoney, refuseShortHistory } from './cycle-terms.ts';
import { openVenueCycleMarket } from './paper/venue-cycle-market.ts';
import type { EngineParts } from './parts.ts';
import { storedSeriesId } from './venues/stored-candles.ts';

/** On one-minute candles a stop and a target of a few ATR lie within the fees; five minutes leave room for a trade. */
const GENERATOR_INTERVAL: Interval = '5m';
const RECORDED_INTERVAL: Interval = '1h';
/** A file's cycle is about the past; its seed chooses nothing unless the master gives one. */
const RECORDED_SEED = 1;

function ownAccount(request: CycleRequest, instrument: Instrument, openedAt: UnixMs): TradingAccount {
  return openAccount({
    scope: 'run',
    asset: instrument.quote,
    startingCash: parseDecimal(request.cash ?? DEFAULT_CASH),
    openedAt,
  });
}

function recordedMoment(feed: MarketFeed, instrument: Instrument, interval: Interval, at: number | undefined): UnixMs {
  const { first, last } = feed.span(instrument.id, interval);
  if (at === undefined) return last;
  if (at >= first && at <= last) return unixMs(at);
  throw new Fault(
    'not_found',
    `${utcText(unixMs(at))} lies outside the candles, which reach from ${utcText(first)} to ${utcText(last)}`,
    'choose a moment inside them with --at',
  );
}

/** The market's own opening when no moment was asked for; a moment outside the generated time is refused and never moved. */
function generatedMoment(at: number | undefined): UnixMs {
  if (at === undefined) return GENERATOR_START;
  if (at >= GENERATOR_START && at < GENERATOR_END) return unixMs(at);
  throw new Fault(
    'not_found',
    `${utcText(unixMs(at))} lies outside the simulated market, which is open from ${utcText(GENERATOR_START)} to ${utcText(GENERATOR_END)}`,
    'choose a moment inside it with --at, or give recorded candles',
  );
}

function importedCandles(instrument: Instrument, interval: Interval, storage: EngineParts['storage']) {
  const candles = storage.candles.read(storedSeriesId(storage.candles, instrument, interval), interval);
  if (candles.length > 0) return candles;
  throw new Fault(
    'not_found',
    `no ${interval} candles of ${instrument.symbol} were imported`,
    `import some: mt import FILE --instrument ${instrument.symbol} --interval ${interval}`,
  );
}

/** Finds the candles, the moment and the account of a request. Throws a Fault that names what is missing; nothing has started then. */
export async function openCycleMarket(
  request: CycleRequest,
  parts: EngineParts,
  use: 'trade' | 'look',
): Promise<CycleMarket> {
  const { market: choice } = request;
  if (choice.kind === 'venue') return openVenueCycleMarket(request, choice, parts, use);
  const instrument = instrumentFor(request.instrument, parts.instruments);
  const made =
    choice.kind === 'generator' ? openGenerated(request, instrument, parts) : openRecorded(request, instrument, parts);
  return {
    ...made,
    instrument,
    environment: 'simulated',
    allowed: universeAt(parts.instruments, made.at).map(({ id }) => id),
  };
}

type Made = Omit<CycleMarket, 'instrument' | 'environment' | 'allowed'>;

function openRecorded(request: CycleRequest, instrument: Instrument, { storage }: EngineParts): Made {
  const { market: choice } = request;
  const interval = request.interval ?? RECORDED_INTERVAL;
  const clock = new TestClock(unixMs(0));
  refuseImpossibleMoney(request);
  const feed =
    choice.kind === 'file'
      ? openFileFeed({ path: choice.path, instrument, interval, clock })
      : createStoredFeed({ candles: importedCandles(instrument, interval, storage), instrument, interval, clock });
  const at = recordedMoment(feed, instrument, interval, request.at);
  refuseUnlisted(instrument, at);
  clock.advanceTo(at);
  refuseShortHistory(feed, instrument, interval, at);
  return {
    feed,
    clock,
    at,
    interval,
    seed: request.seed ?? RECORDED_SEED,
    waits: true,
    market: { kind: choice.kind },
    account: ownAccount(request, instrument, at),
  };
}

function openGenerated(asked: CycleRequest, on: Instrument, { instruments, account, market }: EngineParts): Made {
  const seed = asked.seed ?? market.seed;
  const generated = {
    interval: asked.interval ?? GENERATOR_INTERVAL,
    seed,
    market: { kind: 'generator' as const, seed },
  };
  const standing =
    seed === market.seed && asked.at === undefined && asked.cash === undefined && asked.feeBps === undefined;
  // Refuses an interval that is not generated, before anything has been written down.
  market.feed.span(on.id, generated.interval);
  if (standing) {
    const at = market.clock.now();
    refuseUnlisted(on, at);
    const seat = market.join();
    const close = async (): Promise<void> => seat.leave();
    const waits = market.speed === 0;
    return { ...generated, waits, feed: seat.feed, clock: market.clock, at, account, turn: () => seat.turn(), close };
  }
  refuseImpossibleMoney(asked);
  // Another seed, moment or cash is another world: it gets a market and an account of its own and leaves the standing one alone.
  const at = generatedMoment(asked.at);
  refuseUnlisted(on, at);
  const own = new TestClock(at);
  const feed = createSteppedGeneratorFeed({ seed, clock: own, instruments });
  refuseShortHistory(feed, on, generated.interval, at);
  return { ...generated, waits: true, feed, clock: own, at, account: ownAccount(asked, on, at) };
}
