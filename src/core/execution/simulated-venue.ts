import type { ClosedCandle } from '../domain/candle.ts';
import {
  add,
  compare,
  type Decimal,
  isNegative,
  isZero,
  min,
  multiply,
  parseDecimal,
  quantizeFloat,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { type ClientOrderId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Quantity, quantity } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '../ports/venue-client.ts';
import { createEventQueue } from './event-queue.ts';
import { feeOf } from './fees.ts';
import { type Match, nextMatch, type Phase, type Resting } from './matching.ts';
import { checkCandle, refusalOf, tooSmall } from './venue-rules.ts';

export type SimulatedVenueOptions = {
  readonly instrument: Instrument;
  /** Fee of maker and taker alike, in basis points of the notional. */
  readonly feeBps: Decimal;
  /** Half of the bid-ask spread in basis points; a taker pays it. Below 10,000. */
  readonly halfSpreadBps: Decimal;
  readonly ids: Pick<IdFactory, 'tradeId'>;
};

/** What survives a restart; also what a reconciliation compares with. */
export type VenueState = { readonly holding: Quantity; readonly openOrders: readonly VenueOrder[] };

export type SimulatedVenue = VenueClient & {
  /** Runs one closed candle against the book. Throws Fault('bad_data') on an impossible or out-of-order candle, untouched. */
  onCandle(candle: ClosedCandle): void;
  state(): VenueState;
  /** Takes over holding and resting orders after a restart; emits nothing. Throws when orders rest already. */
  restore(state: VenueState): void;
};

const TEN_THOUSAND = parseDecimal('10000');

/**
 * A venue made of candles, for spot. An order sent after the close of candle t meets the market from candle t+1 on; see
 * matching.ts for prices. It is deterministic: the same calls give the same events.
 *
 * Time: a fill at the open is dated with the candle's open time. A candle does not say when inside it a price was reached,
 * so whatever is decided inside is dated with the close time, the first moment at which it can be known. An acceptance or
 * cancellation between candles carries the caller's own moment. Time never runs backwards.
 */
export function createSimulatedVenue({
  instrument,
  feeBps,
  halfSpreadBps,
  ids,
}: SimulatedVenueOptions): SimulatedVenue {
  if (isNegative(feeBps) || isNegative(halfSpreadBps) || compare(halfSpreadBps, TEN_THOUSAND) >= 0)
    throw new Fault(
      'usage',
      'fee and half spread must be at least 0, the half spread below 10000 bps',
      'Correct the costs.',
    );
  const events = createEventQueue<VenueEvent>();
  const book = new Map<ClientOrderId, Resting>();
  const seen = new Set<ClientOrderId>();
  let holding: Decimal = ZERO;
  let mark: Decimal | undefined;
  let phase: Phase = 'between';
  let now: UnixMs = unixMs(0);
  let seenUntil: UnixMs | undefined;

  const advance = (ts: UnixMs | undefined): void => {
    if (ts !== undefined && ts > now) now = ts;
  };

  const close = (id: ClientOrderId, reason: string): void => {
    book.delete(id);
    events.publish({ kind: 'canceled', clientOrderId: id, ts: now, reason });
  };

  const execute = ({ resting, price, liquidity }: Match): void => {
    const { agentId, instrumentId, order } = resting.venueOrder;
    const { clientOrderId, side, purpose } = order;
    const size = side === 'sell' ? min(order.quantity, holding) : order.quantity;
    if (isZero(size)) return close(clientOrderId, 'nothing left to reduce');
    const small = resting.notionalUnchecked ? tooSmall(multiply(price, size), instrument) : undefined;
    if (small !== undefined) return close(clientOrderId, small);
    holding = side === 'sell' ? subtract(holding, size) : add(holding, size);
    book.delete(clientOrderId);
    const filled = quantity(size);
    const fee = feeOf(price, filled, feeBps, instrument);
    const tradeId = ids.tradeId();
    const fill = {
      tradeId,
      clientOrderId,
      agentId,
      instrumentId,
      side,
      purpose,
      price,
      quantity: filled,
      fee,
      liquidity,
      tsEvent: now,
    };
    events.publish({ kind: 'filled', clientOrderId, ts: now, fill });
    if (compare(size, order.quantity) < 0) close(clientOrderId, 'the rest has nothing to reduce');
  };

  /** One order at a time, because each fill may add, resize or cancel others before the next one is looked for. */
  const run = (candle: ClosedCandle, current: 'open' | 'inside'): void => {
    phase = current;
    advance(current === 'open' ? candle.openTime : candle.closeTime);
    const find = () => nextMatch([...book.values()], candle, current, halfSpreadBps, instrument);
    for (let next = find(); next !== undefined; next = find()) execute(next);
  };

  return {
    name: 'simulated',
    subscribe: (listener) => events.subscribe(listener),
    submit(venueOrder) {
      const { clientOrderId } = venueOrder.order;
      advance(venueOrder.submittedAt);
      const refusal = seen.has(clientOrderId)
        ? 'duplicate client order id'
        : refusalOf(venueOrder, instrument, holding, mark);
      if (refusal !== undefined) return events.publish({ kind: 'rejected', clientOrderId, ts: now, reason: refusal });
      seen.add(clientOrderId);
      const unchecked = venueOrder.order.price === undefined && mark === undefined;
      book.set(clientOrderId, {
        venueOrder,
        arrived: phase,
        arrivedAt: now,
        rested: false,
        notionalUnchecked: unchecked,
      });
      events.publish({ kind: 'accepted', clientOrderId, ts: now });
    },
    cancel(clientOrderId, requestedAt) {
      advance(requestedAt);
      if (book.has(clientOrderId)) close(clientOrderId, 'requested');
    },
    onCandle(candle) {
      checkCandle(candle, seenUntil);
      seenUntil = candle.closeTime;
      try {
        run(candle, 'open');
        run(candle, 'inside');
      } finally {
        phase = 'between';
        mark = quantizeFloat(candle.close, instrument.tickSize, 'half-up');
        for (const [id, resting] of book)
          if (resting.arrived !== 'between' || resting.arrivedAt < candle.closeTime)
            book.set(id, { ...resting, arrived: 'between', rested: true });
      }
    },
    state: () => ({ holding: quantity(holding), openOrders: [...book.values()].map(({ venueOrder }) => venueOrder) }),
    restore(state) {
      if (book.size > 0) throw new Error('restore needs an empty book');
      holding = state.holding;
      for (const venueOrder of state.openOrders) {
        const { clientOrderId } = venueOrder.order;
        advance(venueOrder.submittedAt);
        seen.add(clientOrderId);
        book.set(clientOrderId, {
          venueOrder,
          arrived: 'between',
          arrivedAt: now,
          rested: true,
          notionalUnchecked: false,
        });
      }
    },
  };
}
