import { HISTORY_CANDLES } from '#core/context/build-context.ts';
import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import type { ShadowBook } from '#core/cycle/shadow.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { asset } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { type CycleMarket, DEFAULT_CASH, refuseImpossibleMoney, refuseShortHistory } from '../cycle-terms.ts';
import { LIVE_LOCKED, LIVE_REMEDY } from '../live-lock.ts';
import type { LivePrices } from '../live-prices.ts';
import { followDepth } from './follow-depth.ts';
import { type FollowedPrices, followPrices, PROMPT_MS } from './followed-prices.ts';
import { type PaperAccounts, type PaperIdentity, termsOf } from './paper-accounts.ts';

export type VenueChoice = Extract<CycleRequest['market'], { readonly kind: 'venue' }>;

const VENUE_INTERVAL: Interval = '5m';
/** Chooses nothing but what is chance, and a market that is live has none of ours. */
const VENUE_SEED = 1;
/** Prices that are not whole and fresh by then are none to press on. */
const LIVE_WITHIN_MS = 20_000;
const LOOK_MS = 100;
const SOME = 5;

/** Whose account a request means. Throws Fault `refused` for live, which is locked. */
export function identityAsked(request: CycleRequest, { venue, mode, url }: VenueChoice): PaperIdentity {
  if (mode === 'live') throw new Fault('refused', LIVE_LOCKED, LIVE_REMEDY);
  return {
    environment: mode,
    venue,
    standIn: url !== undefined,
    asset: asset(request.instrument.slice(request.instrument.indexOf('/') + 1)),
  };
}

/** The rules of an instrument as the venue lists it now. Throws Fault. */
export async function listedAt(market: LiveMarket, symbol: string): Promise<Instrument> {
  const venue = market.venue.toLowerCase();
  const listed = await market.instruments();
  if (listed.kind === 'failed')
    throw new Fault('unreachable', `${venue} cannot be reached: ${listed.reason}`, 'Try again when it answers.');
  const found = listed.value.find((one) => one.symbol === symbol);
  if (found !== undefined) return found;
  const some = listed.value.slice(0, SOME).map((one) => one.symbol);
  throw new Fault(
    'not_found',
    `${venue} does not trade ${symbol}`,
    `It trades ${listed.value.length} others, for instance ${some.join(', ')}.`,
  );
}

export type VenueCycleParts = { readonly prices: LivePrices; readonly paper: PaperAccounts };

/**
 * The live prices of a venue for one cycle, with the account that trades them; the account is opened on the record when it is the first time.
 * To `look` needs no account. Throws a Fault that says what is missing; then nothing is left open.
 */
export async function openVenueCycleMarket(
  request: CycleRequest,
  choice: VenueChoice,
  { prices, paper }: VenueCycleParts,
  use: 'trade' | 'look',
): Promise<CycleMarket> {
  const identity = identityAsked(request, choice);
  refuseOtherMoments(request);
  refuseImpossibleMoney(request);
  refuseOtherCash(request, paper.find(identity)?.account);
  const { venue, url } = choice;
  const live = await prices.open({ venue, url });
  let feed: FollowedPrices | undefined;
  try {
    const instrument = await listedAt(live, request.instrument);
    const interval = request.interval ?? VENUE_INTERVAL;
    const followed = await followPrices({
      market: live,
      instrument,
      interval,
      clock: prices.clock,
      history: HISTORY_CANDLES,
    });
    feed = followed;
    await untilGood(followed, prices, venue);
    const at = followed.clock.now();
    refuseShortHistory(followed, instrument, interval, at);
    return {
      feed: followed,
      instrument,
      clock: followed.clock,
      at,
      interval,
      seed: request.seed ?? VENUE_SEED,
      environment: identity.environment,
      market: { kind: 'venue', venue, ...(url === undefined ? {} : { url }), terms: termsOf(instrument) },
      account: accountFor(request, identity, paper, at, use),
      allowed: [instrument.id],
      trouble: () => followed.trouble(),
      waits: false,
      promptMs: PROMPT_MS,
      depth: followDepth(live, instrument.id),
      ...(identity.environment === 'shadow' ? { shadowBook: shadowBook(live, instrument, followed) } : {}),
      leave: (reason) => followed.leave(reason),
      async close() {
        followed.leave('the cycle is over');
        await live.close();
      },
    };
  } catch (error) {
    feed?.leave('it could not begin');
    await live.close();
    throw error;
  }
}

function accountFor(
  { cash = DEFAULT_CASH }: CycleRequest,
  identity: PaperIdentity,
  paper: PaperAccounts,
  at: UnixMs,
  use: 'trade' | 'look',
): TradingAccount {
  const startingCash = parseDecimal(cash);
  if (use === 'look') return openAccount({ scope: 'run', asset: identity.asset, startingCash, openedAt: at });
  return (paper.find(identity) ?? paper.open(identity, startingCash, at)).account;
}

/** The venue's book while its prices are good. */
export const shadowBook =
  (live: LiveMarket, { id }: Instrument, feed: FollowedPrices): ShadowBook =>
  () => {
    const why = feed.trouble();
    const book = live.book(id);
    if (why !== undefined) return { kind: 'none', why };
    return book === undefined ? { kind: 'none', why: 'no book has come yet' } : { kind: 'book', book };
  };

async function untilGood(feed: FollowedPrices, { steady }: LivePrices, venue: string): Promise<void> {
  const end = steady.now() + LIVE_WITHIN_MS;
  for (let trouble = feed.trouble(); trouble !== undefined; trouble = feed.trouble()) {
    if (steady.now() >= end)
      throw new Fault(
        'halted',
        `the prices of ${venue} are not good to trade on: ${trouble}`,
        'try again in a moment; when it stays so, look at the connection and at the clock of this machine',
      );
    await new Promise<void>((resolve) => void steady.setTimer(unixMs(steady.now() + LOOK_MS), resolve));
  }
}

function refuseOtherMoments({ at }: CycleRequest): void {
  if (at === undefined) return;
  throw new Fault(
    'usage',
    'live prices are those of now',
    'leave out --at, or use recorded candles for another moment',
  );
}

/** An account lasts: money is brought in when it is opened, and never again in silence. */
function refuseOtherCash({ cash }: CycleRequest, known: TradingAccount | undefined): void {
  if (cash === undefined || known === undefined) return;
  throw new Fault(
    'usage',
    `this account was opened before and holds ${formatDecimal(known.equity())} ${known.asset}`,
    'leave out --cash: it is only for the first time',
  );
}
