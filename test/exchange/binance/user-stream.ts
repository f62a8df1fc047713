import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { formatFixed } from '../core/fixed.ts';
import type { Execution, Order, OrderEvent } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import type { StreamSocket } from '../server/stream-socket.ts';
import { expired, keyOf } from './auth.ts';
import { missing, refuse } from './errors.ts';
import { clientIdOf, kindText, statusText } from './order-view.ts';
import { type Params, paramsOf } from './params.ts';

const requestSchema = z.object({
  id: z.union([z.int(), z.string()]),
  method: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** Signed over all parameters in the order of their names. */
function accountOf(venue: Venue, params: Params, names: readonly string[]): string | Answer {
  const key = keyOf(venue, params.text('apiKey'), 'read');
  if ('status' in key) return key;
  const signature = params.text('signature');
  if (signature === undefined) return missing('signature');
  const signed = names
    .filter((name) => name !== 'signature')
    .sort()
    .map((name) => `${name}=${params.text(name)}`)
    .join('&');
  if (createHmac('sha256', key.secret).update(signed).digest('hex') !== signature)
    return refuse(-1022, 'Signature for this request is not valid.');
  return expired(venue, params) ?? key.account;
}

const EXECUTION_TYPES: Readonly<Partial<Record<OrderEvent['change'], string>>> = {
  new: 'NEW',
  trade: 'TRADE',
  canceled: 'CANCELED',
  expired: 'EXPIRED',
  triggered: 'NEW',
};

const report = (order: Order, type: string, execution: Execution | undefined, at: number) => ({
  e: 'executionReport',
  E: at,
  s: order.instrument,
  c: type === 'CANCELED' ? `cancel${order.id}` : clientIdOf(order),
  S: order.side.toUpperCase(),
  o: kindText(order),
  f: order.timeInForce,
  q: formatFixed(order.quantity),
  p: formatFixed(order.price ?? 0n),
  P: formatFixed(order.triggerPrice ?? 0n),
  F: '0.00000000',
  g: -1,
  C: type === 'CANCELED' ? clientIdOf(order) : '',
  x: type,
  X: statusText(order),
  r: 'NONE',
  i: order.id,
  l: formatFixed(execution?.quantity ?? 0n),
  z: formatFixed(order.filled),
  L: formatFixed(execution?.price ?? 0n),
  n: formatFixed(execution?.fee ?? 0n),
  N: execution?.feeAsset ?? null,
  T: order.updatedAt,
  t: execution?.tradeId ?? -1,
  I: order.id,
  w: order.status === 'open',
  m: execution?.maker ?? false,
  M: execution !== undefined,
  O: order.receivedAt,
  Z: formatFixed(order.cost),
  Y: formatFixed(execution?.cost ?? 0n),
  Q: formatFixed(order.budget ?? 0n),
  W: order.receivedAt,
  V: 'EXPIRE_MAKER',
});

type Subscriber = { readonly stream: StreamSocket; readonly account: string; readonly id: number };

/** The WebSocket API as far as accounts are watched through it: a signed subscription, then reports of orders and balances. */
export function createUserStream(venue: Venue): { open(stream: StreamSocket): void } {
  const subscribers = new Set<Subscriber>();
  const tell = (account: string, event: unknown): void => {
    for (const subscriber of subscribers)
      if (subscriber.account === account)
        subscriber.stream.news('private', { subscriptionId: subscriber.id, event }, account);
  };
  venue.exchange.listen({
    order: ({ order, change, execution }) => {
      const type = EXECUTION_TYPES[change];
      if (type !== undefined) tell(order.account, report(order, type, execution, venue.clock.now()));
    },
    balances: (account, assets) => {
      const rows = assets.map((asset) => {
        const { free, held } = venue.exchange.accounts.balance(account, asset);
        return { a: asset, f: formatFixed(free), l: formatFixed(held) };
      });
      tell(account, { e: 'outboundAccountPosition', E: venue.clock.now(), u: venue.clock.now(), B: rows });
    },
  });

  return {
    open: (stream) => {
      let subscriptions = 0;
      const own = new Set<Subscriber>();
      stream.onClose(() => {
        for (const subscriber of own) subscribers.delete(subscriber);
      });
      stream.onMessage((message) => {
        const request = requestSchema.safeParse(message);
        if (!request.success)
          return stream.answer({ id: null, status: 400, error: { code: -1100, msg: 'Invalid request' } });
        const { id, method, params: raw } = request.data;
        const params = paramsOf(new Map(Object.entries(raw).map(([name, value]) => [name, String(value)])));
        const say = (answer: Answer) => stream.answer({ id, status: answer.status, error: answer.body });
        if (method === 'ping') return stream.answer({ id, status: 200, result: {} });
        if (method !== 'userDataStream.subscribe.signature') return say(refuse(-1000, `No such method: ${method}`));
        const account = accountOf(venue, params, Object.keys(raw));
        if (typeof account !== 'string') return say(account);
        const subscriber = { stream, account, id: subscriptions++ };
        own.add(subscriber);
        subscribers.add(subscriber);
        venue.requests['WS account subscription'] = (venue.requests['WS account subscription'] ?? 0) + 1;
        stream.answer({ id, status: 200, result: { subscriptionId: subscriber.id } });
      });
    },
  };
}
