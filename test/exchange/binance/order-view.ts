import { type Fixed, formatFixed } from '../core/fixed.ts';
import type { Execution, Order, OrderKind, OrderStatus } from '../core/types.ts';

const KINDS: Record<OrderKind, string> = {
  market: 'MARKET',
  limit: 'LIMIT',
  stop: 'STOP_LOSS',
  stop_limit: 'STOP_LOSS_LIMIT',
  take: 'TAKE_PROFIT',
  take_limit: 'TAKE_PROFIT_LIMIT',
};

export const kindText = (order: Order): string =>
  order.kind === 'limit' && order.postOnly ? 'LIMIT_MAKER' : KINDS[order.kind];

export function statusText(order: Order): string {
  const status: Record<Exclude<OrderStatus, 'open'>, string> = {
    untriggered: 'NEW',
    filled: 'FILLED',
    canceled: 'CANCELED',
    expired: order.reason === 'self trade' ? 'EXPIRED_IN_MATCH' : 'EXPIRED',
  };
  if (order.status === 'open') return order.filled > 0n ? 'PARTIALLY_FILLED' : 'NEW';
  return status[order.status];
}

/** Orders without a client id get one of binance's own. */
export const clientIdOf = (order: Order): string => order.clientId ?? `venue${order.id}`;

const text = (value: Fixed | undefined): string => formatFixed(value ?? 0n);

const common = (order: Order) => ({
  symbol: order.instrument,
  orderId: order.id,
  orderListId: -1,
  clientOrderId: clientIdOf(order),
  price: text(order.price),
  origQty: text(order.quantity),
  executedQty: text(order.filled),
  origQuoteOrderQty: text(order.budget),
  cummulativeQuoteQty: text(order.cost),
  status: statusText(order),
  timeInForce: order.timeInForce,
  type: kindText(order),
  side: order.side.toUpperCase(),
  ...(order.triggerPrice === undefined ? {} : { stopPrice: text(order.triggerPrice) }),
  selfTradePreventionMode: 'EXPIRE_MAKER',
});

const fillView = (execution: Execution) => ({
  price: text(execution.price),
  qty: text(execution.quantity),
  commission: text(execution.fee),
  commissionAsset: execution.feeAsset,
  tradeId: execution.tradeId,
});

/** Answer to a new order, in the detail that was asked for. */
export function createdView(order: Order, detail: string) {
  const head = {
    symbol: order.instrument,
    orderId: order.id,
    orderListId: -1,
    clientOrderId: clientIdOf(order),
    transactTime: order.updatedAt,
  };
  if (detail === 'ACK') return head;
  const full = {
    ...common(order),
    transactTime: order.updatedAt,
    workingTime: order.status === 'untriggered' ? -1 : order.receivedAt,
  };
  return detail === 'FULL' ? { ...full, fills: order.executions.map(fillView) } : full;
}

/** Answer to a question about an order. */
export const orderView = (order: Order) => ({
  ...common(order),
  icebergQty: '0.00000000',
  stopPrice: text(order.triggerPrice),
  time: order.receivedAt,
  updateTime: order.updatedAt,
  isWorking: order.status !== 'untriggered',
  workingTime: order.status === 'untriggered' ? -1 : order.receivedAt,
});

/** Answer to a cancel: the order under its own id, with the cancel's id beside it. */
export const canceledView = (order: Order, cancelId: string) => ({
  ...common(order),
  origClientOrderId: clientIdOf(order),
  clientOrderId: cancelId,
  transactTime: order.updatedAt,
});

export const tradeView = (execution: Execution) => ({
  symbol: execution.instrument,
  id: execution.tradeId,
  orderId: execution.orderId,
  orderListId: -1,
  price: text(execution.price),
  qty: text(execution.quantity),
  quoteQty: text(execution.cost),
  commission: text(execution.fee),
  commissionAsset: execution.feeAsset,
  time: execution.at,
  isBuyer: execution.side === 'buy',
  isMaker: execution.maker,
  isBestMatch: true,
});
