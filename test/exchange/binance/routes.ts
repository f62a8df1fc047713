import type { Endpoint } from '../core/faults.ts';
import type { Right } from './auth.ts';
import type { Handler } from './handler.ts';
import * as data from './market-data.ts';
import type { Params } from './params.ts';
import * as queries from './queries.ts';
import * as trading from './trading.ts';
import * as wallet from './wallet.ts';

export type Route = {
  readonly endpoint: Endpoint;
  readonly weight: (params: Params) => number;
  /** Absent: no signature needed. */
  readonly right?: Right;
  /** Counts against the limit of new orders. */
  readonly newOrder?: boolean;
  readonly handler: Handler;
};

const open = (weight: number, handler: Handler, withoutSymbol = weight): Route => ({
  endpoint: 'public',
  weight: (params) => (params.has('symbol') ? weight : withoutSymbol),
  handler,
});
const signed = (endpoint: Endpoint, right: Right, weight: number, handler: Handler, withoutSymbol = weight): Route => ({
  endpoint,
  weight: (params) => (params.has('symbol') ? weight : withoutSymbol),
  right,
  handler,
});
const depthWeight = (params: Params): number => {
  const limit = params.integer('limit') ?? 100;
  return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250;
};

/** Weights are those of the venue's documentation. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /api/v3/ping': open(1, data.ping),
  'GET /api/v3/time': open(1, data.time),
  'GET /api/v3/exchangeInfo': open(20, data.exchangeInfo),
  'GET /api/v3/depth': { endpoint: 'public', weight: depthWeight, handler: data.depth },
  'GET /api/v3/trades': open(25, data.trades),
  'GET /api/v3/aggTrades': open(4, data.aggTrades),
  'GET /api/v3/klines': open(2, data.klines),
  'GET /api/v3/ticker/24hr': open(2, data.ticker24h, 80),
  'GET /api/v3/ticker/bookTicker': open(2, data.bookTicker, 4),
  'GET /api/v3/ticker/price': open(2, data.price, 4),
  'POST /api/v3/order': { ...signed('create', 'trade', 1, trading.place), newOrder: true },
  'POST /api/v3/order/test': signed('query', 'trade', 1, trading.placeTest),
  'DELETE /api/v3/order': signed('cancel', 'trade', 1, trading.cancel),
  'DELETE /api/v3/openOrders': signed('cancel', 'trade', 1, trading.cancelAll),
  'POST /api/v3/order/cancelReplace': { ...signed('amend', 'trade', 1, trading.cancelReplace), newOrder: true },
  'GET /api/v3/order': signed('query', 'read', 4, queries.order),
  'GET /api/v3/openOrders': signed('query', 'read', 6, queries.openOrders, 80),
  'GET /api/v3/allOrders': signed('query', 'read', 20, queries.allOrders),
  'GET /api/v3/myTrades': signed('query', 'read', 20, queries.myTrades),
  'GET /api/v3/account': signed('query', 'read', 20, queries.account),
  'GET /sapi/v1/account/apiRestrictions': signed('query', 'read', 1, wallet.apiRestrictions),
  'GET /sapi/v1/capital/config/getall': signed('query', 'read', 10, wallet.coins),
  'GET /sapi/v1/asset/tradeFee': signed('query', 'read', 1, wallet.tradeFee),
  'GET /sapi/v1/margin/allPairs': signed('query', 'read', 1, wallet.noPairs),
  'GET /sapi/v1/margin/isolated/allPairs': signed('query', 'read', 10, wallet.noPairs),
  'GET /sapi/v1/system/status': open(1, wallet.systemStatus),
};
