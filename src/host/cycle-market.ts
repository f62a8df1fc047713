import { createStoredFeed, openFileFeed } from '#adapters/feed-file/file-feed.ts';
import { GENERATOR_END, GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createSteppedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import type { PayloadOf } from '#core/cycle/records.ts';
import { isNegative, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { refuseUnlisted } from '#core/market/universe.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { countText } from '#shared/format/names.ts';
import type { EngineParts } from './parts.ts';
import { storedSeriesId } from './venues/stored-candles.ts';

/** Where one cycle looks and which account it trades. */
export type CycleMarket = {
  readonly feed: MarketFeed;
  /** The clock that this market runs on. */
  readonly clock: Clock;
  readonly at: UnixMs;
  readonly interval: Interval;
  readonly seed: number;
  readonly market: PayloadOf<'cycle.started'>['market'];
  readonly account: TradingAccount;
};

export const DEFAULT_CASH = '10000';
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

/** The contract lets any decimal pass; an account without money or a fee that pays the trader is no run. */
function refuseImpossibleMoney({ cash, feeBps }: CycleRequest): void {
  if (cash !== undefined && !isPositive(parseDecimal(cash)))
    throw new Fault('usage', `the starting cash ${cash} is not above zero`, 'give an amount such as 10000');
  if (feeBps !== undefined && isNegative(parseDecimal(feeBps)))
    throw new Fault('usage', `the fee of ${feeBps} basis points is below zero`, 'give basis points such as 10');
}

/** A judgement needs a past. Refused here, before anything of the cycle is written down. */
function refuseShortHistory(feed: MarketFeed, instrument: Instrument, interval: Interval, at: UnixMs): void {
  const { candles } = feed.history(instrument.id, interval, at, MINIMUM_CANDLES).series;
  if (candles.length >= MINIMUM_CANDLES) return;
  throw new Fault(
    'bad_data',
    `only ${countText(candles.length, `closed ${interval} candle`)} of ${instrument.symbol} ${candles.length === 1 ? 'is' : 'are'} known at ${utcText(at)}; ${MINIMUM_CANDLES} are needed for a judgement`,
    'give more history, a later moment (--at) or a finer interval (--interval)',
  );
}

/** Finds the candles, the moment and the account of a request. Throws a Fault that names what is missing; nothing has started then. */
export function openCycleMarket(request: CycleRequest, instrument: Instrument, parts: EngineParts): CycleMarket {
  const { market, storage } = parts;
  if (request.market.kind === 'generator') return openGenerated(request, instrument, parts);

  const interval = request.interval ?? RECORDED_INTERVAL;
  const clock = new TestClock(unixMs(0));
  refuseImpossibleMoney(request);
  const feed =
    request.market.kind === 'file'
      ? openFileFeed({ path: request.market.path, instrument, interval, clock })
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
    market: { kind: request.market.kind },
    account: ownAccount(request, instrument, at),
  };

  function openGenerated(asked: CycleRequest, on: Instrument, { instruments, account }: EngineParts): CycleMarket {
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
      return { ...generated, feed: market.feed, clock: market.clock, at, account };
    }
    refuseImpossibleMoney(asked);
    // Another seed, moment or cash is another world: it gets a market and an account of its own and leaves the standing one alone.
    const at = generatedMoment(asked.at);
    refuseUnlisted(on, at);
    const own = new TestClock(at);
    const feed = createSteppedGeneratorFeed({ seed, clock: own, instruments });
    refuseShortHistory(feed, on, generated.interval, at);
    return { ...generated, feed, clock: own, at, account: ownAccount(asked, on, at) };
  }
}
