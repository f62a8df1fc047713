import { type Fixed, formatFixed, over } from '../core/fixed.ts';
import type { Execution, Order, OrderKind } from '../core/types.ts';
import { orderText, tradeText } from './ids.ts';
import { pairOf } from './pairs.ts';

const KINDS: Record<OrderKind, string> = {
  market: 'market',
  limit: 'limit',
  stop: 'stop-loss',
  stop_limit: 'stop-loss-limit',
  take: 'take-profit',
  take_limit: 'take-profit-limit',
};
export const KIND_NAMES: ReadonlyMap<string, OrderKind> = new Map(
  Object.entries(KINDS).map(([kind, name]) => [name, kind as OrderKind]),
);

export const kindText = (order: Order): string => KINDS[order.kind];

export const priceText = (order: Order, value: Fixed | undefined): string =>
  value === undefined ? '0' : formatFixed(value, pairOf(order.instrument).priceDecimals);

/** "sell 0.01000000 XBTUSD @ stop loss 55000.0 -> limit 54000.0" */
export function description(order: Order): string {
  const amount = formatFixed(order.budget ?? order.quantity);
  const words = KINDS[order.kind].replace('-limit', '').replace('-', ' ');
  const trigger = order.triggerPrice === undefined ? '' : ` ${priceText(order, order.triggerPrice)}`;
  const limit = order.price === undefined ? '' : priceText(order, order.price);
  const tail =
    order.triggerPrice === undefined
      ? limit === ''
        ? ''
        : ` ${limit}`
      : limit === ''
        ? trigger
        : `${trigger} -> limit ${limit}`;
  return `${order.side} ${amount} ${order.instrument} @ ${words}${tail}`;
}

export const statusText = (order: Order): string => {
  if (order.status === 'filled') return 'closed';
  if (order.status === 'untriggered') return 'open';
  // What a time in force ends is canceled in kraken's words.
  return order.status === 'expired' ? 'canceled' : order.status;
};

export const flagsOf = (order: Order): string =>
  ['fciq', ...(order.postOnly ? ['post'] : []), ...(order.budget === undefined ? [] : ['viqc'])].join(',');

const seconds = (ms: number): number => ms / 1000;

/** An order as the account's queries show it. */
export const orderView = (order: Order, withTrades: boolean) => ({
  refid: null,
  userref: order.userref ?? 0,
  ...(order.clientId === undefined ? {} : { cl_ord_id: order.clientId }),
  status: statusText(order),
  opentm: seconds(order.receivedAt),
  starttm: 0,
  expiretm: 0,
  descr: {
    pair: order.instrument,
    type: order.side,
    ordertype: kindText(order),
    price: priceText(order, order.triggerPrice ?? order.price),
    price2: order.triggerPrice === undefined ? '0' : priceText(order, order.price),
    leverage: 'none',
    order: description(order),
    close: '',
  },
  vol: formatFixed(order.quantity),
  vol_exec: formatFixed(order.filled),
  cost: formatFixed(order.cost, 5),
  fee: formatFixed(order.fee, 5),
  price: formatFixed(over(order.cost, order.filled), 5),
  stopprice: formatFixed(order.triggerPrice ?? 0n, 5),
  limitprice: '0.00000',
  misc: '',
  oflags: flagsOf(order),
  ...(withTrades ? { trades: order.executions.map((execution) => tradeText(execution.tradeId)) } : {}),
  ...(order.status === 'open' || order.status === 'untriggered'
    ? {}
    : {
        closetm: seconds(order.updatedAt),
        reason: order.status === 'filled' ? null : (order.reason ?? 'User requested'),
      }),
});

export const tradeView = (order: Order, execution: Execution) => ({
  ordertxid: orderText(execution.orderId),
  postxid: 'TKH2SE-M7IF5-CFI7LT',
  pair: pairOf(execution.instrument).key,
  time: seconds(execution.at),
  type: execution.side,
  ordertype: kindText(order),
  price: formatFixed(execution.price, 5),
  cost: formatFixed(execution.cost, 5),
  fee: formatFixed(execution.fee, 5),
  vol: formatFixed(execution.quantity),
  margin: '0.00000',
  leverage: '0',
  misc: '',
  trade_id: execution.tradeId,
  maker: execution.maker,
});
