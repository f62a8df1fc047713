import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { faultRuleSchema } from '../core/faults.ts';
import { type Fixed, fixed } from '../core/fixed.ts';
import { apiKeySchema } from '../core/keys.ts';
import type { Venue } from '../core/venue.ts';
import { json, send } from './answer.ts';
import { readRequest } from './request.ts';
import { truthOf } from './truth.ts';

const amount = z
  .string()
  .regex(/^\d+(\.\d{1,8})?$/)
  .transform((text): Fixed => fixed(text));
const ordering = z.strictObject({
  account: z.string(),
  instrument: z.string(),
  side: z.enum(['buy', 'sell']),
  kind: z.enum(['market', 'limit', 'stop', 'stop_limit', 'take', 'take_limit']),
  quantity: amount,
  price: amount.optional(),
  triggerPrice: amount.optional(),
  clientId: z.string().optional(),
});

/** How the admin reaches into the protocol half of the venue. */
export type Streams = { readonly dropStreams: () => number };

type Act = (venue: Venue, body: unknown, streams: Streams, query: URLSearchParams) => unknown;

const done = { done: true };
const named = z.strictObject({ instrument: z.string(), price: amount });

/** What a test may do to the exchange behind the back of its customers. Errors in a body are answered with 400 and the reason. */
const ACTS: Readonly<Record<string, Act>> = {
  'GET /truth': (venue, _body, _streams, query) =>
    truthOf(venue, query.get('account') ?? undefined, Number(query.get('after') ?? 0)),
  'POST /faults': (venue, body, _streams, query) => {
    const rules = z.array(faultRuleSchema).parse(body);
    const account = query.get('account');
    if (account === null) venue.faults.replace(rules);
    else venue.faults.replaceOf(account, rules);
    return done;
  },
  'POST /price': (venue, body) => {
    const { instrument, price } = named.parse(body);
    venue.maker.moveTo(instrument, price);
    return done;
  },
  'POST /step': (venue, body) => {
    const { steps } = z.strictObject({ steps: z.int().min(1).max(100_000) }).parse(body);
    for (let step = 0; step < steps; step++) venue.maker.step();
    return done;
  },
  'POST /skew': (venue, body) => {
    venue.clock.setSkew(z.strictObject({ skewMs: z.int() }).parse(body).skewMs);
    return done;
  },
  'POST /maintenance': (venue, body) => {
    venue.maintenance = z.strictObject({ on: z.boolean() }).parse(body).on;
    return done;
  },
  'POST /market': (venue, body) => {
    const { instrument, open } = z.strictObject({ instrument: z.string(), open: z.boolean() }).parse(body);
    const market = venue.exchange.market(instrument);
    if (market === undefined) throw new Error(`no such instrument: ${instrument}`);
    market.open = open;
    return done;
  },
  'POST /key': (venue, body) => {
    venue.keys.set(apiKeySchema.parse(body));
    return done;
  },
  'POST /deposit': (venue, body) => {
    const input = z.strictObject({ account: z.string(), asset: z.string(), amount }).parse(body);
    venue.exchange.accounts.deposit(input.account, input.asset, input.amount);
    return done;
  },
  /** An order that reaches the venue from elsewhere, such as the owner's telephone. */
  'POST /orders': (venue, body) => {
    const result = venue.exchange.place(ordering.parse(body));
    return result.kind === 'refused' ? result : { kind: 'accepted', id: result.order.id };
  },
  'POST /fill': (venue, body) => {
    const input = z.strictObject({ id: z.int(), quantity: amount }).parse(body);
    const order = venue.exchange.orders.byId(input.id);
    if (order === undefined) throw new Error(`no such order: ${input.id}`);
    venue.exchange.fillResting(order, input.quantity);
    return done;
  },
  'POST /streams/drop': (_venue, _body, streams) => ({ dropped: streams.dropStreams() }),
};

export const admin =
  (venue: Venue, streams: Streams) =>
  async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    const act = ACTS[`${request.method} ${request.path}`];
    if (act === undefined) return send(response, json({ error: 'no such path' }, 404));
    const query = new URLSearchParams(request.query);
    try {
      send(response, json(act(venue, request.body === '' ? undefined : JSON.parse(request.body), streams, query)));
    } catch (error) {
      send(response, json({ error: error instanceof Error ? error.message : String(error) }, 400));
    }
  };
