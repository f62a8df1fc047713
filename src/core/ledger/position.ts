import {
  absolute,
  add,
  compare,
  type Decimal,
  divide,
  equals,
  isZero,
  multiply,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { InstrumentId } from '../domain/ids.ts';
import {
  type Asset,
  addMoney,
  type Money,
  money,
  notional,
  type Price,
  type Quantity,
  quantity,
} from '../domain/money.ts';
import type { Fill, Position } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import { signedValue } from './short-position.ts';

export const flatPosition = (instrumentId: InstrumentId, quote: Asset): Position => ({
  instrumentId,
  direction: 'flat',
  quantity: quantity(ZERO),
  cost: money(ZERO, quote),
  realisedPnl: money(ZERO, quote),
  fees: money(ZERO, quote),
});

/**
 * The position after one more fill, by weighted average cost. Nothing is rounded away: a sale of part of the
 * holding removes cost x sold / held, computed at the scale that the cost has already and rounded up, and what that rounding
 * took too much stays out of the remaining cost, which is the exact difference. A sale of all removes exactly the rest. So
 * sum of removed costs + remaining cost = sum of paid costs, to the last digit; only the split between realised
 * and unrealised result can shift, by less than one unit of that scale, towards the smaller realised profit.
 *
 * `baseFee` is what of the fee comes out of the base asset.
 *
 * Throws Fault('refused') when the sale exceeds the holding: spot cannot be short.
 */
export function positionAfter(position: Position, fill: Fill, baseFee: Decimal = ZERO): Position {
  const value = notional(fill.price, fill.quantity);
  const asset = position.cost.asset;
  // A fee in another asset is no quote: one in base shows as a smaller holding of the same cost, one in a venue's own coin in its balance.
  const fees = fill.fee.asset === asset ? addMoney(position.fees, fill.fee) : position.fees;
  if (fill.side === 'buy') {
    const held = quantity(subtract(add(position.quantity, fill.quantity), baseFee));
    return {
      ...position,
      direction: 'long',
      quantity: held,
      cost: money(add(position.cost.amount, value), asset),
      fees,
    };
  }
  const gone = quantity(add(fill.quantity, baseFee));
  if (compare(gone, position.quantity) > 0)
    throw new Fault(
      'refused',
      `trade ${fill.tradeId} sells more of ${fill.instrumentId} than is held`,
      'Reconcile with the venue before trading on.',
    );
  const removed = costRemoved(position, gone);
  const held = quantity(subtract(position.quantity, gone));
  return {
    ...position,
    direction: isZero(held) ? 'flat' : 'long',
    quantity: held,
    cost: money(subtract(position.cost.amount, removed), asset),
    realisedPnl: money(add(position.realisedPnl.amount, subtract(value, removed)), asset),
    fees,
  };
}

function costRemoved({ cost, quantity: held }: Position, sold: Quantity): Decimal {
  if (equals(sold, held)) return cost.amount;
  return divide(multiply(cost.amount, sold), held, cost.amount.scale, 'up');
}

/** What the holding is worth at `at`, in quote; below zero when short. */
export const positionValue = (position: Position, at: Price): Money =>
  money(signedValue(position, at), position.cost.asset);

/** Value minus cost of what is held, without fees. */
export const unrealisedPnl = (position: Position, at: Price): Money =>
  money(subtract(signedValue(position, at), position.cost.amount), position.cost.asset);

/** Cost per unit rounded to `scale` decimals, for display; undefined when flat. */
export const averagePrice = (position: Position, scale: number): Decimal | undefined =>
  isZero(position.quantity) ? undefined : divide(absolute(position.cost.amount), position.quantity, scale, 'half-up');
