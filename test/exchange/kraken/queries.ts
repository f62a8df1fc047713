import { formatFixed } from '../core/fixed.ts';
import { isLive } from '../core/new-order.ts';
import { isVisible } from '../core/order-faults.ts';
import type { Order } from '../core/types.ts';
import { refuse, result, wrongArgument } from './errors.ts';
import type { Call, Handler } from './handler.ts';
import { orderNumber, orderText, tradeText } from './ids.ts';
import { orderView, tradeView } from './order-view.ts';
import { PAIRS } from './pairs.ts';

const PAGE = 50;
const MOST_IDS = 50;

/** Orders of the account that the venue's index already shows, under the label or the client id that was asked for. */
function visible({ venue, key, params }: Call): readonly Order[] {
  const userref = params.integer('userref');
  const client = params.text('cl_ord_id');
  return venue.exchange.orders
    .of(key.account)
    .filter(
      (order) =>
        isVisible(venue.exchange, order) &&
        (userref === undefined || order.userref === userref) &&
        (client === undefined || order.clientId === client),
    );
}

/** Start and end in seconds, the start not included. */
const within = ({ params }: Call, ms: number): boolean =>
  ms / 1000 > Number(params.text('start') ?? 0) && ms / 1000 <= Number(params.text('end') ?? Number.MAX_SAFE_INTEGER);

const views = (orders: readonly Order[], withTrades: boolean) =>
  Object.fromEntries(orders.map((order) => [orderText(order.id), orderView(order, withTrades)]));

export const openOrders: Handler = (call) =>
  result({ open: views(visible(call).filter(isLive), call.params.flag('trades')) });

/** Fifty at a time, the newest first. */
export const closedOrders: Handler = (call) => {
  const closed = visible(call)
    .filter((order) => !isLive(order) && within(call, order.updatedAt))
    .toSorted((a, b) => b.updatedAt - a.updatedAt || b.id - a.id);
  const offset = call.params.integer('ofs') ?? 0;
  return result({
    closed: views(closed.slice(offset, offset + PAGE), call.params.flag('trades')),
    count: closed.length,
  });
};

export const queryOrders: Handler = (call) => {
  const names = (call.params.text('txid') ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0 || names.length > MOST_IDS) return wrongArgument('txid');
  const numbers = names.map(orderNumber);
  if (numbers.includes(undefined)) return refuse('EOrder:Invalid order');
  const found = visible(call).filter((order) => numbers.includes(order.id));
  return result(views(found, call.params.flag('trades')));
};

export const tradesHistory: Handler = (call) => {
  const trades = visible(call)
    .flatMap((order) => order.executions.map((execution) => ({ order, execution })))
    .filter(({ execution }) => within(call, execution.at))
    .toSorted((a, b) => b.execution.tradeId - a.execution.tradeId);
  const offset = call.params.integer('ofs') ?? 0;
  const page = trades.slice(offset, offset + PAGE);
  return result({
    trades: Object.fromEntries(
      page.map(({ order, execution }) => [tradeText(execution.tradeId), tradeView(order, execution)]),
    ),
    count: trades.length,
  });
};

export const balance: Handler = ({ venue, key }) => {
  const { accounts } = venue.exchange;
  return result(
    Object.fromEntries(
      accounts.assets(key.account).map((asset) => {
        const { free, held } = accounts.balance(key.account, asset);
        return [asset, formatFixed(free + held, 10)];
      }),
    ),
  );
};

export const extendedBalance: Handler = ({ venue, key }) => {
  const { accounts } = venue.exchange;
  return result(
    Object.fromEntries(
      accounts.assets(key.account).map((asset) => {
        const { free, held } = accounts.balance(key.account, asset);
        return [asset, { balance: formatFixed(free + held, 10), hold_trade: formatFixed(held, 10) }];
      }),
    ),
  );
};

export const tradeVolume: Handler = () => {
  const fees = (fee: string) => Object.fromEntries(PAIRS.map(({ key }) => [key, { fee, minfee: fee, maxfee: fee }]));
  return result({ currency: 'ZUSD', volume: '0.0000', fees: fees('0.4000'), fees_maker: fees('0.2500') });
};
