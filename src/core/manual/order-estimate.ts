import type { ReservedVerdict } from '../cycle/reserving.ts';
import { add, type Decimal, divide, quantize, subtract } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, type Quantity, quantity } from '../domain/money.ts';
import { expectedPrice, gapReserve, onlyReduces, orderNotional, plannedRisk, worstCost } from '../risk/exposure.ts';
import { exactBps } from '../risk/limits.ts';
import type { ProposedOrder, RiskView } from '../risk/types.ts';

/** What an order would cost and risk, in the quote asset, by the very figures that the gate judges. */
export type OrderCosts = {
  readonly quantity: Quantity;
  /** The limit, or the newest price. */
  readonly price: Price;
  readonly notional: Decimal;
  readonly fee: Decimal;
  /** Of a purchase the most cash that it may take, fee included; of a sale what it should bring, fee taken. */
  readonly cash: Decimal;
  /** Of a purchase: lost at its stop with both fees, and what a gap beyond the stop may add. Of a sale none. */
  readonly worst: { readonly atStop: Decimal; readonly gap: Decimal } | null;
  /** What is sized from: equity without locked profit. */
  readonly equity: Decimal;
};

const LOT_DECIMALS = 18;

export type OrderEstimate = OrderCosts & { readonly verdict: ReservedVerdict; readonly remedy: string | null };

export function orderEstimate(order: ProposedOrder, view: RiskView): OrderCosts {
  const notional = orderNotional(order, view);
  const fee = exactBps(notional, view.feeBps);
  const reduces = onlyReduces(order);
  return {
    quantity: order.quantity,
    price: expectedPrice(order, view),
    notional,
    fee,
    cash: reduces ? subtract(notional, fee) : worstCost(order, view),
    worst: reduces ? null : { atStop: plannedRisk(order, view), gap: gapReserve(order, view) },
    equity: view.equity,
  };
}

/** Whole lots that an amount of the quote asset pays for at `price`, fee included. Zero when it pays for none. */
export function lotsFor(amount: Decimal, price: Price, feeBps: Decimal, { lotSize }: Instrument): Quantity {
  const each = add(price, exactBps(price, feeBps));
  // More decimals than any lot has: the quotient is rounded down once, to the lot.
  return quantity(quantize(divide(amount, each, LOT_DECIMALS, 'floor'), lotSize, 'floor'));
}
