import { z } from 'zod';
import { fillView, orderView } from './cycle.ts';
import { call, event } from './define.ts';
import { decimalText, environmentText, shortText, sideText, symbolText, unixMsNumber } from './primitives.ts';

/** `simulated`, or the id of a venue account such as `binance-sandbox`. */
export const accountText = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'is not a name of small letters, digits and dashes');

export const SIMULATED_ACCOUNT = 'simulated';

/** An order by hand. A purchase says where it is protected; a sale only reduces what the same hand holds. */
export const orderRequest = z.strictObject({
  account: accountText.default(SIMULATED_ACCOUNT),
  instrument: symbolText,
  side: sideText,
  quantity: decimalText,
  /** Worst price; a market order without it. */
  limit: decimalText.optional(),
  /** Where a purchase is given up, and where it is taken. */
  stop: decimalText.optional(),
  take: decimalText.optional(),
});
export type OrderRequest = z.infer<typeof orderRequest>;

export const orderOutcome = z.strictObject({
  account: accountText,
  environment: environmentText,
  /** As it is now: a market order of a market that runs by itself is filled a little later. */
  order: orderView,
  /** Stop and target that rest with it. */
  protection: z.array(orderView),
  fills: z.array(fillView),
  checks: z.array(shortText),
});
export type OrderOutcome = z.infer<typeof orderOutcome>;

export const manualBook = z.strictObject({
  account: accountText,
  environment: environmentText,
  orders: z.array(orderView),
  fills: z.array(fillView),
  holdings: z.array(z.strictObject({ instrument: symbolText, quantity: decimalText })),
  asOf: unixMsNumber,
});
export type ManualBook = z.infer<typeof manualBook>;

const which = { account: accountText.default(SIMULATED_ACCOUNT) };

export const ordersContract = {
  /** Through the same gate, execution and journal as an agent's orders. A refusal is an error that names the check. */
  'orders.place': call('trade', orderRequest, orderOutcome, 30_000),
  'orders.cancel': call('trade', z.strictObject({ ...which, clientOrderId: z.string().max(40) }), manualBook, 30_000),
  /** Sells what was bought by hand; its protection rests until the sale fills. */
  'orders.close': call('trade', z.strictObject({ ...which, instrument: symbolText }), orderOutcome, 30_000),
  'orders.list': call('view', z.strictObject(which), manualBook),
  'orders.changed': event('view', manualBook),
} as const;
