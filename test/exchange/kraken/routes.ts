import type { Endpoint } from '../core/faults.ts';
import type { ApiKey } from '../core/keys.ts';
import type { Handler } from './handler.ts';
import * as keys from './key-info.ts';
import * as data from './market-data.ts';
import * as queries from './queries.ts';
import * as trading from './trading.ts';

export type Route = {
  readonly endpoint: Endpoint;
  /** Points of the call counter; orders have a counter of their own. */
  readonly points: number;
  /** Absent: a public call. */
  readonly may?: (key: ApiKey) => boolean;
  readonly handler: Handler;
};

const open = (handler: Handler): Route => ({ endpoint: 'public', points: 0, handler });
const anyone = (): boolean => true;
const reader = (key: ApiKey): boolean => key.read;
const trader = (key: ApiKey): boolean => key.trade;

export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /0/public/Time': open(data.time),
  'GET /0/public/SystemStatus': open(data.systemStatus),
  'GET /0/public/Assets': open(data.assets),
  'GET /0/public/AssetPairs': open(data.assetPairs),
  'GET /0/public/Ticker': open(data.ticker),
  'GET /0/public/OHLC': open(data.candles),
  'GET /0/public/Depth': open(data.depth),
  'GET /0/public/Trades': open(data.trades),
  'POST /0/private/AddOrder': { endpoint: 'create', points: 0, may: trader, handler: trading.place },
  'POST /0/private/AmendOrder': { endpoint: 'amend', points: 0, may: trader, handler: trading.amend },
  'POST /0/private/CancelOrder': { endpoint: 'cancel', points: 0, may: trader, handler: trading.cancel },
  'POST /0/private/CancelOrderBatch': { endpoint: 'cancel', points: 0, may: trader, handler: trading.cancelBatch },
  'POST /0/private/CancelAll': { endpoint: 'cancel', points: 1, may: trader, handler: trading.cancelAll },
  'POST /0/private/CancelAllOrdersAfter': {
    endpoint: 'cancel',
    points: 1,
    may: trader,
    handler: trading.cancelAllAfter,
  },
  'POST /0/private/OpenOrders': { endpoint: 'query', points: 1, may: reader, handler: queries.openOrders },
  'POST /0/private/ClosedOrders': { endpoint: 'query', points: 1, may: reader, handler: queries.closedOrders },
  'POST /0/private/QueryOrders': { endpoint: 'query', points: 1, may: reader, handler: queries.queryOrders },
  'POST /0/private/TradesHistory': { endpoint: 'query', points: 2, may: reader, handler: queries.tradesHistory },
  'POST /0/private/Balance': { endpoint: 'query', points: 1, may: reader, handler: queries.balance },
  'POST /0/private/BalanceEx': { endpoint: 'query', points: 1, may: reader, handler: queries.extendedBalance },
  'POST /0/private/TradeVolume': { endpoint: 'query', points: 1, may: reader, handler: queries.tradeVolume },
  'POST /0/private/GetApiKeyInfo': { endpoint: 'query', points: 1, may: anyone, handler: keys.apiKeyInfo },
  'POST /0/private/WithdrawMethods': { endpoint: 'query', points: 1, may: anyone, handler: keys.withdrawMethods },
  'POST /0/private/GetWebSocketsToken': { endpoint: 'query', points: 1, may: anyone, handler: keys.webSocketToken },
};
