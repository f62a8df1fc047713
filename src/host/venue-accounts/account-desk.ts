import { setTimeout as sleep } from 'node:timers/promises';
import { createStopwatch, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import type { Mode } from '#core/automation/types.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { formatDecimal, isZero, parseDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price as priceOf } from '#core/domain/money.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { type ManualDesk, openManualDesk } from '#core/manual/manual-desk.ts';
import type { Quote } from '#core/manual/types.ts';
import { createLiveVenue, type LiveVenueStatus } from '#core/order-protocol/live-venue.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';
import type { BalanceReport, VenueGateway } from '#core/ports/venue-gateway.ts';
import type { RiskLimits } from '#core/risk/risk-limits.ts';
import type { TradingState } from '#core/risk/types.ts';
import { askedByHand } from '../access/asked-by-hand.ts';
import { createAccountStory } from '../account-story.ts';
import { LIVE_LOCKED } from '../live-lock.ts';
import { watchAccount } from '../manual/account-watch.ts';
import type { ManualAccount } from '../manual/manual-account.ts';
import { manualEnvelope } from '../manual/manual-envelope.ts';
import { ASSUMED_FEE_BPS, MASTER, ordersByHand } from '../manual/order-records.ts';
import { SYSTEM_CYCLE } from '../trading-state.ts';
import { runOfAccount, type VenueAccountConfig } from './account-config.ts';
import { followRanges } from './candle-ranges.ts';

export type AccountDeskParts = {
  readonly config: VenueAccountConfig;
  readonly gateway: VenueGateway;
  readonly market: LiveMarket;
  readonly instruments: readonly Instrument[];
  readonly journal: JournalStore;
  readonly tradingState: () => TradingState;
  readonly mode: () => Mode;
  readonly limits: () => RiskLimits;
  readonly onChange: () => void;
  /** The account has to be stopped: cancel, flatten and halt. */
  readonly onBreach: (reason: string) => void;
  /** The protocol met something that must not be: nothing may be decided any more. */
  readonly onBroken: (account: string, error: unknown) => void;
};

/** A connected venue account: its books, its way to the venue, and the master's desk on it. */
export type AccountDesk = {
  readonly account: TradingAccount;
  readonly execution: ManualDesk['execution'];
  readonly manual: ManualAccount;
  venueStatus(): LiveVenueStatus;
  /** Whether an order or a cancel is on its way and the venue has not answered yet. */
  inTransit(): boolean;
  /** Everything is being canceled at the venue by a way of its own. */
  expectCancels(): void;
  close(): void;
};

/** Of an open order: the venue has it, and nothing is asked of it. */
const RESTING: ReadonlySet<TrackedOrder['status']> = new Set(['accepted', 'partially_filled']);

/** A book that is older judges no order. */
const MAX_BOOK_AGE_MS = 5_000;
/** Between two looks at what is held and at the account's limits. */
const WATCH_MS = 1_000;
const KNOWN_TRIES = 250;
const KNOWN_WAIT_MS = 20;

export function openAccountDesk(parts: AccountDeskParts, balances: readonly BalanceReport[]): AccountDesk {
  const { config, gateway, market, instruments, journal } = parts;
  const run = runOfAccount(config.name);
  const clock = createSystemClock();
  const records = journal.readCycle(SYSTEM_CYCLE).filter(({ runId }) => runId === run);
  const facts = openCycleJournal(journal, SYSTEM_CYCLE, run, () => parts.onChange());
  const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const asset = instruments[0]?.quote;
  if (asset === undefined) throw new TypeError('an account without instruments');

  let opened = records.find(({ type }) => type === 'venue_account.opened');
  opened ??= facts.write('venue_account.opened', clock.now(), {
    name: config.name,
    asset,
    cash: formatDecimal(balances.find((balance) => balance.asset === asset)?.total ?? parseDecimal('0')),
  });
  const story = createAccountStory({
    scope: 'venue',
    asset,
    cash: parseDecimal(payloadOf(opened, 'venue_account.opened').cash),
    at: opened.ts,
  });
  for (const record of records) story.take(record);
  const { account } = story.restore((id) => {
    const instrument = byId.get(id);
    if (instrument !== undefined) return instrument;
    throw new Fault(
      'refused',
      `account ${config.name} has traded ${id}, which is no longer one of its instruments: its books cannot be kept`,
      'remove the account and add it again with that instrument in its list',
    );
  });

  const ranges = followRanges(instruments, market, clock);
  const quote = (id: InstrumentId): Quote | undefined => {
    const book = market.book(id);
    const instrument = byId.get(id);
    const [bid, ask] = [book?.bids[0], book?.asks[0]];
    if (book === undefined || instrument === undefined || bid === undefined || ask === undefined) return undefined;
    const price = priceOf(quantizeFloat((bid.price + ask.price) / 2, instrument.tickSize, 'half-up'));
    return { price, at: book.at, atr: ranges.of(id, price) };
  };
  const venue = createLiveVenue({
    gateway,
    clock,
    stopwatch: createStopwatch(),
    instruments,
    onBroken: (error) => parts.onBroken(config.name, error),
  });
  const desk = openManualDesk({
    agentId: MASTER,
    venue,
    account,
    instruments,
    ids: createIdFactory(sha256, { account: config.name, after: journal.head().seq }),
    journal: facts,
    envelope: manualEnvelope,
    feeBps: parseDecimal(ASSUMED_FEE_BPS),
    limits: parts.limits,
    tradingState: parts.tradingState,
    mode: parts.mode,
    asker: askedByHand,
    reconciled: () => venue.status().state === 'ready',
    dataFault: (id) => {
      const health = market.health(id);
      return health.kind === 'live' ? (market.clockTrouble() ?? null) : `${health.reason}: ${health.detail}`;
    },
    locked: () => (config.environment === 'live' ? LIVE_LOCKED : undefined),
    kind: 'live',
    quote,
    maxDataAgeMs: MAX_BOOK_AGE_MS,
    restore: ordersByHand(journal, run),
  });
  venue.start({
    orders: () => desk.execution.orders(),
    fills: () => desk.execution.fills(),
    holdings: () => desk.execution.holdings(),
    protectAll: (ts) => desk.execution.protectAll(ts),
  });
  const watch = watchAccount({
    journal,
    run,
    account,
    desk,
    onBreach: (reason) => parts.onBreach(`account ${config.name}: ${reason}`),
  });
  const unwatch = instruments.map(({ id }) => market.watch(id, []));

  const advance = (): void => {
    for (const { id } of instruments) {
      const now = isZero(desk.held(id)) ? undefined : quote(id);
      // A price that is not to be trusted values nothing, and stops nobody.
      if (now !== undefined && market.health(id).kind === 'live') watch.mark(id, now.price, now.at);
    }
    desk.settle(clock.now());
    watch.look(clock.now());
  };
  let cancelTimer = (): void => undefined;
  const keepWatching = (): void => {
    advance();
    cancelTimer = clock.setTimer(unixMs(clock.now() + WATCH_MS), keepWatching);
  };
  keepWatching();

  return {
    account,
    execution: desk.execution,
    venueStatus: () => venue.status(),
    inTransit: () => desk.execution.openOrders().some(({ status }) => !RESTING.has(status)),
    expectCancels: () => venue.expectCancels(),
    manual: {
      name: config.name,
      environment: config.environment,
      instruments,
      desk,
      now: () => clock.now(),
      advance,
      untilKnown: (order, rests) => untilKnown(order, rests, desk),
    },
    close() {
      for (const stop of unwatch) stop();
      ranges.stop();
      cancelTimer();
      venue.close();
      desk.dispose();
    },
  };
}

/** A venue answers in a moment or an order's outcome is looked for; what takes longer is shown as it is then. */
async function untilKnown(order: TrackedOrder, rests: boolean, { execution }: ManualDesk): Promise<void> {
  const isClear = (): boolean => {
    const now = execution.order(order.clientOrderId);
    // A closing order may still wait for the stop to be gone.
    if (now === undefined) return false;
    if (!isOpenStatus(now.status)) return true;
    return now.status === 'accepted' && rests;
  };
  for (let tries = 0; tries < KNOWN_TRIES && !isClear(); tries++) await sleep(KNOWN_WAIT_MS);
}
