import { describe, expect, it } from 'vitest';
import { type Decimal, formatDecimal } from '#core/domain/decimal.ts';
import type { TradeId } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import { fillFromPayload } from '#core/execution/records.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '#core/ports/venue-client.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ApprovedOrder } from '#core/risk/types.ts';
import { sha256 } from '../../support/candle-builders.ts';
import {
  AGENT,
  approve,
  at,
  BTCUSDT,
  candle,
  closingOrder,
  deskRig,
  entryOrder,
  fillOf,
  instrument,
  limitBuy,
  orderId,
} from '../../support/trading-builders.ts';

const isDecimal = (value: unknown): value is Decimal => typeof value === 'object' && value !== null && 'units' in value;

/** Decimals as text: another scale is the same number. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v: unknown) => (isDecimal(v) ? formatDecimal(v) : v)));

const bracket = (n: number) => entryOrder(n, '0.5', { stop: '95', target: '110' });

/** A venue that answers only what the test tells it to, for what a candle venue never does. */
function puppetVenue() {
  const listeners = new Set<(event: VenueEvent) => void>();
  const sent: VenueOrder[] = [];
  const canceled: string[] = [];
  const venue: VenueClient = {
    name: 'puppet',
    submit: (order) => sent.push(order),
    cancel: (id) => canceled.push(id),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const records: ExecutionRecord[] = [];
  const execution = createExecution({
    venue,
    record: (entry) => records.push(entry),
    ids: createIdFactory(sha256, 'puppet'),
    approvals,
  });
  const say = (event: VenueEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const fill = (clientOrderId: string, side: 'buy' | 'sell', size: string, tradeId: string): void => {
    const order = sent.find((other) => other.order.clientOrderId === clientOrderId)?.order;
    if (order === undefined) throw new Error(`never sent: ${clientOrderId}`);
    const base = fillOf(side, size, '100', '0', tradeId as TradeId);
    const full = { ...base, clientOrderId: order.clientOrderId, purpose: order.purpose };
    say({ kind: 'filled', clientOrderId: order.clientOrderId, ts: at(1), fill: full });
  };
  const lines = () => sent.map(({ order }) => `${order.purpose} ${formatDecimal(order.quantity)}`);
  return { execution, records, sent, canceled, say, fill, lines };
}

describe('execution: the bracket', () => {
  it('sends stop and target of the held size as soon as the entry fills, under the approval of the entry', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 99, 100));
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop accepted 0/0.5', 'target accepted 0/0.5']);
    const protective = desk.execution.openOrders();
    expect(protective.map(({ price: at }) => at && formatDecimal(at))).toEqual(['95', '110']);
    expect(
      protective.every(({ reduceOnly, side, parent }) => reduceOnly && side === 'sell' && parent === orderId(1)),
    ).toBe(true);
  });

  it('stops out within the candle of the entry, and cancels the target', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 120, 94, 119));
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop filled 0.5/0.5', 'target canceled 0/0.5']);
    expect(desk.held()).toBe('0');
    // 10000 - 50 - 0.05 + 47.5 - 0.0475
    const proof = reconcile(desk.ledger(), new Map());
    expect(formatDecimal(proof.cash)).toBe('9997.4025');
    expect(formatDecimal(proof.difference)).toBe('0');
  });

  it('stops out at the open when the entry itself fills below its stop', () => {
    const desk = deskRig({ feeBps: '0', halfSpreadBps: '10' });
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 90, 120, 89, 119));
    // 90 x 1.001 = 90.09, 90 x 0.999 = 89.91, both at 1h
    expect(desk.execution.fills().map((fill) => `${fill.tsEvent / 3_600_000}h ${formatDecimal(fill.price)}`)).toEqual([
      '1h 90.09',
      '1h 89.91',
    ]);
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop filled 0.5/0.5', 'target canceled 0/0.5']);
  });

  it('gives a stop no doubt when a limit entry fills inside the candle', () => {
    const desk = deskRig({ feeBps: '0' });
    desk.enter(limitBuy(1, '0.5', '98', { stop: '96', target: '105' }), 1);
    desk.venue.onCandle(candle(1, 100, 110, 95, 109));
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop filled 0.5/0.5', 'target canceled 0/0.5']);
  });

  it('cancels the stop when the target fills', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 99, 100));
    desk.venue.onCandle(candle(2, 100, 111, 99, 110));
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop canceled 0/0.5', 'target filled 0.5/0.5']);
    expect(desk.execution.orders()[1]?.reason).toBe('position closed');
    expect(desk.execution.openOrders()).toEqual([]);
  });

  it('cancels both when an exit closes the position', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 99, 100));
    desk.enter(closingOrder(9, 'exit', '0.5'), 2);
    desk.venue.onCandle(candle(2, 100, 120, 90, 100));
    expect(desk.orderLines()).toEqual([
      'entry filled 0.5/0.5',
      'stop canceled 0/0.5',
      'target canceled 0/0.5',
      'exit filled 0.5/0.5',
    ]);
    expect(desk.venue.state().openOrders).toEqual([]);
  });

  it('shrinks both to what is left after a partial exit', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 99, 100));
    desk.enter(closingOrder(9, 'exit', '0.2'), 2);
    desk.venue.onCandle(candle(2, 100, 101, 99, 100));
    expect(desk.orderLines()).toEqual([
      'entry filled 0.5/0.5',
      'stop canceled 0/0.5',
      'target canceled 0/0.5',
      'exit filled 0.2/0.2',
      'stop accepted 0/0.3',
      'target accepted 0/0.3',
    ]);
  });

  it('grows with each part fill of the entry, and waits for the cancel before it sends the successor', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    puppet.fill(orderId(1), 'buy', '0.2', 'T-a');
    expect(puppet.lines()).toEqual(['entry 0.5', 'stop 0.2', 'target 0.2']);
    puppet.fill(orderId(1), 'buy', '0.3', 'T-b');
    const [stop, target] = puppet.sent.slice(1).map(({ order }) => order.clientOrderId);
    expect(puppet.canceled).toEqual([stop, target]);
    expect(puppet.sent).toHaveLength(3);
    if (stop === undefined || target === undefined) throw new Error('no protection was sent');
    puppet.say({ kind: 'canceled', clientOrderId: stop, ts: at(2), reason: 'requested' });
    expect(puppet.lines().slice(3)).toEqual(['stop 0.5']);
    puppet.say({ kind: 'canceled', clientOrderId: target, ts: at(2), reason: 'requested' });
    expect(puppet.lines().slice(3)).toEqual(['stop 0.5', 'target 0.5']);
  });

  it('flattens when the venue refuses the stop, rather than leave the position bare', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    puppet.fill(orderId(1), 'buy', '0.5', 'T-a');
    const [stop, target] = puppet.sent.slice(1).map(({ order }) => order.clientOrderId);
    if (stop === undefined || target === undefined) throw new Error('no protection was sent');
    puppet.say({ kind: 'rejected', clientOrderId: stop, ts: at(1), reason: 'too small' });
    expect(puppet.lines()).toEqual(['entry 0.5', 'stop 0.5', 'target 0.5', 'flatten 0.5']);
    const flatten = puppet.sent[3]?.order;
    expect([flatten?.type, flatten?.reduceOnly, flatten?.side]).toEqual(['market', true, 'sell']);
    puppet.fill(flatten?.clientOrderId ?? '', 'sell', '0.5', 'T-b');
    expect(puppet.canceled).toEqual([target]);
    expect(formatDecimal(puppet.execution.heldQuantity(AGENT, BTCUSDT))).toBe('0');
  });
});

describe('execution: write down before you do', () => {
  it('records the submission before the venue sees the order', () => {
    const seen: string[] = [];
    const puppet = puppetVenue();
    const execution = createExecution({
      venue: { name: 'order', submit: () => seen.push('sent'), cancel: () => {}, subscribe: () => () => {} },
      record: (entry) => seen.push(entry.type),
      ids: createIdFactory(sha256, 'order'),
      approvals,
    });
    execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    expect(seen).toEqual(['order.submitted', 'sent']);
    expect(puppet.sent).toEqual([]);
  });

  it('sends nothing and keeps nothing when the record cannot be written', () => {
    const desk = deskRig({
      record: () => {
        throw new Error('disk full');
      },
    });
    expect(() => desk.enter(bracket(1), 1)).toThrow('disk full');
    expect(desk.lines).toEqual([]);
    expect(desk.execution.orders()).toEqual([]);
    expect(desk.venue.state().openOrders).toEqual([]);
  });

  it('lets the failure to record a fill reach the caller, books nothing and sends no protection', () => {
    const desk = deskRig({
      record: (entry) => {
        if (entry.type === 'order.filled') throw new Error('disk full');
      },
    });
    desk.enter(bracket(1), 1);
    expect(() => desk.venue.onCandle(candle(1, 100, 101, 99, 100))).toThrow('disk full');
    expect(desk.orderLines()).toEqual(['entry accepted 0/0.5']);
    expect(desk.execution.fills()).toEqual([]);
    expect(desk.ledger().entries).toBe(1);
  });

  it('records every step of a round trip as plain JSON, from which the fills can be read back', () => {
    const desk = deskRig({ halfSpreadBps: '5' });
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 94, 95));
    expect(desk.records.map(({ type, ts }) => `${ts / 3_600_000}h ${type}`)).toEqual([
      '1h order.submitted',
      '1h order.accepted',
      '1h order.filled',
      '1h order.submitted',
      '1h order.submitted',
      '1h order.accepted',
      '1h order.accepted',
      '2h order.filled',
      '2h order.canceled',
    ]);
    expect(JSON.parse(canonicalJson(desk.records[0]?.payload))).toEqual({
      clientOrderId: 'mt0000000000000001',
      agentId: 'A-00000001',
      instrumentId: 'BTC/USDT.SIM',
      side: 'buy',
      type: 'market',
      purpose: 'entry',
      quantity: '0.5',
      price: null,
      reduceOnly: false,
      stop: '95',
      target: '110',
      parent: null,
    });
    const filled = desk.records.filter((entry) => entry.type === 'order.filled');
    expect(filled.map(({ payload }) => [payload.price, payload.fee, payload.liquidity, payload.status])).toEqual([
      ['100.05', '0.050025', 'taker', 'filled'],
      ['95', '0.0475', 'taker', 'filled'],
    ]);
    const readBack = filled.map(({ payload, ts }) => fillFromPayload(payload, ts));
    expect(plain(readBack)).toEqual(plain(desk.execution.fills()));
  });
});

describe('execution: what it refuses', () => {
  it('sends no order that the gate has not sealed, and none that was changed after it', () => {
    const desk = deskRig();
    const changed: ApprovedOrder = { ...approve(bracket(1)), quantity: quantity('5') };
    expect(() => desk.execution.submit(AGENT, BTCUSDT, changed, at(1))).toThrow("does not carry the gate's approval");
    expect(() => desk.execution.submit(AGENT, BTCUSDT, bracket(1) as ApprovedOrder, at(1))).toThrow(/approval/);
    expect(desk.lines).toEqual([]);
    expect(desk.records).toEqual([]);
  });

  it('freezes what was approved', () => {
    const approved = approve(bracket(1)) as { quantity: unknown };
    expect(() => {
      approved.quantity = quantity('5');
    }).toThrow(TypeError);
  });

  it('sends one client order id once', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    expect(() => desk.enter(bracket(1), 1)).toThrow('used before');
    expect(desk.venue.state().openOrders).toHaveLength(1);
  });

  it('keeps the reason of a rejection by the venue', () => {
    const desk = deskRig();
    desk.enter(entryOrder(1, '0.0005', { stop: '95' }), 1);
    expect(desk.orderLines()).toEqual(['entry rejected 0/0.0005']);
    expect(desk.execution.orders()[0]?.reason).toBe('quantity 0.0005 is not a multiple of the lot 0.001');
    expect(desk.records.map(({ type }) => type)).toEqual(['order.submitted', 'order.rejected']);
  });

  it('throws on an event that cannot happen to an order in its state', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    puppet.say({ kind: 'rejected', clientOrderId: orderId(1), ts: at(1), reason: 'no' });
    expect(() => puppet.fill(orderId(1), 'buy', '0.5', 'T-a')).toThrow('is rejected: "filled" is not possible');
  });

  it('throws when the fills of an order exceed it', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    expect(() => puppet.fill(orderId(1), 'buy', '0.501', 'T-a')).toThrow('beyond its quantity');
  });
});

describe('execution: fills', () => {
  it('books a trade id once however often it is reported', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(entryOrder(1, '0.5', { stop: '95' })), at(1));
    puppet.fill(orderId(1), 'buy', '0.2', 'T-a');
    puppet.fill(orderId(1), 'buy', '0.2', 'T-a');
    expect(formatDecimal(puppet.execution.heldQuantity(AGENT, BTCUSDT))).toBe('0.2');
    expect(puppet.records.filter(({ type }) => type === 'order.filled')).toHaveLength(1);
  });

  it('books a fill that arrives after the cancel and protects what it bought', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    puppet.execution.cancelAll('kill switch', at(1));
    puppet.say({ kind: 'canceled', clientOrderId: orderId(1), ts: at(2), reason: 'requested' });
    puppet.fill(orderId(1), 'buy', '0.2', 'T-a');
    expect(puppet.execution.order(orderId(1))?.status).toBe('canceled');
    expect(formatDecimal(puppet.execution.heldQuantity(AGENT, BTCUSDT))).toBe('0.2');
    expect(puppet.lines()).toEqual(['entry 0.5', 'stop 0.2', 'target 0.2']);
  });

  it('keeps events about foreign orders aside', () => {
    const puppet = puppetVenue();
    puppet.say({ kind: 'accepted', clientOrderId: orderId(77), ts: at(1) });
    expect(puppet.execution.foreignEvents()).toHaveLength(1);
    expect(puppet.execution.orders()).toEqual([]);
    expect(puppet.records).toEqual([]);
  });

  it('hears nothing after it is closed', () => {
    const puppet = puppetVenue();
    puppet.execution.submit(AGENT, BTCUSDT, approve(bracket(1)), at(1));
    puppet.execution.close();
    puppet.say({ kind: 'accepted', clientOrderId: orderId(1), ts: at(1) });
    expect(puppet.execution.order(orderId(1))?.status).toBe('submitted');
  });
});

describe('execution: cancel all', () => {
  it('cancels what rests, protection too, with the reason given, and sends nothing in its place', () => {
    const desk = deskRig();
    desk.enter(bracket(1), 1);
    desk.venue.onCandle(candle(1, 100, 101, 99, 100));
    desk.execution.cancelAll('kill switch', at(2));
    desk.execution.cancelAll('kill switch', at(2));
    expect(desk.orderLines()).toEqual(['entry filled 0.5/0.5', 'stop canceled 0/0.5', 'target canceled 0/0.5']);
    expect(desk.execution.orders().map(({ reason }) => reason)).toEqual([undefined, 'kill switch', 'kill switch']);
    expect(desk.records.filter(({ type }) => type === 'order.canceled').map(({ ts }) => ts)).toEqual([at(2), at(2)]);
    desk.enter(closingOrder(9, 'flatten', '0.5'), 2);
    desk.venue.onCandle(candle(2, 100, 101, 99, 100));
    expect(desk.held()).toBe('0');
  });

  it('cancels one order by name', () => {
    const desk = deskRig();
    desk.enter(limitBuy(1, '0.5', '90', { stop: '85' }), 1);
    desk.execution.cancel(orderId(1), 'changed its mind', at(1));
    desk.execution.cancel(orderId(1), 'again', at(1));
    expect(desk.execution.order(orderId(1))).toMatchObject({ status: 'canceled', reason: 'changed its mind' });
  });
});

describe('execution: the whole account', () => {
  it('three round trips reconcile to the last digit', () => {
    const desk = deskRig({ feeBps: '7.5', halfSpreadBps: '3', instrument: { ...instrument, quoteScale: 6 } });
    const trip = (n: number, slot: number, low: number, high: number) => {
      desk.enter(entryOrder(n, '0.333', { stop: '95.13', target: '109.97' }), slot);
      desk.venue.onCandle(candle(slot, 100.07, high, low, 100.01));
    };
    trip(1, 1, 94, 101);
    trip(2, 2, 99, 111);
    trip(3, 3, 99, 101);
    const proof = reconcile(desk.ledger(), new Map([[BTCUSDT, price('100.01')]]));
    expect(formatDecimal(proof.difference)).toBe('0');
    expect(formatDecimal(proof.startingEquity)).toBe('10000');
    expect(desk.execution.fills()).toHaveLength(5);
    expect(desk.held()).toBe('0.333');
  });
});
