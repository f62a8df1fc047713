import { formatFixed } from '../core/fixed.ts';
import type { Order } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';

const executionView = (order: Order) =>
  order.executions.map((execution) => ({
    tradeId: execution.tradeId,
    price: formatFixed(execution.price),
    quantity: formatFixed(execution.quantity),
    fee: formatFixed(execution.fee),
    feeAsset: execution.feeAsset,
    maker: execution.maker,
    at: execution.at,
  }));

/** What the venue knows, faults or not: every order that it ever accepted, and everybody's money. Or that of one account, or orders after one. */
export function truthOf(venue: Venue, only?: string, after = 0) {
  const { exchange } = venue;
  const balances: Record<string, Record<string, { free: string; held: string }>> = {};
  for (const account of only === undefined ? exchange.accounts.names() : [only]) {
    const assets: Record<string, { free: string; held: string }> = {};
    for (const asset of exchange.accounts.assets(account)) {
      const { free, held } = exchange.accounts.balance(account, asset);
      assets[asset] = { free: formatFixed(free), held: formatFixed(held) };
    }
    balances[account] = assets;
  }
  return {
    now: venue.clock.now(),
    orders: [...(only === undefined ? exchange.orders.all() : exchange.orders.of(only))]
      .filter(({ id }) => id > after)
      .map((order) => ({
        id: order.id,
        account: order.account,
        instrument: order.instrument,
        clientId: order.clientId ?? null,
        userref: order.userref ?? null,
        side: order.side,
        kind: order.kind,
        status: order.status,
        reason: order.reason ?? null,
        price: order.price === undefined ? null : formatFixed(order.price),
        triggerPrice: order.triggerPrice === undefined ? null : formatFixed(order.triggerPrice),
        quantity: formatFixed(order.quantity),
        filled: formatFixed(order.filled),
        receivedAt: order.receivedAt,
        updatedAt: order.updatedAt,
        fills: executionView(order),
      })),
    balances,
    requests: { ...venue.requests },
    faults: venue.faults.counts(only),
  };
}

export type Truth = ReturnType<typeof truthOf>;
