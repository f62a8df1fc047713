import type { StreamSocket } from '../server/stream-socket.ts';
import { balanceRow, openRow, rowsOf, tradeRow } from './account-messages.ts';
import type { KrakenContext } from './context.ts';
import type { Feed } from './feed.ts';

export const ACCOUNT_CHANNELS: readonly string[] = ['executions', 'balances'];
const SNAPSHOT_TRADES = 50;

/** One subscription of one connection. Its messages are numbered, so that a client can notice one that is missing. */
type Listener = { readonly stream: StreamSocket; readonly channel: string; readonly account: string; sequence: number };

/** Orders, fills and balances of the account behind a token. */
export function createAccountFeed({ venue, tokens }: KrakenContext): Feed {
  let listeners: Listener[] = [];
  const send = (listener: Listener, type: string, data: readonly unknown[]): void => {
    listener.sequence += 1;
    const { stream, channel, account, sequence } = listener;
    stream.news('private', { channel, type, data, sequence }, account);
  };
  const tell = (channel: string, account: string, data: readonly unknown[]): void => {
    for (const listener of listeners)
      if (listener.channel === channel && listener.account === account) send(listener, 'update', data);
  };
  venue.exchange.listen({
    order: (event) => {
      for (const row of rowsOf(event)) tell('executions', event.order.account, [row]);
    },
    balances: (account, assets) =>
      tell(
        'balances',
        account,
        assets.map((asset) => balanceRow(venue, account, asset)),
      ),
  });

  return {
    refuses: (stream, params, method) => {
      const account = tokens.get(params.token ?? '');
      if (account === undefined) return 'ESession:Invalid session';
      const known = listeners.some((listener) => listener.stream === stream && listener.channel === params.channel);
      return method === 'subscribe' && known ? 'Already subscribed' : undefined;
    },
    subscribe: (stream, params) => {
      const account = tokens.get(params.token ?? '') ?? '';
      const listener: Listener = { stream, channel: params.channel, account, sequence: 0 };
      listeners.push(listener);
      const { exchange } = venue;
      if (params.channel === 'balances') {
        const rows = exchange.accounts.assets(account).map((asset) => balanceRow(venue, account, asset));
        if (params.snapshot !== false) send(listener, 'snapshot', rows);
        return;
      }
      if (params.snap_orders !== false) send(listener, 'snapshot', exchange.openOrders(account).map(openRow));
      if (params.snap_trades !== true) return;
      const trades = exchange.orders
        .of(account)
        .flatMap((order) => order.executions.map((execution) => tradeRow(order, execution)));
      send(listener, 'snapshot', trades.slice(-SNAPSHOT_TRADES));
    },
    unsubscribe: (stream, params) => {
      listeners = listeners.filter((listener) => listener.stream !== stream || listener.channel !== params.channel);
    },
    forget: (stream) => {
      listeners = listeners.filter((listener) => listener.stream !== stream);
    },
  };
}
