import type { ClosedCandle } from '../domain/candle.ts';
import { compare, type Decimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Price } from '../domain/money.ts';
import type { Fill, Side } from '../domain/order.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import { againstSide, takerPrice } from './fill-prices.ts';
import { isLimitTradedThrough, isStopReached, isStopTouched, isTradedThrough } from './triggers.ts';

/** Where the venue stands: between two candles, at a candle's open, or inside it. */
export type Phase = 'between' | 'open' | 'inside';

/** An order in the book. */
export type Resting = {
  readonly venueOrder: VenueOrder;
  /** Phase in which it arrived, as seen from the current candle. */
  readonly arrived: Phase;
  readonly arrivedAt: UnixMs;
  /** It was in the book before this candle, so that it can be a maker even when the candle opens beyond it. */
  readonly rested: boolean;
  /** No price was known at submission: the minimum notional is checked when it fills. */
  readonly notionalUnchecked: boolean;
};

export type Match = { readonly resting: Resting; readonly price: Price; readonly liquidity: Fill['liquidity'] };

type Matcher = (resting: Resting, candle: ClosedCandle) => Omit<Match, 'resting'> | undefined;

/**
 * The first order that this phase of the candle executes, with its price; undefined when none is left. First come, first
 * served within a kind; the order of kinds is what makes the simulation careful:
 *
 * At the open, all of whose prices are known for certain: market orders at the open, half a spread worse; stops that the
 * open has jumped over, at the open, half a spread worse; limits and targets that the open lies beyond.
 *
 * Inside, where the order of high and low is unknown: every stop that is touched, at its trigger (the print that touched it
 * is taken to be on our side of the spread), before any target or limit that is traded through, at its own price.
 */
export function nextMatch(
  book: readonly Resting[],
  candle: ClosedCandle,
  phase: 'open' | 'inside',
  halfSpreadBps: Decimal,
  instrument: Instrument,
): Match | undefined {
  const live = book.filter((resting) => resting.arrived !== 'between' || resting.arrivedAt < candle.closeTime);
  const matchers = phase === 'open' ? atOpen(halfSpreadBps, instrument) : inside(instrument);
  for (const match of matchers)
    for (const resting of live) {
      const found = match(resting, candle);
      if (found !== undefined) return { resting, ...found };
    }
  return undefined;
}

const isStop = ({ venueOrder }: Resting): boolean => venueOrder.order.type === 'stop';
const isLimit = ({ venueOrder: { order } }: Resting): boolean => order.type === 'limit' || order.type === 'take_profit';

function atOpen(halfSpreadBps: Decimal, instrument: Instrument): readonly Matcher[] {
  const taker = (candle: ClosedCandle, side: Side): Price =>
    takerPrice(againstSide(candle.open, side, instrument), side, halfSpreadBps, instrument);
  return [
    // A market order that is sent while the candle is being worked through has missed this open.
    ({ venueOrder: { order }, arrived }, candle) =>
      order.type === 'market' && arrived === 'between'
        ? { price: taker(candle, order.side), liquidity: 'taker' }
        : undefined,
    (resting, candle) => {
      const { side, price } = resting.venueOrder.order;
      if (!isStop(resting) || price === undefined || !isStopReached(side, price, candle.open, instrument))
        return undefined;
      return { price: taker(candle, side), liquidity: 'taker' };
    },
    (resting, candle) => {
      const { side, price } = resting.venueOrder.order;
      if (!isLimit(resting) || price === undefined) return undefined;
      const crossing = taker(candle, side);
      const comparison = compare(crossing, price);
      // New and already worth more than its price: it takes what is there, as a market order would, and is no maker.
      if (!resting.rested && (side === 'sell' ? comparison >= 0 : comparison <= 0))
        return { price: crossing, liquidity: 'taker' };
      return isTradedThrough(side, price, candle.open, instrument) ? { price, liquidity: 'maker' } : undefined;
    },
  ];
}

function inside(instrument: Instrument): readonly Matcher[] {
  return [
    (resting, candle) => {
      const { side, price } = resting.venueOrder.order;
      if (!isStop(resting) || price === undefined || !isStopTouched(side, price, candle, instrument)) return undefined;
      return { price, liquidity: 'taker' };
    },
    (resting, candle) => {
      const { side, price } = resting.venueOrder.order;
      // A limit that arrived inside may have missed the high or low that would fill it; a stop is given no such doubt.
      if (!isLimit(resting) || price === undefined || resting.arrived === 'inside') return undefined;
      return isLimitTradedThrough(side, price, candle, instrument) ? { price, liquidity: 'maker' } : undefined;
    },
  ];
}
