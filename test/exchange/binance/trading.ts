import type { ApiKey } from '../core/keys.ts';
import { isLive } from '../core/new-order.ts';
import { afterCreate, beforeChange } from '../core/order-faults.ts';
import type { Order } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { type Answer, json } from '../server/answer.ts';
import { INVALID_SYMBOL, missing, refusal, refuse, UNKNOWN_ORDER } from './errors.ts';
import type { Handler } from './handler.ts';
import { readNewOrder } from './new-order.ts';
import { canceledView, createdView } from './order-view.ts';
import type { Params } from './params.ts';

/** Orders of the account in this instrument under the id that the request gives; the newest first. */
export function ordersNamed(
  venue: Venue,
  key: ApiKey,
  params: Params,
  idName: string,
  clientName: string,
): readonly Order[] {
  const { orders } = venue.exchange;
  const symbol = params.text('symbol');
  const client = params.text(clientName);
  const byId = orders.byId(params.integer(idName) ?? -1);
  const candidates = params.has(idName)
    ? byId === undefined
      ? []
      : [byId]
    : client === undefined
      ? []
      : orders.byClientId(key.account, client);
  return candidates.filter((order) => order.account === key.account && order.instrument === symbol);
}

export const place: Handler = ({ venue, params, key, drawn }) => {
  const request = readNewOrder(venue, key.account, params);
  if ('status' in request) return request;
  const result = venue.exchange.place(request);
  if (result.kind === 'refused') return refusal(result.reason);
  afterCreate(venue.exchange, result.order, drawn);
  const byDefault = request.kind === 'limit' || request.kind === 'market' ? 'FULL' : 'ACK';
  return json(createdView(result.order, params.text('newOrderRespType') ?? byDefault));
};

/** Checks everything and does nothing. */
export const placeTest: Handler = ({ venue, params, key }) => {
  const request = readNewOrder(venue, key.account, params);
  return 'status' in request ? request : json({});
};

export const cancel: Handler = ({ venue, params, key, drawn }) => {
  if (!params.has('symbol')) return missing('symbol');
  if (!params.has('orderId') && !params.has('origClientOrderId')) return missing('orderId');
  const order = ordersNamed(venue, key, params, 'orderId', 'origClientOrderId').find(isLive);
  if (order === undefined) return UNKNOWN_ORDER;
  beforeChange(venue.exchange, order, drawn);
  if (!venue.exchange.cancel(order)) return UNKNOWN_ORDER;
  return json(canceledView(order, params.text('newClientOrderId') ?? cancelId(order)));
};

export const cancelAll: Handler = ({ venue, params, key, drawn }) => {
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const open = venue.exchange.openOrders(key.account).filter((order) => order.instrument === symbol);
  for (const order of open) beforeChange(venue.exchange, order, drawn);
  const canceled = open.filter((order) => venue.exchange.cancel(order));
  return canceled.length === 0 ? UNKNOWN_ORDER : json(canceled.map((order) => canceledView(order, cancelId(order))));
};

/** Cancels, and places anew only when that worked or when the caller asked to go on regardless. */
export const cancelReplace: Handler = ({ venue, params, key, drawn }) => {
  const mode = params.text('cancelReplaceMode');
  if (mode === undefined) return missing('cancelReplaceMode');
  const request = readNewOrder(venue, key.account, params);
  if ('status' in request) return request;
  const order = ordersNamed(venue, key, params, 'cancelOrderId', 'cancelOrigClientOrderId').find(isLive);
  if (order !== undefined) beforeChange(venue.exchange, order, drawn);
  const canceled = order !== undefined && venue.exchange.cancel(order);
  const cancelResponse = canceled
    ? canceledView(order, params.text('cancelNewClientOrderId') ?? cancelId(order))
    : UNKNOWN_ORDER.body;
  if (!canceled && mode === 'STOP_ON_FAILURE')
    return failed(400, -2022, {
      cancelResult: 'FAILURE',
      newOrderResult: 'NOT_ATTEMPTED',
      cancelResponse,
      newOrderResponse: null,
    });
  const result = venue.exchange.place(request);
  const cancelResult = canceled ? 'SUCCESS' : 'FAILURE';
  if (result.kind === 'refused') {
    const newOrderResponse = refusal(result.reason).body;
    return failed(canceled ? 409 : 400, canceled ? -2021 : -2022, {
      cancelResult,
      newOrderResult: 'FAILURE',
      cancelResponse,
      newOrderResponse,
    });
  }
  const newOrderResponse = createdView(result.order, params.text('newOrderRespType') ?? 'FULL');
  const data = { cancelResult, newOrderResult: 'SUCCESS', cancelResponse, newOrderResponse };
  return canceled ? json(data) : failed(409, -2021, data);
};

const failed = (status: number, code: number, data: unknown): Answer => {
  const msg = code === -2022 ? 'Order cancel-replace failed.' : 'Order cancel-replace partially failed.';
  const answer = refuse(code, msg, status);
  return { ...answer, body: { code, msg, data } };
};

const cancelId = (order: Order): string => `cancel${order.id}`;
