import type { TradeIntent } from '../agent/types.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import {
  add,
  type Decimal,
  formatDecimal,
  isPositive,
  isZero,
  multiply,
  quantizeFloat,
  ZERO,
} from '../domain/decimal.ts';
import { type AgentId, type ClientOrderId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price as priceOf } from '../domain/money.ts';
import type { Fill, OrderPurpose } from '../domain/order.ts';
import { createExecution } from '../execution/execution.ts';
import { createSimulatedVenue } from '../execution/simulated-venue.ts';
import type { ExecutionRecord, TrackedOrder } from '../execution/types.ts';
import type { OrderBook } from '../execution/venue-book.ts';
import type { SimulatedVenueOptions } from '../execution/venue-options.ts';
import { limitsAt } from '../execution/versioned-limits.ts';
import type { AbortToken } from '../kernel/abort.ts';
import { Fault } from '../kernel/fault.ts';
import { entryPayload } from '../ledger/payload.ts';
import type { Reconciliation } from '../ledger/reconcile.ts';
import type { Breach } from '../risk/breakers.ts';
import { asksMaster } from '../risk/checks/mode-and-lock.ts';
import { createGate } from '../risk/gate.ts';
import { DEFAULT_LIMITS } from '../risk/risk-limits.ts';
import { approvals } from '../risk/seal.ts';
import { type SizingDenied, type SizingInput, sizeEntry } from '../risk/sizing.ts';
import { standardChecks } from '../risk/standard-checks.ts';
import { sizeTranche } from '../risk/tranche.ts';
import type { ProposedOrder, RiskView } from '../risk/types.ts';
import type { AgentSpec } from '../spawner/types.ts';
import { atWork, openAccount } from './account.ts';
import { agreedOrder, approvedByMaster, createWaitingEntry, questionOf, staleAt } from './asked-entry.ts';
import type { FactSink } from './cycle-journal.ts';
import { atrAfter, atrNow, CLOSING_WORDS, riskOfUnit } from './desk-figures.ts';
import { createDeskRisk, type DeskMark, type RiskPorts } from './desk-risk.ts';
import { approvedPayload, noteOutcome, reserving, wouldReserve } from './reserving.ts';
import type { CyclePorts, CycleSetup } from './run-cycle.ts';
import { createShadow, type ShadowBook } from './shadow.ts';
import { type TightenedStop, tightenStop } from './tighten-stop.ts';

/** Options of the simulated venue that a back-test may set beyond fee and spread. */
export type VenueExtras = Pick<
  SimulatedVenueOptions,
  'participation' | 'impact' | 'onCost' | 'fees' | 'turnover' | 'limitsHistory' | 'faults'
>;

/** What a desk needs of a cycle. */
export type DeskSetup = Pick<CycleSetup, 'instrument' | 'feeBps' | 'halfSpreadBps' | 'interval' | 'at' | 'venue'>;
export type DeskPorts = Pick<CyclePorts, 'account' | 'ids' | 'allowedInstruments' | keyof RiskPorts | 'halt'> & {
  readonly journal: FactSink;
  /** Of an environment that compares with a venue's book; see `Shadow`. */
  readonly shadowBook?: ShadowBook | undefined;
};

/** One agent's way to the market: size, gate, venue, ledger. It takes intents and candles; nobody else moves money. */
export type TradingDesk = {
  readonly agentId: AgentId;
  /**
   * Sizes an entry, asks the gate and sends it. A denial is recorded with its reason and nothing is sent. `size` from 0 to 1 is what is left
   * of it for reasons beside the market.
   */
  enter(intent: TradeIntent & { readonly kind: 'enter' }, series: CandleSeries, ts: UnixMs, size?: Decimal): void;
  /** Cancels entries and closes what is held, at the next candle. Stop and target rest until then: one set with the sale. */
  flatten(reason: string, ts: UnixMs): void;
  cancelAll(reason: string, ts: UnixMs): void;
  /** Takes back what would open or add: entries that rest, and the one that waits for the master. */
  cancelEntries(reason: string, ts: UnixMs): void;
  /** Cancels one order, if it is open. */
  cancel(clientOrderId: ClientOrderId, reason: string, ts: UnixMs): void;
  /**
   * Moves the stop of what is held toward less risk. It counts from the newest candle on, so that nothing is bare inside the one that runs.
   * Throws Fault('refused'), see `tightenStop`.
   */
  tightenStop(stop: Price): TightenedStop;
  /** Every order so far, oldest first, as our books have it. */
  orders(): readonly TrackedOrder[];
  /** What rests as the venue has it. */
  ordersAtVenue(): readonly ClientOrderId[];
  onCandle(candle: ClosedCandle): void;
  /**
   * The same in steps, for several markets on one account in the order of time: what fills at the open of a candle (or of a finer one inside
   * it) fills before what others do while it lasts. `onCandle` then values what is held; given the same candle again it does nothing.
   */
  openCandle(candle: ClosedCandle, book?: OrderBook): void;
  closeCandle(): void;
  /** Why the account has to be stopped here and now; undefined while it need not. */
  breach(): string | undefined;
  /** At least one lot is held; less is dust. */
  holding(): boolean;
  /** Entries that have filled, wholly or in part. */
  tranches(): number;
  /** An entry is sent and not yet filled or gone, or waits for the master. */
  entering(): boolean;
  /** Aborted once the master has answered about an entry; undefined while none waits for him. */
  asked(): AbortToken | undefined;
  /** Acts on his answer, at the prices of now: sends the entry through the gate, or writes down why not. */
  enterAsked(ts: UnixMs): void;
  /** Why this agent enters no more: an entry was not approved. Undefined while it may. */
  declined(): string | undefined;
  /** Unique fills so far. */
  fills(): number;
  /**
   * What this agent alone made of the account's equity since it began, proven from a ledger of its own fills: others may trade and hold
   * on the account meanwhile, and what they hold counts as cash here.
   */
  result(): Reconciliation;
  /** Planned loss of everything that was entered; null before the first entry. */
  plannedRisk(): Decimal | null;
  /** How the last position was closed, in words. */
  lastClosing(): string | undefined;
  /** The same, when it was the stop or the target. */
  protectionHit(): string | undefined;
  /** Market time of the newest thing that happened. */
  now(): UnixMs;
};

/** A desk on a venue of its own. `spec` is undefined for a cycle that spawned nothing; then every entry is a bug. */
export function openTradingDesk(setup: DeskSetup, ports: DeskPorts, spec: AgentSpec | undefined): TradingDesk {
  const { instrument, feeBps, halfSpreadBps, interval } = setup;
  const { account, journal, ids, tradingState } = ports;
  const agentId = ids.agentId();
  const venue = createSimulatedVenue({ instrument, feeBps, halfSpreadBps, ids, ...setup.venue });
  const gate = createGate(standardChecks);
  const startEquity = account.equity();
  const own = openAccount({
    scope: 'run',
    asset: account.asset,
    startingCash: startEquity,
    openedAt: setup.at,
    feeCoins: account.feeCoins,
  });
  const ownStart = own.valued();
  let now = setup.at;
  let mark: DeskMark | undefined;
  let breach: Breach | undefined;
  let playedUntil = 0;
  let seenUntil = 0;
  let planned: Decimal | null = null;
  let unitRisk: Decimal = ZERO;
  let closing: { readonly purpose: OrderPurpose; readonly text: string } | undefined;

  const shadow =
    ports.shadowBook === undefined ? undefined : createShadow({ instrument, agentId, journal, look: ports.shadowBook });

  const book = (fill: Fill): void => {
    const entry = account.book(fill, instrument);
    own.book(fill, instrument);
    shadow?.filled(fill);
    if (entry !== undefined) journal.write('ledger.posted', fill.tsEvent, entryPayload(entry));
    if (fill.purpose === 'entry') planned = add(planned ?? ZERO, multiply(unitRisk, fill.quantity));
    else if (!holding())
      closing = { purpose: fill.purpose, text: `${CLOSING_WORDS[fill.purpose]} at ${formatDecimal(fill.price)}` };
  };
  const execution = createExecution({
    venue,
    ids,
    approvals,
    record: (record: ExecutionRecord) => {
      if (record.ts > now) now = record.ts;
      journal.writeAll([record]);
      noteOutcome(account.reservations, record);
    },
    instruments: [instrument],
    onFill: book,
  });
  /** The instrument by the steps and minimums of the moment. */
  const rulesAt = (ts: UnixMs): Instrument => limitsAt(instrument, setup.venue?.limitsHistory ?? [], ts).instrument;
  const holding = (): boolean => !isZero(execution.sellableQuantity(agentId, instrument.id));
  const openEntries = () => execution.openOrders().filter(({ purpose }) => purpose === 'entry');
  const limits = ports.limits ?? (() => DEFAULT_LIMITS);
  const risk = createDeskRisk({
    ports,
    limits,
    instrument,
    rulesAt,
    interval,
    feeBps,
    account,
    execution,
    agentId,
    startEquity,
    holding,
  });
  const reserve = (): void => risk.tellAccount(mark);

  const withReservation = reserving(agentId, account, limits);
  const asIfReserving = wouldReserve(agentId, account, limits);
  const waiting = createWaitingEntry(ports.askEntry);
  const deny = (purpose: OrderPurpose, check: string, reason: string, ts: UnixMs): void => {
    journal.write('risk.denied', ts, { agentId, purpose, check, reason });
  };
  /** The gate's answer is written down before anything is sent. */
  const submit = (order: ProposedOrder, view: RiskView, ts: UnixMs): boolean => {
    const verdict = withReservation(gate(order, view), order, view);
    if (verdict.kind === 'denied') {
      deny(order.purpose, verdict.check, verdict.reason, ts);
      return false;
    }
    journal.write('risk.approved', ts, approvedPayload(agentId, order, verdict));
    shadow?.approved(order, ts);
    risk.sent(order, ts);
    execution.submit(agentId, instrument.id, verdict.order, ts);
    reserve();
    return true;
  };

  const submitEntry = (order: ProposedOrder, view: RiskView, ts: UnixMs): void => {
    if (submit(order, view, ts) && order.stop !== undefined)
      unitRisk = riskOfUnit(view.referencePrice, order.stop, feeBps);
  };
  /** Asks the master for an entry that he wants to be asked about, if it would be let through then. Answers whether it waits for him. */
  const asksFirst = (order: ProposedOrder, view: RiskView, owner: AgentSpec): boolean => {
    if (!asksMaster(order, view)) return false;
    const asked = approvedByMaster(view);
    if (asIfReserving(gate(order, asked), order, asked).kind === 'denied') return false;
    const question = questionOf(order, view, owner);
    waiting.ask(question, () => staleAt(question, mark?.price ?? question.price));
    return true;
  };

  const filledEntries = (): number =>
    execution.orders().filter(({ purpose, filledQuantity }) => purpose === 'entry' && isPositive(filledQuantity))
      .length;

  const sizePart = (wanted: SizingInput, tranches: number): ProposedOrder | SizingDenied =>
    sizeTranche({
      wanted,
      tranches,
      own: risk.ofOwn(wanted.price),
      restingStop: execution.openOrders().find(({ purpose }) => purpose === 'stop')?.price,
    });

  const markAt = (candle: ClosedCandle, atr: number): DeskMark => {
    mark = { price: priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up')), at: candle.closeTime, atr };
    return mark;
  };

  /** Stops the account before it falls through the 5 %: told once, and for as long as there is something to close. */
  const watch = (at: DeskMark): void => {
    const found = risk.breach(at);
    const halted = tradingState() === 'halted';
    if (found === undefined || (found.kind === 'halt' && halted && !holding())) {
      breach = undefined;
      return;
    }
    if (breach?.kind === found.kind) return;
    breach = found;
    journal.write('risk.breached', at.at, {
      agentId,
      ...found,
      equity: formatDecimal(account.equity()),
      peakEquity: formatDecimal(account.peakEquity()),
    });
    if (found.kind === 'halt' && !halted) ports.halt?.(found.reason, at.at);
  };

  const cancelEntries = (reason: string, ts: UnixMs): void => {
    waiting.drop(reason);
    execution.cancelEntries(reason, ts);
    reserve();
  };
  return {
    agentId,
    enter(intent, series, ts, size) {
      if (spec === undefined) throw new TypeError('an entry without an agent');
      const newest = series.candles.at(-1);
      if (newest === undefined || waiting.declined() !== undefined) return;
      const { tranches = 1 } = intent;
      const adds = holding();
      // Of a position in parts only its stop may rest while the next part is bought.
      const inTheWay = execution.openOrders().filter(({ purpose }) => !(adds && tranches > 1 && purpose === 'stop'));
      const isBusy = inTheWay.length > 0 || waiting.asked() !== undefined;
      if ((adds && filledEntries() >= tranches) || isBusy)
        return deny('entry', 'one-at-a-time', 'a position or an order of this agent is open', ts);
      const unit = atrNow(series);
      const at = markAt(newest, unit);
      const working = atWork(account);
      const wanted = {
        clientOrderId: ids.clientOrderId(),
        equity: working.equity,
        ...risk.taken(),
        limits: limits(),
        peakEquity: working.peakEquity,
        atr: quantizeFloat(unit, instrument.tickSize, 'ceil'),
        price: at.price,
        stopDistance: unit * Number(spec.envelope.stopAtr),
        targetDistance: unit * Number(spec.envelope.targetAtr),
        envelope: spec.envelope,
        instrument: rulesAt(ts),
        feeBps,
        halfSpreadBps,
        ...(size === undefined ? {} : { size }),
      };
      const sized = tranches === 1 ? sizeEntry(wanted) : sizePart(wanted, tranches);
      if ('kind' in sized) return deny('entry', 'sizing', sized.reason, ts);
      const view = risk.view(sized, at, ts, spec, adds);
      if (!asksFirst(sized, view, spec)) submitEntry(sized, view, ts);
    },
    enterAsked(ts) {
      const decided = waiting.take();
      if (decided === undefined || mark === undefined) return;
      const { question, answer } = decided;
      const gone = question.adds && !holding() ? 'the position that it would have added to is gone' : undefined;
      const why = answer.kind === 'declined' ? answer.why : (staleAt(question, mark.price) ?? gone);
      if (answer.kind === 'declined' || why !== undefined) {
        waiting.decline(why ?? 'not approved');
        return deny('entry', 'approval', why ?? 'not approved', ts);
      }
      const view = approvedByMaster(risk.view(question.order, mark, ts, question.spec, question.adds));
      submitEntry(agreedOrder(question, answer.limits, view), view, ts);
    },
    flatten(reason, ts) {
      cancelEntries(reason, ts);
      // One that is on its way is left alone: on a market that runs by itself a new one would always come after the next open.
      if (execution.openOrders().some((order) => order.purpose === 'flatten')) return;
      const held = execution.sellableQuantity(agentId, instrument.id);
      const group = execution.protectionOf(agentId, instrument.id);
      if (isZero(held) || spec === undefined || mark === undefined) return;
      const order: ProposedOrder = {
        clientOrderId: ids.clientOrderId(),
        side: 'sell',
        type: 'market',
        purpose: 'flatten',
        quantity: held,
        reduceOnly: true,
        ...(group === undefined ? {} : { group }),
      };
      submit(order, risk.view(order, mark, ts, spec), ts);
    },
    cancelEntries,
    cancelAll(reason, ts) {
      waiting.drop(reason);
      execution.cancelAll(reason, ts);
      reserve();
    },
    cancel(clientOrderId, reason, ts) {
      execution.cancel(clientOrderId, reason, ts);
      reserve();
    },
    tightenStop(stop) {
      if (spec === undefined || mark === undefined || !holding())
        throw new Fault('refused', `${agentId} holds nothing`, 'see what is held: mt agents');
      const at = mark;
      const view = (order: ProposedOrder) => risk.view(order, at, at.at, spec);
      const moved = tightenStop(
        { agentId, instrument, execution, journal, newId: () => ids.clientOrderId(), view },
        stop,
        at.at,
      );
      reserve();
      return moved;
    },
    orders: () => execution.orders(),
    ordersAtVenue: () => venue.state().openOrders.map(({ order }) => order.clientOrderId),
    openCandle(candle, book) {
      venue.openCandle(candle, book);
      playedUntil = candle.closeTime;
      reserve();
    },
    closeCandle() {
      venue.closeCandle();
      reserve();
    },
    onCandle(candle) {
      if (candle.closeTime <= seenUntil) return;
      seenUntil = candle.closeTime;
      if (candle.closeTime > playedUntil) venue.onCandle(candle);
      execution.guard(candle.closeTime);
      const at = markAt(candle, atrAfter(mark, candle));
      reserve();
      own.mark(instrument.id, at.price, candle.closeTime);
      if (account.mark(instrument.id, at.price, candle.closeTime))
        journal.write('risk.marked', candle.closeTime, {
          equity: formatDecimal(account.equity()),
          peakEquity: formatDecimal(account.peakEquity()),
          dayStartEquity: formatDecimal(account.dayStartEquity()),
        });
      now = unixMs(Math.max(now, candle.closeTime));
      watch(at);
    },
    breach: () => breach?.reason,
    holding,
    tranches: filledEntries,
    entering: () => openEntries().length > 0 || waiting.asked() !== undefined,
    asked: () => waiting.asked(),
    declined: () => waiting.declined(),
    fills: () => execution.fills().length,
    result: () => own.proofSince(ownStart),
    plannedRisk: () => planned,
    lastClosing: () => closing?.text,
    protectionHit: () => (closing?.purpose === 'stop' || closing?.purpose === 'target' ? closing.text : undefined),
    now: () => now,
  };
}
