import { randomBytes } from 'node:crypto';
import { parseFixed } from '../core/fixed.ts';
import type { ApiKey } from '../core/keys.ts';
import { afterCreate, beforeChange } from '../core/order-faults.ts';
import type { Order } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import type { KrakenContext } from './context.ts';
import { refusal, refuse, result, UNKNOWN_ORDER, wrongArgument } from './errors.ts';
import type { Call, Handler } from './handler.ts';
import { orderNumber, orderText } from './ids.ts';
import { pastDeadline, readNewOrder } from './new-order.ts';
import { description } from './order-view.ts';
import type { Params } from './params.ts';

const TOO_FAST = refuse('EOrder:Rate limit exceeded');

export const place: Handler = ({ venue, context, params, key, drawn }) => {
  const late = pastDeadline(venue, params);
  if (late !== undefined) return late;
  const request = readNewOrder(venue, key.account, params);
  if ('status' in request) return request;
  if (params.flag('validate')) return result({ descr: { order: `${request.side} ${request.instrument}` } });
  if (venue.options.limits === 'venue' && !context.orders(key.account, request.instrument).tryAdd(1)) return TOO_FAST;
  const placed = venue.exchange.place(request);
  if (placed.kind === 'refused') return refusal(placed.reason);
  afterCreate(venue.exchange, placed.order, drawn);
  return result({ descr: { order: description(placed.order) }, txid: [orderText(placed.order.id)] });
};

/** Open orders under the name that a request gives: an order's id, a client's id, or a label that many may share. */
function openNamed(venue: Venue, key: ApiKey, params: Params): readonly Order[] {
  const client = params.text('cl_ord_id');
  const name = params.text('txid');
  const open = venue.exchange.openOrders(key.account);
  if (client !== undefined) return open.filter((order) => order.clientId === client);
  if (name === undefined) return [];
  const id = orderNumber(name);
  return open.filter((order) => (id === undefined ? String(order.userref) === name : order.id === id));
}

/** Canceling young orders costs more: what the venue takes for it, by age in seconds. */
const CANCEL_COSTS: readonly (readonly [number, number])[] = [
  [5, 8],
  [10, 6],
  [15, 5],
  [45, 4],
  [90, 2],
  [300, 1],
];

function tooFast(context: KrakenContext, order: Order): boolean {
  const { venue } = context;
  if (venue.options.limits === 'off') return false;
  const age = (venue.clock.now() - order.receivedAt) / 1000;
  const cost = CANCEL_COSTS.find(([limit]) => age < limit)?.[1] ?? 0;
  return !context.orders(order.account, order.instrument).tryAdd(cost);
}

/** Cancels what is still open of these; `undefined` when the venue wants them canceled more slowly. */
function cancelThese({ venue, context, drawn }: Call, orders: readonly Order[]): number | undefined {
  if (orders.some((order) => tooFast(context, order))) return undefined;
  for (const order of orders) beforeChange(venue.exchange, order, drawn);
  return orders.filter((order) => venue.exchange.cancel(order, 'User requested')).length;
}

const counted = (count: number | undefined): Answer => (count === undefined ? TOO_FAST : result({ count }));
/** Of named orders at least one must have been open. */
const countedOrUnknown = (count: number | undefined): Answer => (count === 0 ? UNKNOWN_ORDER : counted(count));

export const cancel: Handler = (call) => {
  const { venue, params, key } = call;
  if (params.text('txid') === undefined && params.text('cl_ord_id') === undefined) return wrongArgument('txid');
  return countedOrUnknown(cancelThese(call, openNamed(venue, key, params)));
};

export const cancelBatch: Handler = (call) => {
  const { venue, params, key } = call;
  const names = [...params.list('orders'), ...params.list('cl_ord_ids')];
  const numbers = names.map(orderNumber);
  const open = venue.exchange
    .openOrders(key.account)
    .filter(
      (order) =>
        numbers.includes(order.id) || names.includes(order.clientId ?? '') || names.includes(String(order.userref)),
    );
  return countedOrUnknown(cancelThese(call, open));
};

export const cancelAll: Handler = (call) =>
  counted(cancelThese(call, call.venue.exchange.openOrders(call.key.account)));

export const cancelAllAfter: Handler = ({ venue, context, params, key }) => {
  const timeout = params.integer('timeout');
  if (timeout === undefined || timeout < 0 || timeout > 86_400) return wrongArgument('timeout');
  context.deadMan.set(key.account, timeout * 1000);
  const now = venue.clock.now();
  const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return result({ currentTime: at(now), triggerTime: timeout === 0 ? '0' : at(now + timeout * 1000) });
};

export const amend: Handler = ({ venue, params, key, drawn }) => {
  const late = pastDeadline(venue, params);
  if (late !== undefined) return late;
  if (params.text('trigger_price') !== undefined) return wrongArgument('trigger_price');
  const order = openNamed(venue, key, params)[0];
  if (order === undefined) return UNKNOWN_ORDER;
  const [quantityText, priceText] = [params.text('order_qty'), params.text('limit_price')];
  const quantity = quantityText === undefined ? undefined : parseFixed(quantityText);
  const price = priceText === undefined ? undefined : parseFixed(priceText);
  if (quantityText !== undefined && quantity === undefined) return wrongArgument('order_qty');
  if (priceText !== undefined && price === undefined) return wrongArgument('limit_price');
  beforeChange(venue.exchange, order, drawn);
  const amended = venue.exchange.amend(order, { price, quantity });
  if (amended.kind === 'amended') return result({ amend_id: `TA${randomBytes(7).toString('hex').toUpperCase()}` });
  if (amended.reason === 'closed_order') return UNKNOWN_ORDER;
  return amended.reason === 'below_filled' ? wrongArgument('order_qty') : refusal(amended.reason);
};
