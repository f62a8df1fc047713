import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { quantity } from '#core/domain/money.ts';
import type { OrderType, Side } from '#core/domain/order.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import type { GatewayEvent } from '#core/ports/venue-gateway.ts';
import { createFakeExchange, type FakeExchange } from './fake-exchange.ts';
import { balanceToWire, orderToWire, tradeToWire } from './wire.ts';

/**
 * The small exchange as a process of its own, with an account for each name in the path. It speaks plain JSON over HTTP, with one line of JSON for each
 * event on `/stream`, and does to its clients what networks and venues do. Prints its port; ends when its standard input does.
 */
type Account = {
  readonly exchange: FakeExchange;
  readonly rng: Rng;
  readonly streams: Set<ServerResponse>;
  readonly faults: Map<string, number>;
  /** Set by the judge before it compares: nothing is lost any more, and nothing trades. */
  calm: boolean;
};

type PlaceBody = {
  readonly clientOrderId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly quantity: string;
  readonly expiresAt: number;
};

const [seedText = '1', shareText = '0.25', lagText = '100', latencyText = '0'] = process.argv.slice(2);
const FAULT_SHARE = Number(shareText);
const INDEX_LAG_MS = Number(lagText);
const LATENCY_MS = Number(latencyText);
/** A request that comes late comes up to so much later, which may be after its expiry. */
const LATEST_MS = 700;
/** Questions suffer less often than orders, which are few. */
const QUERY_SHARE = 0.2;
/** After so long without an answer the line is cut. */
const CUT_MS = 40;
/** The market reaches a resting order about so often. */
const MARKET_MS = 15;

const accounts = new Map<string, Account>();

function accountOf(name: string): Account {
  const known = accounts.get(name);
  if (known !== undefined) return known;
  const rng = createRng(Number(seedText)).fork(name);
  const streams = new Set<ServerResponse>();
  const exchange = createFakeExchange({
    now: () => Date.now(),
    lag: () => (rng.next() < 0.5 ? 0 : rng.integer(INDEX_LAG_MS)),
    pieces: () => 1 + rng.integer(3),
    publish: (event) => {
      const copies = account.calm || FAULT_SHARE === 0 || rng.next() > 0.1 ? 1 : rng.integer(3);
      for (let i = 0; i < copies; i++) setTimeout(() => tell(streams, event), rng.integer(FAULT_SHARE === 0 ? 1 : 40));
    },
  });
  const account: Account = { exchange, rng, streams, faults: new Map(), calm: false };
  accounts.set(name, account);
  return account;
}

function tell(streams: ReadonlySet<ServerResponse>, event: GatewayEvent): void {
  const text =
    event.kind === 'order'
      ? { kind: 'order', order: orderToWire(event.order) }
      : event.kind === 'trade'
        ? { kind: 'trade', trade: tradeToWire(event.trade) }
        : event;
  for (const stream of streams) stream.write(`${JSON.stringify(text)}\n`);
}

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const PLACE_FAULTS = [
  'lost request',
  'accepted then dropped',
  'accepted with 5xx',
  'late acceptance',
  'definitive reject',
];
const CANCEL_FAULTS = ['lost cancel', 'cancel accepted then dropped'];
const QUERY_FAULTS = ['query dropped', 'query with 5xx', 'query without an answer'];

function chance({ rng, faults, calm }: Account, kinds: readonly string[], share = 1): string | undefined {
  if (calm || rng.next() >= FAULT_SHARE * share) return undefined;
  const fault = kinds[rng.integer(kinds.length)] ?? '';
  faults.set(fault, (faults.get(fault) ?? 0) + 1);
  return fault;
}

function place(account: Account, body: PlaceBody, response: ServerResponse): void {
  const run = () =>
    account.exchange.place({
      clientOrderId: body.clientOrderId,
      instrumentId: body.instrumentId as InstrumentId,
      side: body.side,
      type: body.type,
      quantity: quantity(body.quantity),
      reduceOnly: false,
      expiresAt: unixMs(body.expiresAt),
    });
  switch (chance(account, PLACE_FAULTS)) {
    case 'lost request':
      response.destroy();
      return;
    case 'accepted then dropped':
      run();
      response.destroy();
      return;
    case 'accepted with 5xx':
      run();
      return answer(response, 502, { error: 'bad gateway' });
    case 'late acceptance':
      setTimeout(() => response.destroy(), CUT_MS);
      setTimeout(run, account.rng.integer(LATEST_MS));
      return;
    case 'definitive reject':
      return answer(response, 400, { kind: 'refused', code: 'InvalidOrder', reason: 'refused by chance' });
    case undefined:
    default:
      return answer(response, 200, run());
  }
}

function cancel(
  account: Account,
  body: { clientOrderId: string; venueOrderId?: string },
  response: ServerResponse,
): void {
  const run = () => ({ kind: account.exchange.cancel(body.clientOrderId, body.venueOrderId) });
  const fault = chance(account, CANCEL_FAULTS);
  if (fault === 'cancel accepted then dropped') run();
  if (fault !== undefined) response.destroy();
  else answer(response, 200, run());
}

function query(account: Account, name: string, url: URL): unknown {
  const { exchange } = account;
  const text = (key: string): string | undefined => url.searchParams.get(key) ?? undefined;
  const since = Number(text('since') ?? 0);
  switch (name) {
    case 'order': {
      const order = exchange.order(text('clientOrderId') ?? '', text('venueOrderId'));
      return order === undefined ? null : orderToWire(order);
    }
    case 'openOrders':
      return exchange.openOrders().map(orderToWire);
    case 'closedOrders':
      return exchange.closedOrders(since).map(orderToWire);
    case 'trades':
      return exchange.tradesSince(since).map(tradeToWire);
    case 'balances':
      return exchange.balances().map(balanceToWire);
    case 'time':
      return Date.now();
    default:
      return undefined;
  }
}

function control(name: string, url: URL, response: ServerResponse): boolean {
  const account = accountOf(url.searchParams.get('account') ?? '');
  if (name === 'calm') {
    account.calm = true;
    answer(response, 200, true);
  } else if (name === 'books') {
    answer(response, 200, {
      orders: account.exchange.orders(),
      lots: account.exchange.lots(),
      refusedForFunds: account.exchange.refusedForFunds(),
      faults: [...account.faults],
    });
  } else return false;
  return true;
}

async function bodyOf<T>(request: IncomingMessage): Promise<T> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as T;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, name = '', what = ''] = url.pathname.split('/');
  if (name === 'control' && control(what, url, response)) return;
  const account = accountOf(name);
  if (what === 'stream') {
    response.writeHead(200).write('\n');
    account.streams.add(response);
    response.once('close', () => account.streams.delete(response));
    return;
  }
  const body = request.method === 'POST' ? await bodyOf<never>(request) : undefined;
  // What has been written to the socket arrives, even when its sender is dead by then.
  if (LATENCY_MS > 0) await new Promise((done) => setTimeout(done, LATENCY_MS));
  if (body !== undefined && what === 'place') return place(account, body, response);
  if (body !== undefined && what === 'cancel') return cancel(account, body, response);
  switch (what === 'time' ? undefined : chance(account, QUERY_FAULTS, QUERY_SHARE)) {
    case 'query dropped':
      response.destroy();
      return;
    case 'query with 5xx':
      return answer(response, 503, { error: 'try again' });
    case 'query without an answer':
      setTimeout(() => response.destroy(), CUT_MS);
      return;
    case undefined:
    default:
      return answer(response, 200, query(account, what, url));
  }
}

setInterval(() => {
  for (const { exchange, rng, calm } of accounts.values())
    if (!calm) exchange.trade((count) => rng.integer(Math.max(1, count)));
}, MARKET_MS);

const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.on('close', () => process.exit(0)).resume();
