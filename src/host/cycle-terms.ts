import { MINIMUM_CANDLES } from '#core/context/build-context.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import type { CycleMarketPayload } from '#core/cycle/paper-records.ts';
import type { ShadowBook } from '#core/cycle/shadow.ts';
import { isNegative, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import type { CycleEnvironment } from '#core/domain/environment.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { countText } from '#shared/format/names.ts';
import type { MarketDepth } from './paper/follow-depth.ts';

/** Where one cycle looks and which account it trades. */
export type CycleMarket = {
  readonly feed: MarketFeed;
  /** The clock that this market runs on. */
  readonly clock: Clock;
  readonly at: UnixMs;
  readonly interval: Interval;
  readonly seed: number;
  readonly environment: CycleEnvironment;
  readonly market: CycleMarketPayload;
  readonly account: TradingAccount;
  readonly instrument: Instrument;
  /** Instruments that may be traded at that moment. */
  readonly allowed: readonly string[];
  /** Why nothing new may be risked on these prices now; absent where prices cannot be bad. */
  readonly trouble?: () => string | undefined;
  /** It goes on when it is asked for a candle, and not by itself. */
  readonly waits: boolean;
  readonly promptMs?: number;
  readonly shadowBook?: ShadowBook;
  /** Of live prices: the order book and the trades as they are now. */
  readonly depth?: () => MarketDepth;
  /**
   * Of a market that nobody can hurry: stops waiting for its candles. What rests and is held stays as the records tell it, for whoever ends
   * the cycle later.
   */
  readonly leave?: (reason: string) => void;
  /** Of a market that is stepped through by several: waits until it is this cycle's turn within the moment. */
  readonly turn?: () => Promise<void>;
  readonly close?: () => Promise<void>;
};

export const DEFAULT_CASH = '10000';
/** The contract lets any decimal pass; an account without money or a fee that pays the trader is no run. */
export function refuseImpossibleMoney({ cash, feeBps }: CycleRequest): void {
  if (cash !== undefined && !isPositive(parseDecimal(cash)))
    throw new Fault('usage', `the starting cash ${cash} is not above zero`, 'give an amount such as 10000');
  if (feeBps !== undefined && isNegative(parseDecimal(feeBps)))
    throw new Fault('usage', `the fee of ${feeBps} basis points is below zero`, 'give basis points such as 10');
}

/** A judgement needs a past. Refused here, before anything of the cycle is written down. */
export function refuseShortHistory(feed: MarketFeed, instrument: Instrument, interval: Interval, at: UnixMs): void {
  const { candles } = feed.history(instrument.id, interval, at, MINIMUM_CANDLES).series;
  if (candles.length >= MINIMUM_CANDLES) return;
  throw new Fault(
    'bad_data',
    `only ${countText(candles.length, `closed ${interval} candle`)} of ${instrument.symbol} ${candles.length === 1 ? 'is' : 'are'} known at ${utcText(at)}; ${MINIMUM_CANDLES} are needed for a judgement`,
    'give more history, a later moment (--at) or a finer interval (--interval)',
  );
}
