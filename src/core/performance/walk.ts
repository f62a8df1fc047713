import { absolute, add, type Decimal, isZero, multiply, negate, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { ClosedTrade, FillEvent, Owner, PerformanceEvent, ResultPoint } from './types.ts';

/** What flowed in and out for one holder of one instrument, and what is left. Its worth at any price is cash + quantity x price. */
type Holding = { cash: Decimal; quantity: Decimal };

type OpenTrade = {
  readonly direction: 'long' | 'short';
  readonly entryTime: UnixMs;
  bought: Decimal;
  sold: Decimal;
  fees: Decimal;
  quantity: Decimal;
  risk: number | null;
};

/** One holder's result of one instrument. */
export type Share = { readonly owner: Owner; readonly instrumentId: InstrumentId; readonly total: Decimal };

export type Walk = {
  takeAll(events: readonly PerformanceEvent[]): void;
  /** Result of every holder in every instrument since the opening, at the newest marks or at those given. */
  shares(marks?: ReadonlyMap<InstrumentId, Decimal>): readonly Share[];
  readonly points: readonly ResultPoint[];
  readonly trades: readonly ClosedTrade[];
  /** Fees in the quote asset. */
  fees(): Decimal;
  marks(): ReadonlyMap<InstrumentId, Decimal>;
};

/**
 * Goes through what moved an account and keeps who made what. Flows are added, never averaged, so that the shares of all holders are the
 * result of the account to the last digit, whoever traded the same instrument beside whom.
 */
export function createWalk(ownerOf: (cycle: number) => Owner): Walk {
  const holdings = new Map<number, Map<InstrumentId, Holding>>();
  const open = new Map<string, OpenTrade>();
  const marks = new Map<InstrumentId, Decimal>();
  const held = new Map<InstrumentId, Decimal>();
  const points: ResultPoint[] = [];
  const trades: ClosedTrade[] = [];
  let cash: Decimal = ZERO;
  let fees: Decimal = ZERO;

  function holdingOf(cycle: number, id: InstrumentId): Holding {
    const ofCycle = holdings.get(cycle) ?? new Map<InstrumentId, Holding>();
    holdings.set(cycle, ofCycle);
    const found = ofCycle.get(id) ?? { cash: ZERO, quantity: ZERO };
    ofCycle.set(id, found);
    return found;
  }

  function fill(event: FillEvent): void {
    const { instrumentId: id, side, price, quantity, fee, feeIn } = event;
    const value = multiply(price, quantity);
    const quoteFee = feeIn === 'quote' ? fee : ZERO;
    const baseFee = feeIn === 'base' ? fee : ZERO;
    const moved = subtract(side === 'buy' ? quantity : negate(quantity), baseFee);
    const paid = subtract(side === 'buy' ? negate(value) : value, quoteFee);
    const holding = holdingOf(event.cycle, id);
    holding.cash = add(holding.cash, paid);
    holding.quantity = add(holding.quantity, moved);
    cash = add(cash, paid);
    fees = add(fees, quoteFee);
    held.set(id, add(held.get(id) ?? ZERO, moved));
    marks.set(id, price);
    trade(event, value, quoteFee, holding);
  }

  function trade(event: FillEvent, value: Decimal, fee: Decimal, after: Holding): void {
    const key = `${event.cycle} ${event.instrumentId}`;
    const one: OpenTrade = open.get(key) ?? {
      direction: event.side === 'buy' ? 'long' : 'short',
      entryTime: event.ts,
      bought: ZERO,
      sold: ZERO,
      fees: ZERO,
      quantity: ZERO,
      risk: null,
    };
    open.set(key, one);
    if (event.side === 'buy') one.bought = add(one.bought, value);
    else one.sold = add(one.sold, value);
    one.fees = add(one.fees, fee);
    if ((event.side === 'buy') === (one.direction === 'long'))
      one.quantity = add(one.quantity, absolute(event.quantity));
    if (event.risk !== null) one.risk = (one.risk ?? 0) + event.risk;
    if (!isZero(after.quantity)) return;
    open.delete(key);
    const { bought, sold, fees: paid } = one;
    trades.push({
      ...one,
      owner: ownerOf(event.cycle),
      instrumentId: event.instrumentId,
      exitTime: event.ts,
      net: subtract(subtract(sold, bought), paid),
    });
  }

  function point(ts: UnixMs): void {
    const total = add(cash, sum([...held].map(([id, quantity]) => multiply(quantity, marks.get(id) ?? ZERO))));
    const last = points.at(-1);
    // Cycles on one account write in turns: a moment that lies before one already told is part of it.
    if (last !== undefined && last.ts >= ts) points[points.length - 1] = { ts: last.ts, total };
    else points.push({ ts, total });
  }

  return {
    takeAll(events) {
      for (const event of events) {
        if (event.kind === 'fill') fill(event);
        else {
          marks.set(event.instrumentId, event.price);
          // The price of something that is not held moves no result.
          if (isZero(held.get(event.instrumentId) ?? ZERO)) continue;
        }
        point(event.ts);
      }
    },
    shares: (at = marks) =>
      [...holdings].flatMap(([cycle, ofCycle]) =>
        [...ofCycle].map(
          ([instrumentId, holding]): Share => ({
            owner: ownerOf(cycle),
            instrumentId,
            total: add(
              holding.cash,
              multiply(holding.quantity, at.get(instrumentId) ?? marks.get(instrumentId) ?? ZERO),
            ),
          }),
        ),
      ),
    points,
    trades,
    fees: () => fees,
    marks: () => marks,
  };
}
