import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { compare, formatDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '#core/ports/venue-client.ts';
import { approvals } from '#core/risk/seal.ts';
import { sha256 } from '../../support/candle-builders.ts';
import { closeTimeAt, seriesUntil, tapeOf, trendCloses } from '../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import {
  AGENT,
  approve,
  at,
  BTCUSDT,
  closingOrder,
  entryOrder,
  fillOf,
  orderId,
} from '../../support/trading-builders.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const cents = (value: number): number => Math.round(value * 100) / 100;
const tape = tapeOf(trendCloses(320, 0.003, 20_000).map(cents), '1h', 0.004);
const SPAWN = 299;
const candle = (index: number): ClosedCandle => tape.candles[index] as ClosedCandle;

/** A desk that has bought at the open of candle 300 and seen its close. */
function holding() {
  const instrument = simulatedInstrument('BTC/USDT');
  const spawnedAt = closeTimeAt(tape, SPAWN);
  const rig = deskOn({
    name: 'tighten',
    instrument,
    interval: '1h',
    at: spawnedAt,
    account: accountOf('10000', spawnedAt),
    envelope: { stopAtr: '2', targetAtr: '50' },
  });
  rig.enter(seriesUntil(tape, SPAWN), spawnedAt);
  rig.desk.onCandle(candle(300));
  const stop = () =>
    rig.desk.orders().findLast(({ purpose, status }) => purpose === 'stop' && status === 'accepted')?.price;
  const near = (share: number) => price(quantizeFloat(candle(300).close * share, instrument.tickSize, 'floor'));
  return { ...rig, stop, near };
}

describe("an agent's stop", () => {
  it('is moved nearer, and is hit there inside the very next candle', () => {
    const { desk, stop, near, records } = holding();
    const before = stop();
    const to = near(0.999);
    const moved = desk.tightenStop(to);
    expect(moved.from).toEqual(before);
    expect(stop()).toEqual(to);
    const crash = { ...candle(301), low: candle(301).open * 0.9, close: candle(301).open * 0.95 } as ClosedCandle;
    desk.onCandle(crash);
    expect(desk.holding()).toBe(false);
    const sold = records.findLast(({ type }) => type === 'order.filled')?.payload as { price: string; purpose: string };
    expect(sold.purpose).toBe('stop');
    expect(compare(price(sold.price), price(formatDecimal(before ?? to)))).toBe(1);
  });

  it('is not moved away, and the refusal is recorded', () => {
    const { desk, stop, near, records } = holding();
    const before = stop();
    expect(() => desk.tightenStop(near(0.9))).toThrow(/toward less risk/);
    expect(stop()).toEqual(before);
    expect(records.findLast(({ type }) => type === 'risk.denied')?.payload).toMatchObject({ check: 'stop-tightens' });
  });

  it('leaves less at risk on the account than before', () => {
    const { desk, near, records } = holding();
    const submitted = () => records.filter(({ type }) => type === 'order.submitted').length;
    const count = submitted();
    desk.tightenStop(near(0.995));
    expect(submitted()).toBe(count + 1);
    // Again with nothing new: neither order nor record.
    expect(() => desk.tightenStop(near(0.995))).toThrow(/toward less risk/);
    expect(submitted()).toBe(count + 1);
  });
});

/** A venue that only says what the test tells it to. */
function silentVenue(restore: readonly ExecutionRecord[] = []) {
  const sent: VenueOrder[] = [];
  const canceled: string[] = [];
  let tell: (event: VenueEvent) => void = () => {};
  const venue: VenueClient = {
    name: 'silent',
    submit: (order) => sent.push(order),
    cancel: (id) => canceled.push(id),
    subscribe: (listener) => {
      tell = listener;
      return () => {};
    },
  };
  const records: ExecutionRecord[] = [];
  const execution = createExecution({
    venue,
    ids: createIdFactory(sha256, `silent ${restore.length}`),
    approvals,
    record: (record) => records.push(record),
    restore,
  });
  return { execution, records, sent, canceled, say: (event: VenueEvent) => tell(event) };
}

describe('a process that ends between the record and the cancel', () => {
  it('protects at the new price afterwards, and never lets two stops rest', () => {
    const first = silentVenue();
    first.execution.submit(AGENT, BTCUSDT, approve(entryOrder(1, '0.5', { stop: '95' })), at(1));
    const bought = {
      ...fillOf('buy', '0.5', '100', '0', 't1' as never),
      clientOrderId: orderId(1),
      purpose: 'entry' as const,
    };
    first.say({ kind: 'filled', clientOrderId: orderId(1), ts: at(1), fill: bought });
    const stop = first.sent[1]?.order;
    if (stop === undefined) throw new Error('no stop was sent');
    first.say({ kind: 'accepted', clientOrderId: stop.clientOrderId, ts: at(1) });
    first.execution.tightenStop(AGENT, BTCUSDT, approve(closingOrder(9, 'stop', '0.5', '97')), at(2));
    expect(first.canceled).toEqual([stop.clientOrderId]);
    expect(first.sent).toHaveLength(2);

    const second = silentVenue(first.records);
    second.execution.protectAll(at(3));
    expect(second.canceled).toEqual([stop.clientOrderId]);
    expect(second.sent).toEqual([]);
    second.say({ kind: 'canceled', clientOrderId: stop.clientOrderId, reason: 'as asked', ts: at(3) });
    expect(second.sent.map(({ order }) => [order.purpose, order.price && formatDecimal(order.price)])).toEqual([
      ['stop', '97'],
    ]);
  });

  it('takes no approval that loosens, whoever made it', () => {
    const { execution, say } = silentVenue();
    execution.submit(AGENT, BTCUSDT, approve(entryOrder(1, '0.5', { stop: '95' })), at(1));
    const bought = {
      ...fillOf('buy', '0.5', '100', '0', 't1' as never),
      clientOrderId: orderId(1),
      purpose: 'entry' as const,
    };
    say({ kind: 'filled', clientOrderId: orderId(1), ts: at(1), fill: bought });
    expect(() => execution.tightenStop(AGENT, BTCUSDT, approve(closingOrder(9, 'stop', '0.5', '94')), at(2))).toThrow(
      /only ever moved toward less risk/,
    );
  });
});
