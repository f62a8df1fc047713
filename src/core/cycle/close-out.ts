import { formatDecimal, isZero, quantizeFloat, ZERO } from '../domain/decimal.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { notional, price as priceOf, type Quantity } from '../domain/money.ts';
import { createExecution } from '../execution/execution.ts';
import { createSimulatedVenue } from '../execution/simulated-venue.ts';
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
import type { CycleSetup } from './run-cycle.ts';

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
};

const CLOSING_CANDLES = 5;

/** What an account holds of an instrument. */
export const heldOf = (account: TradingAccount, instrument: Instrument): Quantity | undefined => {
  const held = account.state().positions.get(instrument.id)?.quantity;
  return held === undefined || isZero(held) ? undefined : held;
};

const nextBoundary = (now: UnixMs, interval: Interval): UnixMs =>
  (Math.floor(now / INTERVAL_MS[interval]) * INTERVAL_MS[interval]) as UnixMs;

/**
 * Closes what an agent left behind when its process or its cycle ended early: at market, at the next candle, through the same gate,
 * venue, ledger and journal. Does nothing when nothing is held. Throws when the gate refuses or the market has no further candle.
 */
export async function closeOut(input: CloseOutInput): Promise<void> {
  const { setup, account, own, feed, journal, ids, agentId, now } = input;
  const { instrument, interval, feeBps, halfSpreadBps } = setup;
  const held = heldOf(own, instrument);
  if (held === undefined) return;

  const venue = createSimulatedVenue({ instrument, feeBps, halfSpreadBps, ids });
  venue.restore({ holding: held, openOrders: [] });
  const execution = createExecution({
    venue,
    ids,
    approvals,
    record: (record) => journal.writeAll([record]),
    onFill: (fill) => {
      const entry = account.book(fill, instrument);
      own.book(fill, instrument);
      if (entry !== undefined) journal.write('ledger.posted', fill.tsEvent, entryPayload(entry));
    },
  });
  const last = feed.history(instrument.id, interval, now, 1).series.candles.at(-1);
  if (last === undefined) throw new Error('there is no candle to value the position at');
  const at = priceOf(quantizeFloat(last.close, instrument.tickSize, 'half-up'));
  account.mark(instrument.id, at, now);
  own.mark(instrument.id, at, now);

  const order: ProposedOrder = {
    clientOrderId: ids.clientOrderId(),
    side: 'sell',
    type: 'market',
    purpose: 'flatten',
    quantity: held,
    reduceOnly: true,
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
  journal.write('risk.approved', now, {
    agentId,
    purpose: order.purpose,
    side: order.side,
    quantity: formatDecimal(held),
    stop: null,
    target: null,
    checks: verdict.checks,
  });
  execution.submit(agentId, instrument.id, verdict.order, now);
  // The candle that is open now cannot fill what comes after its open; the one after it does.
  let after = nextBoundary(now, interval);
  for (let candles = 0; heldOf(own, instrument) !== undefined; candles++) {
    if (candles === CLOSING_CANDLES) throw new Error(`the position could not be closed within ${candles} candles`);
    const candle = await feed.next(instrument.id, interval, after, createAbortSource().token);
    if (candle === undefined) throw new Error('the market ended before the position could be closed');
    venue.onCandle(candle);
    const mark = priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up'));
    account.mark(instrument.id, mark, candle.closeTime);
    own.mark(instrument.id, mark, candle.closeTime);
    after = candle.closeTime;
  }
  execution.close();
}
