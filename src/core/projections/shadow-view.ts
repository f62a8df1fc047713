import type { ShadowView } from '#shared/contract/cycle.ts';
import type { PayloadOf } from '../cycle/records.ts';
import { decimal, divide, formatDecimal, parseDecimal, sum } from '../domain/decimal.ts';

export const emptyShadow: ShadowView = { orders: [], compared: 0, averageSlippageBps: null };

const BPS_DECIMALS = 2;

/** The comparison with one more order that the gate let through. */
export function quotedIn(view: ShadowView | null, p: PayloadOf<'shadow.quoted'>): ShadowView {
  const { orders, ...rest } = view ?? emptyShadow;
  const { clientOrderId, side, purpose, quantity, bid, ask, price, why } = p;
  const order = { clientOrderId, side, purpose, quantity, bid, ask, bookPrice: price, why };
  return { ...rest, orders: [...orders, { ...order, simulatedPrice: null, slippageBps: null }] };
}

/** The same once the simulation has filled it. The average is over orders, each counting once. */
export function comparedIn(view: ShadowView | null, p: PayloadOf<'shadow.compared'>): ShadowView {
  const orders = (view ?? emptyShadow).orders.map((order) =>
    order.clientOrderId === p.clientOrderId
      ? { ...order, simulatedPrice: p.simulated, slippageBps: p.slippageBps }
      : order,
  );
  const known = orders.flatMap(({ slippageBps }) => (slippageBps === null ? [] : [parseDecimal(slippageBps)]));
  return {
    orders,
    compared: known.length,
    averageSlippageBps:
      known.length === 0
        ? null
        : formatDecimal(divide(sum(known), decimal(BigInt(known.length)), BPS_DECIMALS, 'half-up')),
  };
}
