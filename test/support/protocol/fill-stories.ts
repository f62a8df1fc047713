import { formatDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type ClientOrderId, unixMs } from '#core/domain/ids.ts';
import { asset, money, price } from '#core/domain/money.ts';
import { createEventQueue } from '#core/execution/event-queue.ts';
import { createExecution } from '#core/execution/execution.ts';
import type { Rng } from '#core/kernel/rng.ts';
import { newKnownOrder } from '#core/order-protocol/known-order.ts';
import { createKnownOrders } from '#core/order-protocol/known-orders.ts';
import type { VenueEvent } from '#core/ports/venue-client.ts';
import type { OrderReport, TradeReport } from '#core/ports/venue-gateway.ts';
import { approvals } from '#core/risk/seal.ts';
import { approve } from '../trading-builders.ts';
import { lotsToQuantity } from './fake-exchange.ts';
import { LIVE, LIVE_INSTRUMENT } from './simulate.ts';

export type Message =
  | { readonly kind: 'ack' }
  | { readonly kind: 'report'; readonly report: OrderReport }
  | { readonly kind: 'trade'; readonly trade: TradeReport };

export type FillStory = { readonly lots: number; readonly messages: readonly Message[] };

const ID = 'mt00000000000000aa' as ClientOrderId;
const AGENT = 'A-00000001' as AgentId;
const USDT = asset('USDT');

/** Everything that a venue says about one order: acknowledgement, totals, trades, perhaps an end, perhaps a trade after it. */
export function drawFillStory(rng: Rng): FillStory {
  const lots = 1 + rng.integer(40);
  const messages: Message[] = [{ kind: 'ack' }];
  const report = (status: OrderReport['status'], filled: number): Message => ({
    kind: 'report',
    report: {
      venueOrderId: 'v1',
      ...(rng.next() < 0.5 ? { clientOrderId: ID } : {}),
      instrumentId: LIVE,
      side: 'buy',
      status,
      quantity: lotsToQuantity(lots),
      filledQuantity: lotsToQuantity(filled),
      updatedAt: unixMs(1000 + filled),
    },
  });
  let filled = 0;
  for (let trade = rng.integer(6); trade > 0 && filled < lots; trade--) {
    const part = 1 + rng.integer(lots - filled);
    filled += part;
    messages.push({
      kind: 'trade',
      trade: {
        tradeId: `t${filled}`,
        venueOrderId: 'v1',
        instrumentId: LIVE,
        side: 'buy',
        price: price(`${90 + rng.integer(20)}`),
        quantity: lotsToQuantity(part),
        fee: money('0.01', USDT),
        liquidity: 'taker',
        ts: unixMs(1000 + filled),
      },
    });
    if (rng.next() < 0.5) messages.push(report(filled === lots ? 'filled' : 'open', filled));
  }
  // The end may have been counted before the last trade.
  if (filled < lots && rng.next() < 0.5) messages.push(report(rng.next() < 0.5 ? 'canceled' : 'expired', filled));
  return { lots, messages };
}

/** The same messages in any order, some of them more than once. */
export function shuffledMessages(messages: readonly Message[], rng: Rng): readonly Message[] {
  const out = [...messages];
  for (const message of messages) if (rng.next() < 0.4) out.push(message);
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [out[i], out[j]] = [out[j] as Message, out[i] as Message];
  }
  return out;
}

/** What execution holds for true after these messages went through the protocol's one door. */
export function outcomeOf({ lots }: FillStory, messages: readonly Message[]): string {
  const events = createEventQueue<VenueEvent>();
  const complaints: string[] = [];
  const known = createKnownOrders({
    tell: (event) => events.publish(event),
    now: () => unixMs(1),
    onForeign: () => complaints.push('foreign'),
    onContradiction: (reason) => complaints.push(reason),
    onStopLost: () => complaints.push('stop lost'),
  });
  const records: string[] = [];
  const execution = createExecution({
    venue: { name: 'FAKE', submit: () => {}, cancel: () => {}, subscribe: (listener) => events.subscribe(listener) },
    record: ({ type }) => records.push(type),
    ids: { clientOrderId: () => ID },
    approvals,
    instruments: [LIVE_INSTRUMENT],
  });
  const order = approve({
    clientOrderId: ID,
    side: 'buy',
    type: 'limit',
    price: price('100'),
    purpose: 'entry',
    quantity: lotsToQuantity(lots),
    reduceOnly: false,
  });
  execution.submit(AGENT, LIVE, order, unixMs(1));
  const mine = newKnownOrder({
    clientOrderId: ID,
    agentId: AGENT,
    instrumentId: LIVE,
    side: 'buy',
    purpose: 'entry',
    quantity: order.quantity,
    submittedAt: unixMs(1),
    expiresAt: unixMs(2),
  });
  known.add(mine);
  // A total without a client id names an order only once it is known what the venue calls it.
  const early: OrderReport[] = [];
  let named = false;
  for (const message of messages) {
    if (message.kind === 'trade') known.trade(message.trade);
    else if (message.kind === 'ack') known.acknowledge(mine, 'v1');
    else if (!named && message.report.clientOrderId === undefined) early.push(message.report);
    else known.report(message.report);
    if (named || message.kind === 'trade' || (message.kind === 'report' && message.report.clientOrderId === undefined))
      continue;
    named = true;
    for (const report of early) known.report(report);
  }
  const { status, filledQuantity } = execution.order(ID) ?? { status: 'gone', filledQuantity: lotsToQuantity(0) };
  const fills = execution.fills().map(({ tradeId }) => tradeId);
  return [
    status,
    formatDecimal(filledQuantity),
    formatDecimal(execution.heldQuantity(AGENT, LIVE)),
    fills.sort().join(),
    records.filter((type) => type === 'order.filled').length,
    ...complaints,
  ].join(' ');
}
