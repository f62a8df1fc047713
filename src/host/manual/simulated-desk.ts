import { sha256 } from '#adapters/digest/sha256.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { isZero, parseDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import type { ClientOrderId, InstrumentId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { type Price, price as priceOf } from '#core/domain/money.ts';
import { sentOrders } from '#core/execution/restore.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import { routeVenues } from '#core/execution/venue-router.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { openManualDesk } from '#core/manual/manual-desk.ts';
import type { Quote } from '#core/manual/types.ts';
import { approvals } from '#core/risk/seal.ts';
import { askedByHand } from '../access/asked-by-hand.ts';
import type { EngineParts } from '../parts.ts';
import { MANUAL_RUN, SYSTEM_CYCLE } from '../trading-state.ts';
import { watchAccount } from './account-watch.ts';
import type { ManualAccount } from './manual-account.ts';
import { manualEnvelope } from './manual-envelope.ts';
import { ASSUMED_FEE_BPS, MASTER, ordersBeforeReset, ordersByHand } from './order-records.ts';

const HALF_SPREAD_BPS = '1';
const MINUTE_MS = INTERVAL_MS['1m'];
/** When the newest minute candle closed. */
const newestClose = (now: UnixMs): UnixMs => (Math.floor(now / MINUTE_MS) * MINUTE_MS) as UnixMs;
/** Over which the mean range is taken. */
const RANGE_CANDLES = 14;
/** A market order fills at the next open; more candles than this mean that something is broken. */
const FILL_CANDLES = 5;

/** Orders by hand on the standing simulated account. */
export type SimulatedDesk = ManualAccount & {
  /** What rests as the venue has it. */
  ordersAtVenue(): readonly ClientOrderId[];
  /** Newest price; undefined while none is known. */
  priceOf(instrumentId: InstrumentId): Price | undefined;
  /** The account begins anew: what was ordered so far is history. Nothing of it may be open. */
  beginAnew(): void;
  /** Closes everything that is held by hand. Resolves when nothing is; rejects when the market gives no candle to close it in. */
  closeAll(): Promise<void>;
  dispose(): void;
};

export type SimulatedDeskOptions = {
  readonly parts: EngineParts;
  readonly stepped: boolean;
  readonly onChange: () => void;
  /** The account has to be stopped: cancel, flatten and halt. */
  readonly onBreach: (reason: string) => void;
};

export function openSimulatedDesk({ parts, stepped, onChange, onBreach }: SimulatedDeskOptions): SimulatedDesk {
  const { instruments, market, account, storage, tradingState } = parts;
  const ids = createIdFactory(sha256, { manual: MANUAL_RUN, after: storage.journal.head().seq });
  const costs = { feeBps: parseDecimal(ASSUMED_FEE_BPS), halfSpreadBps: parseDecimal(HALF_SPREAD_BPS) };
  const venues = new Map(
    instruments.map((instrument) => [instrument.id, createSimulatedVenue({ instrument, ...costs, ids })]),
  );
  const earlier = ordersByHand(storage.journal, MANUAL_RUN);
  const past = new Set(ordersBeforeReset(storage.journal));
  const sent = sentOrders(earlier, approvals);
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
  const desk = openManualDesk({
    agentId: MASTER,
    venue: routeVenues('simulated', venues, sent.values()),
    account,
    instruments,
    ids,
    journal: openCycleJournal(storage.journal, SYSTEM_CYCLE, MANUAL_RUN, () => {}),
    envelope: manualEnvelope,
    feeBps: costs.feeBps,
    limits: () => parts.limitBook.limits(),
    tradingState: () => tradingState.state(),
    mode: () => parts.modes.mode(),
    asker: askedByHand,
    reconciled: () => true,
    dataFault: () => parts.dataFault(),
    quote: newest,
    maxDataAgeMs: 2 * MINUTE_MS,
    kind: 'simulated',
    restore: earlier,
  });
  const watch = watchAccount({ journal: storage.journal, run: MANUAL_RUN, account, desk, onBreach });
  const playedUntil = new Map<InstrumentId, UnixMs>();

  function instrumentOf(id: InstrumentId): Instrument {
    const found = instruments.find((instrument) => instrument.id === id);
    if (found === undefined) throw new TypeError(`${id} is not listed`);
    return found;
  }

  /** The simulated market stands while the program is off: what rested with a venue rests with it again, and nothing was missed. */
  function restoreVenues(): void {
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

  let asRecorded = false;
  /**
   * The program may have ended between the record of a stop that moved and the orders that follow from it: then the old one rests, or none.
   * Only while it can be written down: otherwise the old one would be canceled and no new one sent.
   */
  function protectAsRecorded(now: UnixMs): void {
    const { journal, disk } = parts.durable.state();
    if (asRecorded || journal.kind !== 'ok' || disk.low) return;
    // Once: what fails here is a matter for the guard of bare positions, which does not go round in circles.
    asRecorded = true;
    try {
      // From the newest candle on, like a stop that is moved by hand; inside of the one that runs it would sleep.
      desk.execution.protectAll(newestClose(now));
    } catch (error) {
      parts.logger.error('what protects the positions by hand could not be brought to what was recorded', error);
    }
  }

  const isBusy = (id: InstrumentId): boolean =>
    !isZero(desk.held(id)) || desk.execution.openOrders().some((order) => order.instrumentId === id);

  function play(instrument: Instrument, now: UnixMs): boolean {
    const from = playedUntil.get(instrument.id) ?? now;
    const boundary = newestClose(now);
    playedUntil.set(instrument.id, boundary);
    const count = Math.floor((boundary - from) / MINUTE_MS);
    if (count <= 0 || !isBusy(instrument.id)) return false;
    const venue = venues.get(instrument.id);
    for (const candle of market.feed.history(instrument.id, '1m', boundary, count).series.candles) {
      if (candle.openTime < from) continue;
      venue?.onCandle(candle);
      const mark = priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up'));
      watch.mark(instrument.id, mark, candle.closeTime);
    }
    return true;
  }

  function advance(): void {
    const now = market.clock.now();
    protectAsRecorded(now);
    const moved = instruments.map((instrument) => play(instrument, now));
    if (!moved.includes(true)) return;
    desk.settle(now);
    onChange();
    watch.look(now);
  }

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
    name: 'simulated',
    environment: 'simulated',
    instruments,
    desk,
    isPast: (clientOrderId) => past.has(clientOrderId),
    beginAnew() {
      desk.beginAnew();
      for (const { clientOrderId } of desk.execution.orders()) past.add(clientOrderId);
    },
    now: () => market.clock.now(),
    advance,
    async untilKnown(order, mayRest) {
      // A market that runs by itself fills it at its next open; one that stands still is moved on.
      if (stepped && !mayRest) await wait(order);
    },
    ordersAtVenue: () =>
      [...venues.values()].flatMap((venue) => venue.state().openOrders.map(({ order }) => order.clientOrderId)),
    priceOf: (id) => newest(id)?.price,
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
