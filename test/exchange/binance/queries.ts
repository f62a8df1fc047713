import { formatFixed } from '../core/fixed.ts';
import { isVisible } from '../core/order-faults.ts';
import type { Execution } from '../core/types.ts';
import { json } from '../server/answer.ts';
import { INVALID_SYMBOL, missing, NO_SUCH_ORDER } from './errors.ts';
import type { Call, Handler } from './handler.ts';
import { orderView, tradeView } from './order-view.ts';
import { ordersNamed } from './trading.ts';

const visibleOrders = ({ venue, key }: Call) =>
  venue.exchange.orders.of(key.account).filter((order) => isVisible(venue.exchange, order));

/** Orders or trades between the times of the request, the newest `limit` of them when no start is given. */
function window<T>({ params }: Call, rows: readonly T[], time: (row: T) => number): readonly T[] {
  const from = params.integer('startTime') ?? 0;
  const to = params.integer('endTime') ?? Number.MAX_SAFE_INTEGER;
  const limit = Math.min(params.integer('limit') ?? 500, 1000);
  const within = rows.filter((row) => time(row) >= from && time(row) <= to);
  return params.has('startTime') ? within.slice(0, limit) : within.slice(-limit);
}

export const order: Handler = (call) => {
  const { venue, params, key } = call;
  if (!params.has('symbol')) return missing('symbol');
  if (!params.has('orderId') && !params.has('origClientOrderId')) return missing('orderId');
  const found = ordersNamed(venue, key, params, 'orderId', 'origClientOrderId').find((candidate) =>
    isVisible(venue.exchange, candidate),
  );
  return found === undefined ? NO_SUCH_ORDER : json(orderView(found));
};

export const openOrders: Handler = (call) => {
  const { venue, params, key } = call;
  const symbol = params.text('symbol');
  if (symbol !== undefined && venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const open = venue.exchange
    .openOrders(key.account)
    .filter(
      (candidate) => isVisible(venue.exchange, candidate) && (symbol === undefined || candidate.instrument === symbol),
    );
  return json(open.map(orderView));
};

export const allOrders: Handler = (call) => {
  const { venue, params } = call;
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const from = params.integer('orderId') ?? 0;
  const mine = visibleOrders(call).filter((candidate) => candidate.instrument === symbol && candidate.id >= from);
  return json(window(call, mine, (candidate) => candidate.receivedAt).map(orderView));
};

export const myTrades: Handler = (call) => {
  const { venue, params } = call;
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const orderId = params.integer('orderId');
  const fromId = params.integer('fromId') ?? 0;
  const mine: Execution[] = [];
  for (const candidate of visibleOrders(call)) {
    if (candidate.instrument !== symbol || (orderId !== undefined && candidate.id !== orderId)) continue;
    mine.push(...candidate.executions.filter((execution) => execution.tradeId >= fromId));
  }
  mine.sort((a, b) => a.tradeId - b.tradeId);
  return json(window(call, mine, (execution) => execution.at).map(tradeView));
};

export const account: Handler = ({ venue, key }) => {
  const { accounts } = venue.exchange;
  const rates = {
    maker: formatFixed(100_000n),
    taker: formatFixed(100_000n),
    buyer: '0.00000000',
    seller: '0.00000000',
  };
  return json({
    makerCommission: 10,
    takerCommission: 10,
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: rates,
    canTrade: key.trade,
    canWithdraw: key.withdraw,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: venue.clock.now(),
    accountType: 'SPOT',
    balances: accounts.assets(key.account).map((asset) => {
      const { free, held } = accounts.balance(key.account, asset);
      return { asset, free: formatFixed(free), locked: formatFixed(held) };
    }),
    permissions: ['SPOT'],
    uid: 1,
  });
};
