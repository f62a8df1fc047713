import { over } from '../core/fixed.ts';
import type { Execution, Order, OrderEvent } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { orderText, tradeText } from './ids.ts';
import { flagsOf, kindText } from './order-view.ts';
import { assetSymbol, pairOf } from './pairs.ts';
import { rawNumber } from './raw-number.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

const names = (order: Order) => ({
  order_id: orderText(order.id),
  order_userref: order.userref ?? 0,
  ...(order.clientId === undefined ? {} : { cl_ord_id: order.clientId }),
});

const statusOf = (order: Order): string => {
  if (order.status === 'untriggered') return 'new';
  if (order.status === 'expired') return 'canceled';
  if (order.status !== 'open') return order.status;
  return order.filled > 0n ? 'partially_filled' : 'new';
};

const whole = (order: Order, execType: string, status: string) => {
  const decimals = pairOf(order.instrument).priceDecimals;
  return {
    ...names(order),
    symbol: pairOf(order.instrument).symbol,
    order_qty: rawNumber(order.quantity),
    cum_qty: rawNumber(order.filled),
    cum_cost: rawNumber(order.cost),
    avg_price: rawNumber(over(order.cost, order.filled), decimals),
    time_in_force: order.timeInForce,
    exec_type: execType,
    side: order.side,
    order_type: kindText(order),
    limit_price_type: 'static',
    ...(order.price === undefined ? {} : { limit_price: rawNumber(order.price, decimals) }),
    stop_price: rawNumber(order.triggerPrice ?? 0n, decimals),
    order_status: status,
    fee_usd_equiv: rawNumber(order.fee),
    fee_ccy_pref: flagsOf(order).split(',')[0],
    timestamp: iso(order.updatedAt),
  };
};

/** Messages about an order that ended name it and say little else: not even its pair. */
const ended = (order: Order) => ({
  timestamp: iso(order.updatedAt),
  order_status: statusOf(order),
  exec_type: statusOf(order),
  ...names(order),
  cum_qty: rawNumber(order.filled),
  cum_cost: rawNumber(order.cost),
  fee_usd_equiv: rawNumber(order.fee),
  avg_price: rawNumber(over(order.cost, order.filled)),
  cancel_reason: order.reason ?? 'User requested',
  reason: order.reason ?? 'User requested',
});

export const tradeRow = (order: Order, execution: Execution) => ({
  ...names(order),
  exec_id: tradeText(execution.tradeId),
  exec_type: 'trade',
  trade_id: execution.tradeId,
  symbol: pairOf(execution.instrument).symbol,
  side: execution.side,
  last_qty: rawNumber(execution.quantity),
  last_price: rawNumber(execution.price, pairOf(execution.instrument).priceDecimals),
  liquidity_ind: execution.maker ? 'm' : 't',
  cost: rawNumber(execution.cost),
  order_status: statusOf(order),
  order_type: kindText(order),
  cum_qty: rawNumber(order.filled),
  cum_cost: rawNumber(order.cost),
  fee_usd_equiv: rawNumber(execution.fee),
  fees: [{ asset: assetSymbol(execution.feeAsset), qty: rawNumber(execution.fee) }],
  timestamp: iso(execution.at),
});

export const openRow = (order: Order) => whole(order, 'new', statusOf(order));

/** The messages that one change of an order makes, each on its own as the venue sends them. */
export function rowsOf({ order, change, execution }: OrderEvent): readonly unknown[] {
  switch (change) {
    case 'new':
      return [whole(order, 'pending_new', 'pending_new'), whole(order, 'new', 'new')];
    case 'trade': {
      if (execution === undefined) return [];
      const row = tradeRow(order, execution);
      return order.status === 'filled' ? [row, whole(order, 'filled', 'filled')] : [row];
    }
    case 'amended':
      return [whole(order, 'amended', statusOf(order))];
    case 'triggered':
      return [whole(order, 'status', statusOf(order))];
    case 'canceled':
    case 'expired':
      return [ended(order)];
  }
}

export const balanceRow = (venue: Venue, account: string, asset: string) => {
  const { free, held } = venue.exchange.accounts.balance(account, asset);
  const balance = rawNumber(free + held);
  return {
    asset: assetSymbol(asset),
    asset_class: 'currency',
    balance,
    wallets: [{ type: 'spot', id: 'main', balance }],
  };
};
