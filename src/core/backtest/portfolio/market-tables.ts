import { add, type Decimal, formatDecimal, subtract } from '../../domain/decimal.ts';
import type { Fill } from '../../domain/order.ts';
import type { Grid } from '../../matching/grid.ts';
import type { FillColumns, TradeColumns } from '../types.ts';

/** Where in the data something happened. */
export type Where = { readonly candle: number; readonly time: number };

/** A round trip that is going on. */
export type Trip = {
  readonly direction: 1 | -1;
  readonly entry: Where;
  bought: Decimal;
  boughtSize: Decimal;
  sold: Decimal;
  soldSize: Decimal;
  /** Fees and interest by where they came from: `apart` is what the price of the trades does not contain already. */
  fees: Decimal;
  apart: Decimal;
  carry: Decimal;
  most: Decimal;
  /** Undefined as soon as one of its entries had no plan. */
  risk: Decimal | undefined;
};

export type ClosedTrip = Trip & { readonly exit: Where };
export type KeptFill = { readonly fill: Fill; readonly order: number; readonly at: Where; readonly fee: Decimal };

const toFloat = (value: Decimal): number => Number(formatDecimal(value));

/** Closed round trips as floats for charts. */
export function tradeColumns(trips: readonly ClosedTrip[], lends: boolean): TradeColumns {
  const floats = (of: (trip: ClosedTrip) => number): Float64Array => Float64Array.from(trips, of);
  const average = (value: Decimal, size: Decimal): number => toFloat(value) / toFloat(size);
  const isLong = ({ direction }: Trip): boolean => direction > 0;
  const bought = ({ bought: value, boughtSize }: Trip): number => average(value, boughtSize);
  const sold = ({ sold: value, soldSize }: Trip): number => average(value, soldSize);
  return {
    count: trips.length,
    entryTime: floats(({ entry }) => entry.time),
    exitTime: floats(({ exit }) => exit.time),
    entryCandle: Int32Array.from(trips, ({ entry }) => entry.candle),
    exitCandle: Int32Array.from(trips, ({ exit }) => exit.candle),
    entryPrice: floats((trip) => (isLong(trip) ? bought(trip) : sold(trip))),
    exitPrice: floats((trip) => (isLong(trip) ? sold(trip) : bought(trip))),
    quantity: floats(({ most }) => toFloat(most)),
    pnl: floats((trip) => toFloat(subtract(subtract(trip.sold, trip.bought), add(trip.apart, trip.carry)))),
    fees: floats(({ fees }) => toFloat(fees)),
    risk: floats(({ risk }) => (risk === undefined ? Number.NaN : toFloat(risk))),
    ...(lends
      ? { direction: Int8Array.from(trips, ({ direction }) => direction), carry: floats(({ carry }) => toFloat(carry)) }
      : {}),
  };
}

/** Fills in whole ticks and lots: exact. */
export function fillColumns(fills: readonly KeptFill[], grid: Grid): FillColumns {
  return {
    count: fills.length,
    time: Float64Array.from(fills, ({ at }) => at.time),
    candle: Int32Array.from(fills, ({ at }) => at.candle),
    order: Int32Array.from(fills, ({ order }) => order),
    side: Int8Array.from(fills, ({ fill }) => (fill.side === 'buy' ? 1 : -1)),
    taker: Uint8Array.from(fills, ({ fill }) => (fill.liquidity === 'taker' ? 1 : 0)),
    priceTicks: Float64Array.from(fills, ({ fill }) => grid.ticksOf(fill.price, 'the price')),
    lots: Float64Array.from(fills, ({ fill }) => grid.lotsOf(fill.quantity, 'the quantity')),
    fee: fills.map(({ fee }) => formatDecimal(fee)),
  };
}
