import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { createProtocol } from '#core/order-protocol/live-venue.ts';
import { lotsToQuantity } from '../../support/protocol/fake-exchange.ts';
import { protocolRig, RIG_AGENT } from '../../support/protocol/protocol-rig.ts';
import { LIVE, LIVE_INSTRUMENT } from '../../support/protocol/simulate.ts';

const MINUTE = 60_000;
const STOP = { stop: price('90') };
const FAILED = { kind: 'failed', reason: 'timed out' };
type Rig = ReturnType<typeof protocolRig>;

const readyRig = (options: Parameters<typeof protocolRig>[0] = {}): Rig => {
  const rig = protocolRig(options);
  rig.pass(2_000);
  return rig;
};
const types = (rig: Rig): readonly string[] => rig.journal.map(({ type }) => type);
const count = (rig: Rig, name: string): number => rig.asked.filter((one) => one === name).length;

describe('an order', () => {
  it('is accepted, fills in trades, and is never told twice', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('market', 3));
    rig.pass(MINUTE);
    expect(types(rig)).toEqual(['order.submitted', 'order.accepted', 'order.filled']);
    expect(rig.execution().order(id)).toMatchObject({ status: 'filled', venueOrderId: 'v1' });
  });

  it('that the venue surely refuses is rejected with its words, and nothing is looked for', () => {
    const rig = readyRig();
    rig.intercept((name) =>
      name === 'place' ? { answer: { kind: 'refused', code: 'InsufficientFunds', reason: 'no money' } } : undefined,
    );
    const id = rig.submit(rig.order('market', 3));
    const before = rig.asked.length;
    rig.pass(10_000);
    expect(rig.execution().order(id)).toMatchObject({ status: 'rejected', reason: 'InsufficientFunds: no money' });
    expect(rig.asked.length).toBe(before);
  });

  it('carries its expiry in venue time, and the journal carries it too', () => {
    const rig = readyRig();
    let expiresAt = 0;
    rig.intercept((name, args) => {
      if (name === 'place') expiresAt = (args[0] as { readonly expiresAt: number }).expiresAt;
      return undefined;
    });
    rig.submit(rig.order('limit', 1));
    expect(expiresAt).toBe(rig.clock.now() + 5_000);
    expect(rig.journal[0]?.payload).toMatchObject({ expiresAt });
  });

  it('blocks a second one in the same instrument until its outcome is known', () => {
    const rig = readyRig();
    rig.submit(rig.order('limit', 1));
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/nobody knows yet/);
    rig.pass(200);
    expect(() => rig.submit(rig.order('limit', 1))).not.toThrow();
  });

  it('is not looked for at a venue that cannot be told an expiry until no request can be under way any more', () => {
    const rig = readyRig({ capabilities: { requestExpiry: false } });
    rig.intercept((name) => (name === 'place' ? { answer: { kind: 'unknown', reason: 'timed out' } } : undefined));
    const id = rig.submit(rig.order('limit', 1));
    rig.pass(MINUTE);
    expect(rig.status(id)).toBe('unresolved');
    rig.pass(30_000);
    expect(rig.status(id)).toBe('rejected');
  });

  it('with an id of another shape is refused before anything leaves', () => {
    const rig = readyRig();
    expect(() => rig.submit({ ...rig.order('limit', 1), clientOrderId: 'x-1' as never })).toThrow(/not an id/);
    expect(count(rig, 'place')).toBe(0);
  });
});

describe('a cancel', () => {
  it('is journalled before it leaves, and the order ends when the venue says so', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.execution().cancel(id, 'changed its mind', rig.clock.now());
    expect(types(rig).at(-1)).toBe('order.cancel_requested');
    expect(rig.status(id)).toBe('pending_cancel');
    rig.pass(5_000);
    expect(rig.execution().order(id)).toMatchObject({ status: 'canceled', reason: 'changed its mind' });
    expect(types(rig).filter((type) => type === 'order.canceled')).toHaveLength(1);
  });

  it('that finds no order proves nothing: the order is looked for, and its fill is booked', () => {
    const rig = readyRig();
    rig.stream(false);
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.exchange.trade((n) => n - 1);
    rig.execution().cancel(id, 'too late', rig.clock.now());
    rig.pass(60);
    expect(rig.status(id)).toBe('pending_cancel');
    rig.pass(5_000);
    expect(rig.status(id)).toBe('filled');
    expect(formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE))).toBe('0.002');
  });

  it('of an order that hides from the venue’s index is asked for again until it is gone', () => {
    const rig = readyRig({ lagMs: 3_000, capabilities: { indexLagMs: 3_000 } });
    rig.stream(false);
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.execution().cancel(id, 'by hand', rig.clock.now());
    rig.pass(500);
    expect(rig.status(id)).toBe('pending_cancel');
    rig.pass(30_000);
    expect(rig.status(id)).toBe('canceled');
    expect(rig.there(id)[0]?.status).toBe('canceled');
  });

  it('is asked for again when nobody knows whether it arrived, also after a restart', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.intercept((name) => (name === 'cancel' ? { answer: FAILED } : undefined));
    rig.execution().cancel(id, 'by hand', rig.clock.now());
    rig.pass(3_000);
    rig.crash();
    rig.intercept();
    rig.boot();
    rig.pass(10_000);
    expect(rig.status(id)).toBe('canceled');
    expect(rig.there(id)[0]?.status).toBe('canceled');
  });

  it('of an order whose fate is unknown is carried out once the order shows', () => {
    const rig = readyRig();
    rig.stream(false);
    rig.intercept((name) =>
      name === 'place' ? { answer: { kind: 'unknown', reason: '502' }, reaches: true } : undefined,
    );
    const id = rig.submit(rig.order('limit', 2));
    rig.execution().cancel(id, 'at once', rig.clock.now());
    rig.intercept();
    rig.pass(10_000);
    expect(rig.status(id)).toBe('canceled');
    expect(rig.there(id)[0]?.status).toBe('canceled');
  });

  it('stays wanted when the order turns out to rest after all', () => {
    const rig = readyRig();
    rig.stream(false);
    rig.intercept((name) =>
      name === 'place'
        ? { answer: { kind: 'unknown', reason: '502' }, reaches: true }
        : name === 'cancel'
          ? { answer: FAILED }
          : undefined,
    );
    const id = rig.submit(rig.order('limit', 2));
    rig.execution().cancel(id, 'at once', rig.clock.now());
    rig.pass(60);
    expect(rig.status(id)).toBe('unresolved');
    rig.pass(3_000);
    expect(rig.status(id)).toBe('pending_cancel');
  });

  it('does not undo a fill: what fills after the cancel is booked, and the order stays canceled', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 3));
    rig.pass(200);
    rig.execution().cancel(id, 'by hand', rig.clock.now());
    rig.pass(5_000);
    expect(rig.status(id)).toBe('canceled');
    rig.say({
      kind: 'trade',
      trade: {
        tradeId: 'late',
        venueOrderId: 'v1',
        instrumentId: LIVE,
        side: 'buy',
        price: price('99'),
        quantity: lotsToQuantity(1),
        fee: { asset: 'USDT' as never, amount: { units: 0n, scale: 0 } },
        liquidity: 'maker',
        ts: rig.clock.now(),
      },
    });
    expect(rig.execution().order(id)).toMatchObject({ status: 'canceled', filledQuantity: lotsToQuantity(1) });
    expect(formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE))).toBe('0.001');
  });
});

describe('the private stream', () => {
  it('may be lost: the venue is asked every two seconds, and fills are booked', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.stream(false);
    rig.say({ kind: 'lost', reason: 'closed' });
    rig.pass(5_000);
    expect(rig.status(id)).toBe('accepted');
    rig.exchange.trade((n) => n - 1);
    rig.pass(4_000);
    expect(rig.status(id)).toBe('filled');
    expect(rig.venue().status().streamLost).toBe(true);
    rig.say({ kind: 'restored' });
    expect(rig.venue().status().streamLost).toBe(false);
  });

  it('may be silent without saying so: the look every half minute finds what it missed', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.stream(false);
    rig.exchange.trade((n) => n - 1);
    rig.pass(40_000);
    expect(rig.status(id)).toBe('filled');
  });

  it('may be silent about a cancel by hand: what is missing among the open orders is looked for', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.stream(false);
    rig.exchange.cancel(id);
    rig.pass(40_000);
    expect(rig.status(id)).toBe('canceled');
  });

  it('may contradict itself: nothing is booked, and nothing new goes out', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    const [order] = rig.exchange.openOrders();
    if (order === undefined) throw new Error('the order should rest');
    rig.say({ kind: 'order', order: { ...order, filledQuantity: lotsToQuantity(9) } });
    expect(rig.status(id)).toBe('accepted');
    expect(rig.venue().status().why).toContain('more for order');
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/more for order/);
  });
});

describe('the clock', () => {
  it('that is more than a second off lets nothing new out, and says by how much', () => {
    const rig = protocolRig();
    rig.intercept((name) =>
      name === 'time' ? { answer: { kind: 'ok', value: unixMs(rig.clock.now() + 1_600) } } : undefined,
    );
    rig.pass(5_000);
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/behind the venue/);
  });

  it('that jumps, or a machine that slept, stops what is new until everything was looked at again', () => {
    let slept = 0;
    let clock: { now(): number } = { now: () => 0 };
    const rig = protocolRig({ stopwatch: { elapsedMs: () => clock.now() - slept } });
    clock = rig.clock;
    rig.crash();
    rig.boot();
    rig.pass(5_000);
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.stream(false);
    rig.exchange.trade((n) => n - 1);
    slept = 10 * MINUTE;
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/clock jumped or the machine slept/);
    rig.pass(40_000);
    expect(rig.status(id)).toBe('filled');
    expect(() => rig.submit(rig.order('limit', 1))).not.toThrow();
  });
});

describe("the dead man's switch", () => {
  const armed = (rig: Rig): readonly unknown[] => {
    const times: unknown[] = [];
    rig.intercept((name, args) => {
      if (name === 'deadMan') times.push(args[0]);
      return undefined;
    });
    return times;
  };

  it('is refreshed every 15 s with 60 s while bare entries rest, and taken back when none does', () => {
    const rig = readyRig({ capabilities: { deadMan: true } });
    const times = armed(rig);
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(50_000);
    expect(times).toEqual([60_000, 60_000, 60_000, 60_000]);
    rig.execution().cancel(id, 'by hand', rig.clock.now());
    rig.pass(40_000);
    expect(times.at(-1)).toBe(0);
    expect(times.filter((ms) => ms === 0)).toHaveLength(1);
  });

  it('is taken back at once when a stop rests, which it would cancel with everything else', () => {
    const rig = readyRig({ capabilities: { deadMan: true } });
    const times = armed(rig);
    rig.submit(rig.order('limit', 2, STOP));
    rig.pass(1_000);
    expect(times).toEqual([60_000]);
    rig.exchange.trade((n) => n - 1);
    rig.pass(1_000);
    expect(times).toEqual([60_000, 0]);
  });
});

describe('a start', () => {
  it('books the fills of the time in which nobody was there, and protects what they bought', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2, STOP));
    rig.pass(200);
    rig.crash();
    rig.exchange.trade((n) => n - 1);
    rig.pass(10 * MINUTE);
    rig.boot();
    rig.pass(5_000);
    expect(rig.status(id)).toBe('filled');
    expect(
      rig.exchange
        .orders()
        .filter(({ type, status }) => type === 'stop' && status === 'open')
        .map(({ lots }) => lots),
    ).toEqual([2]);
  });

  it('stays reconciling while any step fails, and says which', () => {
    const rig = protocolRig();
    rig.intercept((name) => (name === 'openOrders' ? { answer: FAILED } : undefined));
    rig.pass(MINUTE);
    expect(rig.venue().status()).toMatchObject({
      state: 'reconciling',
      why: 'open orders and trades could not be read',
    });
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/reconciling/);
    rig.intercept();
    rig.pass(10_000);
    expect(rig.venue().status().state).toBe('ready');
  });

  it('with 50 open and 10 unknown orders is reconciled in about a second of a venue of 50 ms', () => {
    const rig = readyRig();
    for (let i = 0; i < 50; i++) {
      rig.submit(rig.order('limit', 1));
      rig.pass(100);
    }
    rig.crash();
    rig.pass(10_000);
    const [first] = rig.journal;
    for (let i = 0; i < 10; i++)
      rig.journal.push({ ...first, payload: { ...first?.payload, clientOrderId: rig.nextId() } } as never);
    const began = rig.clock.now();
    rig.boot();
    while (rig.venue().status().state !== 'ready') rig.pass(10);
    expect(rig.clock.now() - began).toBeLessThan(1_200);
    expect(rig.execution().openOrders()).toHaveLength(50);
  });
});

describe('a gateway that throws', () => {
  it('says nothing about the outcome, and breaks nothing', async () => {
    const { askGateway } = await import('#core/order-protocol/ask-gateway.ts');
    const thrower = new Proxy({} as never, { get: () => () => Promise.reject(new Error('boom')) });
    const answers = await Promise.all(
      (['place', 'openOrders'] as const).map(
        (name) => new Promise((done) => askGateway(thrower)(name, [] as never, done)),
      ),
    );
    expect(answers).toEqual([
      { kind: 'unknown', reason: 'the gateway threw: boom' },
      { kind: 'failed', reason: 'the gateway threw: boom' },
    ]);
  });
});

describe('a journal that cannot be written', () => {
  it('lets no order out, and still lets cancels out', () => {
    const rig = readyRig();
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(200);
    rig.breakJournal();
    expect(() => rig.submit(rig.order('limit', 1))).toThrow('disk full');
    expect(rig.exchange.orders()).toHaveLength(1);
    expect(() => rig.execution().cancelAll('kill switch', rig.clock.now())).toThrow('disk full');
    rig.pass(1_000);
    expect(rig.there(id)[0]?.status).toBe('canceled');
    expect(rig.venue().status().state).toBe('broken');
    expect(rig.errors[0]).toMatchObject({ message: 'disk full' });
  });
});

it('a protocol listens until it is closed, and asks nothing afterwards', () => {
  let listening = true;
  const asked: string[] = [];
  const rig = readyRig();
  const venue = createProtocol({
    gateway: {
      name: 'FAKE',
      capabilities: {
        requestExpiry: true,
        lookupByClientId: true,
        clientIdUnique: 'always',
        deadMan: false,
        indexLagMs: 0,
      },
      subscribe: () => () => {
        listening = false;
      },
    },
    ask: (name) => asked.push(name),
    clock: rig.clock,
    instruments: [LIVE_INSTRUMENT],
    onBroken: (error) => {
      throw error;
    },
  });
  venue.start({ orders: () => [], fills: () => [], holdings: () => [], protectAll: () => {} });
  venue.close();
  rig.pass(10 * MINUTE);
  expect(listening).toBe(false);
  expect(asked).toEqual(['time']);
});

describe('books and account', () => {
  it('are compared again every five minutes: a sale by hand of a position without a stop is booked', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3));
    rig.pass(2_000);
    rig.exchange.sellByHand(LIVE, 3);
    rig.pass(6 * MINUTE);
    expect(types(rig).at(-1)).toBe('position.external');
    expect(formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE))).toBe('0');
    expect(rig.venue().status()).toMatchObject({ state: 'ready', why: undefined });
  });

  it('explain a second sale by hand by itself: what was booked once explains nothing more', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3));
    rig.pass(2_000);
    for (const left of ['0.002', '0.001']) {
      rig.exchange.sellByHand(LIVE, 1);
      rig.pass(6 * MINUTE);
      expect(formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE))).toBe(left);
    }
    expect(rig.venue().status()).toMatchObject({ state: 'ready', why: undefined });
  });

  it('that come to differ without an explanation stop what is new, until they agree again', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3));
    rig.pass(2_000);
    rig.intercept((name) => (name === 'balances' ? { answer: { kind: 'ok', value: [] } } : undefined));
    rig.pass(6 * MINUTE);
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/our books hold 0.003 BTC, the account has 0/);
    rig.intercept();
    rig.pass(6 * MINUTE);
    expect(() => rig.submit(rig.order('limit', 1))).not.toThrow();
  });

  it('are not compared while an order is under way, whose trade would look like a foreign one', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3));
    rig.pass(2_000);
    rig.crash();
    rig.stream(false);
    rig.boot();
    // The answer to the exit is lost and it stays out of sight, while its trade and the balance show.
    rig.intercept((name) =>
      name === 'place'
        ? { answer: { kind: 'unknown', reason: '502' }, reaches: true }
        : name === 'order' || name === 'closedOrders' || name === 'openOrders'
          ? { answer: FAILED }
          : undefined,
    );
    rig.pass(MINUTE);
    rig.submit(rig.order('market', 3, { side: 'sell', purpose: 'exit', reduceOnly: true }));
    rig.pass(10 * MINUTE);
    expect(types(rig)).not.toContain('position.external');
    rig.intercept();
    rig.pass(MINUTE);
    expect(formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE))).toBe('0');
    expect(types(rig)).not.toContain('position.external');
  });
});
