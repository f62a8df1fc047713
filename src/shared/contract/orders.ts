import { z } from 'zod';
import { agentText } from './agents.ts';
import { fillView, orderView } from './cycle.ts';
import { call, event } from './define.ts';
import {
  decimalText,
  environmentText,
  priceDecimals,
  shortText,
  sideText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';

/** `simulated`, or the id of a venue account such as `binance-sandbox`. */
export const accountText = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'is not a name of small letters, digits and dashes');

export const SIMULATED_ACCOUNT = 'simulated';

/** Names one act of the master: the same key again is the same order, not a second one, however often it arrives. */
export const requestKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'is not a key of 8 to 64 letters, digits, - and _');

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
  key: requestKey.optional(),
});
export type OrderRequest = z.infer<typeof orderRequest>;

/** An order that is only looked at: so much of the base asset, or what an amount of the quote asset pays for, fee included. */
export const previewRequest = z
  .strictObject({
    ...orderRequest.omit({ key: true }).shape,
    quantity: decimalText.optional(),
    amount: decimalText.optional(),
  })
  .refine(({ quantity, amount }) => (quantity === undefined) !== (amount === undefined), {
    message: 'give a quantity or an amount, and not both',
  });
export type PreviewRequest = z.infer<typeof previewRequest>;

/** What an order would be answered now, and what it would cost and risk in the quote asset. Nothing of it is recorded or sent. */
export const orderPreview = z.strictObject({
  account: accountText,
  environment: environmentText,
  instrument: symbolText,
  side: sideText,
  quoteAsset: z.string(),
  quantity: decimalText,
  /** The limit, or the newest price. */
  price: decimalText,
  priceDecimals,
  notional: decimalText,
  /** At the fee that is assumed, in basis points. */
  fee: decimalText,
  /** Of a purchase the most that it may take, fee included; of a sale what it should bring, fee taken. */
  cash: decimalText,
  /** Of a purchase: lost at its stop with both fees, what a gap may add, and both as a share of the equity. Null for a sale. */
  worst: z.strictObject({ atStop: decimalText, gap: decimalText, ofEquity: decimalText }).nullable(),
  verdict: z.enum(['approved', 'denied']),
  /** Checks of the gate that passed; of a denial the one that refused, why, and what can be done. */
  checks: z.array(shortText),
  refusal: z.strictObject({ check: shortText, reason: shortText, remedy: shortText }).nullable(),
  asOf: unixMsNumber,
});
export type OrderPreview = z.infer<typeof orderPreview>;

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

/** Where a stop is to be moved. Of an agent by its id; without one, what is held by hand on the account. */
export const tightenRequest = z.strictObject({
  account: accountText.default(SIMULATED_ACCOUNT),
  agent: agentText.optional(),
  instrument: symbolText,
  stop: decimalText,
});

export const tightenedStop = z.strictObject({
  agentId: z.string(),
  environment: environmentText,
  instrument: symbolText,
  quantity: decimalText,
  from: decimalText,
  to: decimalText,
  priceDecimals,
  checks: z.array(shortText),
  asOf: unixMsNumber,
});
export type TightenedStopView = z.infer<typeof tightenedStop>;

const which = { account: accountText.default(SIMULATED_ACCOUNT) };

export const ordersContract = {
  /** Through the same gate, execution and journal as an agent's orders. A refusal is an error that names the check. */
  'orders.place': call('trade', orderRequest, orderOutcome, 30_000),
  /** Through the same checks without recording, reserving or sending anything. */
  'orders.preview': call('view', previewRequest, orderPreview),
  'orders.cancel': call('trade', z.strictObject({ ...which, clientOrderId: z.string().max(40) }), manualBook, 30_000),
  /** Sells what was bought by hand; its protection rests until the sale fills. */
  'orders.close': call(
    'trade',
    z.strictObject({ ...which, instrument: symbolText, key: requestKey.optional() }),
    orderOutcome,
    30_000,
  ),
  /** Moves the stop of an open position toward less risk. The risk gate refuses any other way, and so it cannot be taken back. */
  'orders.tighten': call('trade', tightenRequest, tightenedStop, 30_000),
  'orders.list': call('view', z.strictObject(which), manualBook),
  'orders.changed': event('view', manualBook),
} as const;
