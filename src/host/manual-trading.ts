import { sha256 } from '#adapters/digest/sha256.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { draft } from '#core/cycle/records.ts';
import { formatDecimal, isZero, parseDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { price as priceOf } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { sentOrders } from '#core/execution/restore.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import type { ExecutionRecord, TrackedOrder } from '#core/execution/types.ts';
import { routeVenues } from '#core/execution/venue-router.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { type ManualDesk, openManualDesk } from '#core/manual/manual-desk.ts';
import type { Quote } from '#core/manual/types.ts';
import type { Breach } from '#core/risk/breakers.ts';
import { approvals } from '#core/risk/seal.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import type { ManualBook } from '#shared/contract/orders.ts';
import type { EngineParts } from './parts.ts';
import { MANUAL_RUN, SYSTEM_CYCLE } from './trading-state.ts';

/** Under which the master's own orders stand in the records. */
const MASTER = 'A-master' as AgentId;
const FEE_BPS = '10';
const HALF_SPREAD_BPS = '1';
const ORDER_RECORDS: ReadonlySet<string> = new Set([
  'order.submitted',
  'order.accepted',
  'order.cancel_requested',
  'order.filled',
  'order.canceled',
  'order.rejected',
]);
const MINUTE_MS = INTERVAL_MS['1m'];
/** Over which the mean range is taken. */
const RANGE_CANDLES = 14;
/** A market order fills at the next open; more candles than this mean that something is broken. */
const FILL_CANDLES = 5;

/** Orders by hand on the standing simulated account. */
export type ManualTrading = {
  readonly desk: ManualDesk;
  book(): ManualBook;
  orderView(order: TrackedOrder): OrderView;
  fillsOf(order: TrackedOrder): readonly FillView[];
  /** Plays the candles that closed since it was last called to the orders that rest; cheap when none does. */
  advance(): void;
  /** Where the market stands still until it is asked: moves it on until the order is filled or closed. */
  untilFilled(order: TrackedOrder): Promise<void>;
  /** What rests as the venue has it. */
  ordersAtVenue(): readonly ClientOrderId[];
  /** Closes everything that is held by hand. Resolves when nothing is; rejects when the market gives no candle to close it in. */
  closeAll(): Promise<void>;
  dispose(): void;
};

export type ManualTradingOptions = {
  readonly parts: EngineParts;
  readonly stepped: boolean;
  readonly onChange: () => void;
  /** The account has to be stopped: cancel, flatten and halt. */
  readonly onBreach: (reason: string) => void;
};

export function openManualTrading({ parts, stepped, onChange, onBreach }: ManualTradingOptions): ManualTrading {
  const { instruments, market, account, storage, tradingState } = parts;
  const ids = createIdFactory(sha256, { manual: MANUAL_RUN, after: storage.journal.head().seq });
  const costs = { feeBps: parseDecimal(FEE_BPS), halfSpreadBps: parseDecimal(HALF_SPREAD_BPS) };
  const venues = new Map(
    instruments.map((instrument) => [instrument.id, createSimulatedVenue({ instrument, ...costs, ids })]),
  );
  const earlier = storage.journal
    .readCycle(SYSTEM_CYCLE)
    .filter(({ runId, type }) => runId === MANUAL_RUN && ORDER_RECORDS.has(type))
    // What `record` wrote, as its hashes prove.
    .map(({ type, ts, payload }) => ({ type, ts, payload }) as unknown as ExecutionRecord);
  const newest = (id: InstrumentId): Quote | undefined => {
    const instrument = instrumentOf(id);
    const { candles } = market.feed.history(id, '1m', market.clock.now(), RANGE_CANDLES).series;
    const last = candles.at(-1);
    if (last === undefined) return undefined;
    const range = candles.reduce((all, { high, low }) => all + high - low, 0) / candles.length;
    return {
      price: priceOf(quantizeFloat(last.close, instrument.tickSize, 'half-up')),
      at: last.closeTime,
      atr: quantizeFloat(range, instrument.tickSize, 'ceil'),
    };
  };
  const { riskPerTrade, maxNotionalFraction, stopAtr, targetAtr, dayLoss, maxPositions } = DEFAULT_SPAWN_POLICY;
  const desk = openManualDesk({
    agentId: MASTER,
    venue: routeVenues('simulated', venues),
    account,
    instruments,
    ids,
    journal: openCycleJournal(storage.journal, SYSTEM_CYCLE, MANUAL_RUN, () => {}),
    envelope: { riskPerTrade, maxNotionalFraction, stopAtr, targetAtr, dayLoss, maxPositions, allowShort: false },
    feeBps: costs.feeBps,
    limits: () => parts.limitBook.limits(),
    tradingState: () => tradingState.state(),
    reconciled: () => true,
    dataFault: () => parts.dataFault(),
    quote: newest,
    maxDataAgeMs: 2 * MINUTE_MS,
    restore: earlier,
  });
  let breached: Breach['kind'] | undefined;
  const playedUntil = new Map<InstrumentId, UnixMs>();

  function instrumentOf(id: InstrumentId): Instrument {
    const found = instruments.find((instrument) => instrument.id === id);
    if (found === undefined) throw new TypeError(`${id} is not listed`);
    return found;
  }

  /** The simulated market stands while the program is off: what rested with a venue rests with it again, and nothing was missed. */
  function restoreVenues(): void {
    const sent = sentOrders(earlier, approvals);
    for (const [id, venue] of venues) {
      const resting = desk.execution.openOrders().filter(({ instrumentId }) => instrumentId === id);
      venue.restore({
        holding: desk.held(id),
        openOrders: resting.flatMap(({ clientOrderId }) => sent.get(clientOrderId) ?? []),
      });
      const quote = isBusy(id) ? newest(id) : undefined;
      if (quote !== undefined) account.mark(id, quote.price, market.clock.now());
    }
  }

  const isBusy = (id: InstrumentId): boolean =>
    !isZero(desk.held(id)) || desk.execution.openOrders().some((order) => order.instrumentId === id);

  function play(instrument: Instrument, now: UnixMs): boolean {
    const from = playedUntil.get(instrument.id) ?? now;
    const boundary = (Math.floor(now / MINUTE_MS) * MINUTE_MS) as UnixMs;
    playedUntil.set(instrument.id, boundary);
    const count = Math.floor((boundary - from) / MINUTE_MS);
    if (count <= 0 || !isBusy(instrument.id)) return false;
    const venue = venues.get(instrument.id);
    for (const candle of market.feed.history(instrument.id, '1m', boundary, count).series.candles) {
      if (candle.openTime < from) continue;
      venue?.onCandle(candle);
      const mark = priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up'));
      if (account.mark(instrument.id, mark, candle.closeTime))
        storage.journal.append(SYSTEM_CYCLE, [
          draft(MANUAL_RUN, candle.closeTime, 'risk.marked', {
            equity: formatDecimal(account.equity()),
            peakEquity: formatDecimal(account.peakEquity()),
            dayStartEquity: formatDecimal(account.dayStartEquity()),
          }),
        ]);
    }
    return true;
  }

  /** What is held by hand is under the same breakers as what an agent holds. */
  function watch(now: UnixMs): void {
    const found = desk.breach();
    const told = found === undefined || found.kind === breached;
    breached = found?.kind;
    if (told) return;
    storage.journal.append(SYSTEM_CYCLE, [
      draft(MANUAL_RUN, now, 'risk.breached', {
        agentId: MASTER,
        ...found,
        equity: formatDecimal(account.equity()),
        peakEquity: formatDecimal(account.peakEquity()),
      }),
    ]);
    onBreach(found.reason);
  }

  function advance(): void {
    const now = market.clock.now();
    const moved = instruments.map((instrument) => play(instrument, now));
    if (!moved.includes(true)) return;
    desk.settle(now);
    onChange();
    watch(now);
  }

  const orderView = (order: TrackedOrder): OrderView => ({
    clientOrderId: order.clientOrderId,
    agentId: order.agentId,
    instrument: instrumentOf(order.instrumentId).symbol,
    side: order.side,
    type: order.type,
    purpose: order.purpose,
    quantity: formatDecimal(order.quantity),
    ...(order.price === undefined ? {} : { price: formatDecimal(order.price) }),
    status: order.status,
    filledQuantity: formatDecimal(order.filledQuantity),
    createdAt: order.createdAt,
    ...(order.reason === undefined ? {} : { reason: order.reason }),
  });

  const fillView = (fill: Fill): FillView => ({
    tradeId: fill.tradeId,
    clientOrderId: fill.clientOrderId,
    agentId: fill.agentId,
    instrument: instrumentOf(fill.instrumentId).symbol,
    side: fill.side,
    purpose: fill.purpose,
    price: formatDecimal(fill.price),
    quantity: formatDecimal(fill.quantity),
    fee: formatDecimal(fill.fee.amount),
    feeAsset: fill.fee.asset,
    ts: fill.tsEvent,
  });

  async function wait(order: TrackedOrder): Promise<void> {
    const open = (): boolean =>
      desk.execution.openOrders().some(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    const { token } = createAbortSource();
    for (let candles = 0; open() && candles < FILL_CANDLES; candles++) {
      await market.feed.next(order.instrumentId, '1m', market.clock.now(), token);
      advance();
    }
  }

  restoreVenues();
  advance();
  return {
    desk,
    orderView,
    advance,
    fillsOf: (order) =>
      desk.execution
        .fills()
        .filter((fill) => fill.clientOrderId === order.clientOrderId)
        .map(fillView),
    book: () => ({
      account: 'simulated',
      environment: 'simulated',
      orders: desk.execution.orders().map(orderView),
      fills: desk.execution.fills().map(fillView),
      holdings: instruments.flatMap(({ id, symbol }) =>
        isZero(desk.held(id)) ? [] : [{ instrument: symbol, quantity: formatDecimal(desk.held(id)) }],
      ),
      asOf: market.clock.now(),
    }),
    async untilFilled(order) {
      if (stepped && order.type === 'market') await wait(order);
    },
    ordersAtVenue: () =>
      [...venues.values()].flatMap((venue) => venue.state().openOrders.map(({ order }) => order.clientOrderId)),
    async closeAll() {
      for (const { id, symbol } of instruments) {
        if (isZero(desk.held(id))) continue;
        const onItsWay = desk.execution
          .openOrders()
          .find(({ instrumentId, purpose, type }) => instrumentId === id && purpose === 'exit' && type === 'market');
        await wait(onItsWay ?? desk.close(id, market.clock.now()).order);
        if (!isZero(desk.held(id))) throw new Error(`${symbol} could not be closed within ${FILL_CANDLES} candles`);
      }
    },
    dispose: () => desk.dispose(),
  };
}
