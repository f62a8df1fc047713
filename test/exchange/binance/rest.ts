import type { ApiKey } from '../core/keys.ts';
import type { Answer } from '../server/answer.ts';
import type { Job } from '../server/faulty.ts';
import type { VenueRequest } from '../server/request.ts';
import { expired, keyOf, wrongSignature } from './auth.ts';
import type { BinanceContext } from './context.ts';
import { bannedUntil, missing, refuse, tooManyOrders, tooMuchWeight } from './errors.ts';
import { parseParams } from './params.ts';
import { ROUTES, type Route } from './routes.ts';

const WEIGHT_LIMIT = 6000;
const ORDER_LIMIT = 100;
/** A client that goes on after 429 by this much is banned. */
const PATIENCE = 200;
const BAN_MS = 120_000;

const NOBODY: ApiKey = { key: '', secret: '', account: '', read: false, trade: false, withdraw: false };

/** Prepares one REST request: what to check on arrival, and what to do. */
export function binanceJob(context: BinanceContext, request: VenueRequest): Job {
  const name = `${request.method} ${request.path}`;
  const route = ROUTES[name];
  if (route === undefined)
    return {
      endpoint: 'public',
      name,
      check: () => refuse(-1000, `No such path: ${name}`, 404),
      run: () => refuse(-1000, ''),
    };
  const params = parseParams(request.query, request.body);
  const { venue } = context;
  let key = NOBODY;
  return {
    endpoint: route.endpoint,
    name,
    account: venue.keys.find(request.header('x-mbx-apikey'))?.account,
    check: () => {
      const limited = overLimit(context, route.weight(params));
      if (limited !== undefined) return limited;
      if (route.right === undefined) return undefined;
      const found = keyOf(venue, request.header('x-mbx-apikey'), route.right);
      if ('status' in found) return found;
      key = found;
      const signature = params.text('signature');
      if (signature === undefined) return missing('signature');
      return (
        wrongSignature(key.secret, request.query, request.body, signature) ??
        expired(venue, params) ??
        (route.newOrder === true ? tooManyNewOrders(context, key.account) : undefined)
      );
    },
    // Once more before the engine: a request that waited too long inside the venue expires there.
    run: (drawn) =>
      (route.right === undefined ? undefined : expired(venue, params)) ??
      withUse(context, route, key, route.handler({ venue, context, params, key, drawn })),
  };
}

function overLimit(context: BinanceContext, weight: number): Answer | undefined {
  const used = context.weight.add(weight);
  if (context.venue.options.limits === 'off') return undefined;
  const now = context.venue.clock.now();
  if (context.bannedUntil > now) return bannedUntil(context.bannedUntil, context.bannedUntil - now);
  if (used <= WEIGHT_LIMIT) return undefined;
  if (used > WEIGHT_LIMIT + PATIENCE) {
    context.bannedUntil = now + BAN_MS;
    return bannedUntil(context.bannedUntil, BAN_MS);
  }
  return tooMuchWeight(WEIGHT_LIMIT, context.weight.secondsLeft() * 1000);
}

function tooManyNewOrders(context: BinanceContext, account: string): Answer | undefined {
  const counter = context.ordersInTenSeconds(account);
  context.ordersInDay(account).add(1);
  if (counter.add(1) <= ORDER_LIMIT || context.venue.options.limits === 'off') return undefined;
  return tooManyOrders(ORDER_LIMIT, counter.secondsLeft() * 1000);
}

/** The headers by which binance tells what was used. */
function withUse(context: BinanceContext, route: Route, key: ApiKey, answer: Answer): Answer {
  const used = String(context.weight.used());
  const orders =
    route.newOrder === true
      ? {
          'x-mbx-order-count-10s': String(context.ordersInTenSeconds(key.account).used()),
          'x-mbx-order-count-1d': String(context.ordersInDay(key.account).used()),
        }
      : {};
  return {
    ...answer,
    headers: { 'x-mbx-used-weight': used, 'x-mbx-used-weight-1m': used, ...orders, ...answer.headers },
  };
}
