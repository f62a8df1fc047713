import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  isNegative,
  isZero,
  multiply,
  negate,
  quantize,
  subtract,
  ZERO,
} from '../../domain/decimal.ts';
import { holdingChange } from '../../domain/fill-amounts.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { type Asset, notional, type Price } from '../../domain/money.ts';
import type { Fill } from '../../domain/order.ts';
import type { Grid } from '../../matching/grid.ts';
import type { BacktestCosts, FillColumns, TradeColumns } from '../types.ts';
import { type ClosedTrip, fillColumns, type KeptFill, type Trip, tradeColumns, type Where } from './market-tables.ts';

export type MarketBooksOptions = {
  readonly instrument: Instrument;
  /** Fine enough for every version of its rules. */
  readonly grid: Grid;
  readonly feeCoins: ReadonlyMap<Asset, Price>;
};

export type KeptMarketBooks = {
  readonly openPosition: string;
  readonly openValue: string;
  readonly netPnl: string;
  readonly costs: BacktestCosts;
  readonly turnover: string;
  readonly trades: TradeColumns;
  readonly fills: FillColumns;
};

/** The money of one market on a shared account, exact; the tables are floats for charts. */
export type MarketBooks = {
  /** Signed, fees in base taken off. */
  held(): Decimal;
  /** Sales less purchases, fees and interest so far. */
  cash(): Decimal;
  /** `risk`: planned loss in quote of this part of an entry; undefined when it had no plan. True when a round trip ended with it. */
  fill(fill: Fill, order: number, at: Where, risk: Decimal | undefined): boolean;
  /** What of the fill's price was half spread and own impact, in quote per unit. Comes before the fill. */
  cost(spread: Decimal, impact: Decimal): void;
  interest(amount: Decimal): void;
  done(last: Decimal): KeptMarketBooks;
};

const FRACTION_SCALE = 18;
const sizeOf = (value: Decimal): Decimal => (isNegative(value) ? negate(value) : value);

export function createMarketBooks({ instrument, grid, feeCoins }: MarketBooksOptions): MarketBooks {
  const fills: KeptFill[] = [];
  const trips: ClosedTrip[] = [];
  let trip: Trip | undefined;
  let held: Decimal = ZERO;
  /** Of the round trip alone: dust that earlier ones left belongs to none. */
  let inTrip: Decimal = ZERO;
  let cash: Decimal = ZERO;
  let fees: Decimal = ZERO;
  let spread: Decimal = ZERO;
  let impact: Decimal = ZERO;
  let carried: Decimal = ZERO;
  let turnover: Decimal = ZERO;
  let pending = { spread: ZERO, impact: ZERO };

  /** Less than a lot is dust: it stays booked and no round trip is open because of it. */
  const wholeLots = (value: Decimal): Decimal => {
    const lots = quantize(sizeOf(value), instrument.lotSize, 'floor');
    return isNegative(value) ? negate(lots) : lots;
  };

  const feeInQuote = ({ fee, price }: Fill): Decimal => {
    if (fee.asset === instrument.quote) return fee.amount;
    const at = fee.asset === instrument.base ? price : feeCoins.get(fee.asset);
    if (at === undefined) throw new Error(`nobody knows what a fee in ${fee.asset} is worth`);
    return multiply(fee.amount, at);
  };

  const take = (
    part: Fill,
    size: Decimal,
    fee: Decimal,
    opens: boolean,
    risk: Decimal | undefined,
    at: Where,
  ): void => {
    trip ??= {
      direction: part.side === 'buy' ? 1 : -1,
      entry: at,
      bought: ZERO,
      boughtSize: ZERO,
      sold: ZERO,
      soldSize: ZERO,
      fees: ZERO,
      apart: ZERO,
      carry: ZERO,
      most: ZERO,
      risk: ZERO,
    };
    const value = multiply(part.price, size);
    if (part.side === 'buy') {
      trip.bought = add(trip.bought, value);
      trip.boughtSize = add(trip.boughtSize, size);
    } else {
      trip.sold = add(trip.sold, value);
      trip.soldSize = add(trip.soldSize, size);
    }
    trip.fees = add(trip.fees, fee);
    // A fee in base is in the trades already: what it took was bought and is never sold.
    if (part.fee.asset !== instrument.base) trip.apart = add(trip.apart, fee);
    if (opens) trip.risk = risk === undefined || trip.risk === undefined ? undefined : add(trip.risk, risk);
  };

  /** True when the round trip has ended. */
  const settle = (at: Where): boolean => {
    if (trip === undefined) return false;
    const open = wholeLots(inTrip);
    if (subtract(sizeOf(open), trip.most).units > 0n) trip.most = sizeOf(open);
    if (!isZero(open)) return false;
    trips.push({ ...trip, exit: at });
    trip = undefined;
    inTrip = ZERO;
    return true;
  };

  return {
    held: () => held,
    cash: () => cash,
    cost(spreadPart, impactPart) {
      pending = { spread: spreadPart, impact: impactPart };
    },
    fill(fill, order, at, risk) {
      const fee = feeInQuote(fill);
      const before = wholeLots(inTrip);
      const change = holdingChange(fill, instrument);
      held = add(held, change);
      const value = notional(fill.price, fill.quantity);
      const paid = fill.fee.asset === instrument.base ? ZERO : fee;
      cash = subtract(fill.side === 'buy' ? subtract(cash, value) : add(cash, value), paid);
      fees = add(fees, fee);
      turnover = add(turnover, value);
      spread = add(spread, multiply(pending.spread, fill.quantity));
      impact = add(impact, multiply(pending.impact, fill.quantity));
      fills.push({ fill, order, at, fee });
      const isSpotSale = instrument.margin === undefined && fill.side === 'sell';
      // Dust that is sold by itself begins nothing.
      if (isSpotSale && trip === undefined) return false;
      inTrip = add(inTrip, change);
      const against = !isZero(before) && isNegative(before) === (fill.side === 'buy');
      const beyond = subtract(fill.quantity, sizeOf(before)).units > 0n;
      // A sale may take dust of earlier trips along; only on margin is what goes beyond the position a new one.
      const closing = isSpotSale ? fill.quantity : against ? (beyond ? sizeOf(before) : fill.quantity) : ZERO;
      const opening = subtract(fill.quantity, closing);
      if (isZero(closing) || isZero(opening)) {
        take(fill, fill.quantity, fee, isZero(closing), risk, at);
        return settle(at);
      }
      // Through zero: one round trip ends and the next begins.
      const share = divide(multiply(fee, closing), fill.quantity, FRACTION_SCALE, 'half-up');
      const after = inTrip;
      inTrip = ZERO;
      take(fill, closing, share, false, undefined, at);
      settle(at);
      inTrip = after;
      take(fill, opening, subtract(fee, share), true, risk, at);
      settle(at);
      return true;
    },
    interest(amount) {
      cash = subtract(cash, amount);
      carried = add(carried, amount);
      const owner = trip ?? trips.at(-1);
      if (owner !== undefined) owner.carry = add(owner.carry, amount);
    },
    done(last) {
      const openValue = multiply(held, last);
      return {
        openPosition: formatDecimal(held),
        openValue: formatDecimal(openValue),
        netPnl: formatDecimal(add(cash, openValue)),
        costs: {
          fees: formatDecimal(fees),
          spread: formatDecimal(spread),
          impact: formatDecimal(impact),
          ...(instrument.margin === undefined ? {} : { interest: formatDecimal(carried) }),
        },
        turnover: formatDecimal(turnover),
        trades: tradeColumns(trips, instrument.margin !== undefined),
        fills: fillColumns(fills, grid),
      };
    },
  };
}
