import type { ClosedCandle } from '../domain/candle.ts';
import { formatDecimal, isZero, quantizeFloat, ZERO } from '../domain/decimal.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { notional, price as priceOf, type Quantity, quantity } from '../domain/money.ts';
import { createExecution, type Execution } from '../execution/execution.ts';
import { sentOrders } from '../execution/restore.ts';
import { createSimulatedVenue } from '../execution/simulated-venue.ts';
import type { ExecutionRecord } from '../execution/types.ts';
import { createAbortSource } from '../kernel/abort.ts';
import type { IdFactory } from '../kernel/ids.ts';
import { entryPayload } from '../ledger/payload.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import { createGate } from '../risk/gate.ts';
import { DEFAULT_LIMITS } from '../risk/risk-limits.ts';
import { approvals } from '../risk/seal.ts';
import { standardChecks } from '../risk/standard-checks.ts';
import type { ProposedOrder, RiskView, TradingState } from '../risk/types.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import type { TradingAccount } from './account.ts';
import type { CycleJournal } from './cycle-journal.ts';
import type { PayloadOf } from './records.ts';
import { approvedPayload, noteOutcome } from './reserving.ts';
import type { CycleSetup } from './run-cycle.ts';
import type { Shadow } from './shadow.ts';

export type CloseOutInput = {
  readonly setup: Pick<CycleSetup, 'instrument' | 'interval' | 'feeBps' | 'halfSpreadBps'>;
  readonly account: TradingAccount;
  /** What the agent itself did so far, on a ledger of its own: only that is closed, whatever others hold. */
  readonly own: TradingAccount;
  readonly feed: MarketFeed;
  readonly journal: CycleJournal;
  readonly ids: IdFactory;
  readonly agentId: AgentId;
  readonly envelope: RiskEnvelope;
  readonly tradingState: TradingState;
  readonly now: UnixMs;
  /** What rests goes on resting, where a venue's market has gone on without us. Without it the orders were canceled before. */
  readonly resting?: Resting;
};

/** The orders of the agent as its records tell them, and the candles that have closed since they were last looked at. */
export type Resting = {
  readonly records: readonly ExecutionRecord[];
  readonly missed: readonly ClosedCandle[];
  /** The close of the last candle that it has met before. */
  readonly from: UnixMs;
  /** Up to where they were read; what closes later is waited for. */
  readonly until: UnixMs;
  /** Given when the program was off meanwhile. */
  readonly window?: PayloadOf<'cycle.offline'>;
  readonly shadow?: Shadow | undefined;
};

const CLOSING_CANDLES = 5;
const WHY = 'the cycle was ended for it';

/** What an account holds of an instrument. */
export const heldOf = (account: TradingAccount, instrument: Instrument): Quantity | undefined => {
  const held = account.state().positions.get(instrument.id)?.quantity;
  return held === undefined || isZero(held) ? undefined : held;
};

const nextBoundary = (now: UnixMs, interval: Interval): UnixMs =>
  (Math.floor(now / INTERVAL_MS[interval]) * INTERVAL_MS[interval]) as UnixMs;

/**
 * Closes what an agent left behind when its process or its cycle ended early: at market, at the next candle, through the same gate,
 * venue, ledger and journal. What rests meets the missed candles first. Does nothing when nothing is held or rests. Throws when the gate
 * refuses or the market has no further candle.
 */
export async function closeOut(input: CloseOutInput): Promise<void> {
  const { setup, account, own, feed, journal, now, resting } = input;
  const { instrument, interval } = setup;
  const { venue, execution } = takeOver(input);
  const mark = (candle: ClosedCandle, ts: UnixMs): void => {
    const at = priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up'));
    own.mark(instrument.id, at, ts);
    if (!account.mark(instrument.id, at, ts) || resting === undefined) return;
    journal.write('risk.marked', ts, {
      equity: formatDecimal(account.equity()),
      peakEquity: formatDecimal(account.peakEquity()),
      dayStartEquity: formatDecimal(account.dayStartEquity()),
    });
  };
  const play = (candle: ClosedCandle): void => {
    venue.onCandle(candle);
    if (resting !== undefined) execution.guard(candle.closeTime);
    mark(candle, candle.closeTime);
  };
  if (resting?.window !== undefined) journal.write('cycle.offline', now, resting.window);
  // A stop that was recorded as moved, and whose process ended before the orders followed, meets what was missed where it was moved to.
  if (resting !== undefined) execution.protectAll(resting.from);
  for (const candle of resting?.missed ?? []) play(candle);
  execution.cancelEntries(WHY, now);
  const held = heldOf(own, instrument);
  const isClosing = execution.openOrders().some(({ purpose }) => purpose === 'flatten');
  if (held !== undefined && !isClosing) {
    const last = feed.history(instrument.id, interval, now, 1).series.candles.at(-1);
    if (last === undefined) throw new Error('there is no candle to value the position at');
    mark(last, now);
    sendClosing(input, execution, held, last);
  }
  // The candle that is open now cannot fill what comes after its open; the one after it does.
  let after = resting?.until ?? nextBoundary(now, interval);
  for (let candles = 0; heldOf(own, instrument) !== undefined; candles++) {
    if (candles === CLOSING_CANDLES) throw new Error(`the position could not be closed within ${candles} candles`);
    const candle = await feed.next(instrument.id, interval, after, createAbortSource().token);
    if (candle === undefined) throw new Error('the market ended before the position could be closed');
    play(candle);
    after = candle.closeTime;
  }
  execution.cancelAll(WHY, after);
  execution.close();
}

/** A simulated venue and its execution as the agent left them. */
function takeOver({ setup, account, own, journal, ids, resting }: CloseOutInput) {
  const { instrument, feeBps, halfSpreadBps } = setup;
  const venue = createSimulatedVenue({ instrument, feeBps, halfSpreadBps, ids });
  const execution = createExecution({
    venue,
    ids,
    approvals,
    ...(resting === undefined ? {} : { instruments: [instrument], restore: resting.records }),
    record: (record) => {
      journal.writeAll([record]);
      noteOutcome(account.reservations, record);
    },
    onFill: (fill) => {
      const entry = account.book(fill, instrument);
      own.book(fill, instrument);
      resting?.shadow?.filled(fill);
      if (entry !== undefined) journal.write('ledger.posted', fill.tsEvent, entryPayload(entry));
    },
  });
  const sent = sentOrders(resting?.records ?? [], approvals);
  venue.restore({
    holding: heldOf(own, instrument) ?? quantity(ZERO),
    openOrders: execution.openOrders().flatMap(({ clientOrderId }) => sent.get(clientOrderId) ?? []),
  });
  return { venue, execution };
}

/** Asks the gate, writes its answer down and sends the sale, as one set with the protection that rests. */
function sendClosing(input: CloseOutInput, execution: Execution, held: Quantity, last: ClosedCandle): void {
  const { setup, account, journal, ids, agentId, now, resting } = input;
  const { instrument, interval, feeBps } = setup;
  const at = priceOf(quantizeFloat(last.close, instrument.tickSize, 'half-up'));
  const group = execution.protectionOf(agentId, instrument.id);
  const order: ProposedOrder = {
    clientOrderId: ids.clientOrderId(),
    side: 'sell',
    type: 'market',
    purpose: 'flatten',
    quantity: resting === undefined ? held : execution.sellableQuantity(agentId, instrument.id),
    reduceOnly: true,
    ...(group === undefined ? {} : { group }),
  };
  const view: RiskView = {
    now,
    tradingState: input.tradingState,
    reconciled: true,
    instrument,
    allowedInstruments: [instrument.id],
    envelope: input.envelope,
    envelopeExpiresAt: now,
    referencePrice: at,
    limits: DEFAULT_LIMITS,
    access: { mode: 'full', lock: 'open' },
    venue: 'simulated',
    // Only what limits new risk looks at the rest, and this reduces.
    atr: ZERO,
    dataFault: null,
    symbolExposure: notional(at, held),
    openOrderNotional: ZERO,
    ownOrders: [],
    ordersLastSecond: 0,
    repeatsLastMinute: 0,
    recentIntents: [],
    dataAgeMs: now - last.closeTime,
    maxDataAgeMs: INTERVAL_MS[interval],
    equity: account.equity(),
    cash: account.cash(),
    peakEquity: account.peakEquity(),
    dayStartEquity: account.dayStartEquity(),
    agentStartEquity: account.equity(),
    openPositions: 1,
    heldQuantity: held,
    grossExposure: notional(at, held),
    openOrders: 0,
    ordersLastMinute: 0,
    openRisk: ZERO,
    feeBps,
  };
  const verdict = createGate(standardChecks)(order, view);
  if (verdict.kind === 'denied') throw new Error(`the gate refused to close what was left: ${verdict.reason}`);
  journal.write('risk.approved', now, approvedPayload(agentId, order, verdict));
  resting?.shadow?.approved(order, now);
  execution.submit(agentId, instrument.id, verdict.order, now);
}
