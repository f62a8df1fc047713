import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { lotsToQuantity } from '../../support/protocol/fake-exchange.ts';
import { type Interceptor, idIn, protocolRig, RIG_AGENT } from '../../support/protocol/protocol-rig.ts';
import { LIVE } from '../../support/protocol/simulate.ts';

const UNKNOWN = { kind: 'unknown', reason: 'timed out' };
const FAILED = { kind: 'failed', reason: 'no such host' };
const MINUTE = 60_000;
const STOP = { stop: price('90') };

const readyRig = (options: Parameters<typeof protocolRig>[0] = {}) => {
  const rig = protocolRig(options);
  rig.pass(2_000);
  expect(rig.venue().status()).toMatchObject({ state: 'ready', why: undefined });
  return rig;
};
const asks = (rig: ReturnType<typeof protocolRig>, name: string): number =>
  rig.asked.filter((one) => one === name).length;
/** The answer to an order gets lost, after the exchange has taken it or on the way there. */
const placeLost =
  (reaches: boolean): Interceptor =>
  (name) =>
    name === 'place' ? { answer: UNKNOWN, reaches } : undefined;
const held = (rig: ReturnType<typeof protocolRig>): string =>
  formatDecimal(rig.execution().heldQuantity(RIG_AGENT, LIVE));
const restingSells = (rig: ReturnType<typeof protocolRig>): number =>
  rig.exchange
    .orders()
    .filter(({ side, status }) => side === 'sell' && status === 'open')
    .reduce((sum, { lots, filled }) => sum + lots - filled, 0);

describe('34: a request that timed out', () => {
  it('is not sent again: the venue is asked by client id, and what it has is adopted', () => {
    const rig = readyRig();
    rig.stream(false);
    rig.intercept(placeLost(true));
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(60);
    expect(rig.status(id)).toBe('unresolved');
    rig.intercept();
    rig.pass(MINUTE);
    expect(asks(rig, 'place')).toBe(1);
    expect(rig.asked.slice(rig.asked.indexOf('place') + 1)).toContain('order');
    expect(rig.there(id)).toHaveLength(1);
    expect(rig.status(id)).toBe('accepted');
  });

  it('is looked for when the venue says that it knows the id', () => {
    const rig = readyRig();
    rig.stream(false);
    rig.intercept((name) =>
      name === 'place' ? { answer: { kind: 'exists', reason: 'duplicate' }, reaches: true } : undefined,
    );
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(5_000);
    expect(rig.journal.map(({ type }) => type)).toEqual(['order.submitted', 'order.unresolved', 'order.accepted']);
    expect(rig.status(id)).toBe('accepted');
  });
});

describe('35: the client id', () => {
  it('is in the journal before the request leaves, and a restart asks for it instead of making another', () => {
    const rig = readyRig();
    let journalled: unknown;
    rig.intercept((name, args) => {
      if (name === 'place') journalled = rig.journal.some(({ payload }) => payload.clientOrderId === idIn(args));
      return placeLost(true)(name, args);
    });
    const id = rig.submit(rig.order('limit', 2));
    expect(journalled).toBe(true);
    rig.crash();
    rig.pass(500);
    rig.intercept();
    rig.boot();
    rig.pass(5_000);
    expect(rig.exchange.orders().map(({ clientOrderId }) => clientOrderId)).toEqual([id]);
    expect(rig.status(id)).toBe('accepted');
    expect(asks(rig, 'place')).toBe(1);
  });

  it('of a stop that was never placed is given up, and the stop is decided anew under a new one', () => {
    const rig = readyRig();
    let lost = 0;
    rig.intercept((name, args) => {
      const isStop = name === 'place' && (args[0] as { readonly type: string }).type === 'stop';
      if (!isStop || lost > 0) return undefined;
      lost += 1;
      return { answer: UNKNOWN };
    });
    rig.submit(rig.order('market', 3, STOP));
    rig.pass(MINUTE);
    const stops = rig
      .execution()
      .orders()
      .filter(({ purpose }) => purpose === 'stop');
    expect(stops.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
    expect(new Set(stops.map(({ clientOrderId }) => clientOrderId)).size).toBe(2);
    expect(restingSells(rig)).toBe(3);
  });
});

describe('36: an outcome that nobody knows', () => {
  it('is not a refusal: it stays unresolved for as long as the venue cannot be asked, at full size, and nothing new goes out', () => {
    const rig = readyRig();
    rig.intercept((name) =>
      name === 'place' ? { answer: UNKNOWN } : name === 'time' ? undefined : { answer: FAILED },
    );
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(10 * MINUTE);
    expect(rig.status(id)).toBe('unresolved');
    expect(rig.venue().status().unresolved).toBe(1);
    const open = rig.execution().openOrders();
    expect(open.map(({ quantity }) => formatDecimal(quantity))).toEqual(['0.002']);
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/nobody knows/);
    rig.intercept();
    rig.pass(MINUTE);
    expect(rig.execution().order(id)).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('not placed'),
    });
    expect(() => rig.submit(rig.order('limit', 1))).not.toThrow();
  });

  it('is not decided by a single question that failed among others that found nothing', () => {
    const rig = readyRig();
    rig.intercept((name) =>
      name === 'place' ? { answer: UNKNOWN } : name === 'closedOrders' ? { answer: FAILED } : undefined,
    );
    const id = rig.submit(rig.order('limit', 2));
    rig.pass(10 * MINUTE);
    expect(rig.status(id)).toBe('unresolved');
  });

  it('waits for the expiry of the request, the skew of the clocks and the lag of the index before "not found" is believed', () => {
    const rig = readyRig();
    rig.intercept(placeLost(false));
    const sent = rig.clock.now();
    const id = rig.submit(rig.order('limit', 2));
    while (rig.status(id) !== 'rejected') rig.pass(10);
    // 5 s until expiry, 1 s of skew, 0.5 s of lag.
    expect(rig.clock.now() - sent).toBeGreaterThan(6_500);
    expect(rig.clock.now() - sent).toBeLessThan(20_000);
  });
});

describe('37: an empty answer', () => {
  const away = () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3, STOP));
    rig.pass(2_000);
    rig.crash();
    return rig;
  };

  it('that is a failure never reads as flat: the start waits, and cancels are possible meanwhile', () => {
    const rig = away();
    rig.intercept((name) => (name === 'balances' ? { answer: FAILED } : undefined));
    rig.boot();
    rig.pass(5 * MINUTE);
    expect(rig.venue().status()).toMatchObject({ state: 'reconciling', why: expect.stringContaining('balances') });
    expect(held(rig)).toBe('0.003');
    expect(() => rig.submit(rig.order('limit', 1))).toThrow(/reconciling/);
    rig.execution().cancelAll('by hand', rig.clock.now());
    rig.pass(5_000);
    expect(restingSells(rig)).toBe(0);
  });

  it('that contradicts what is held closes nothing by itself', () => {
    const rig = away();
    rig.intercept((name) => (name === 'balances' ? { answer: { kind: 'ok', value: [] } } : undefined));
    rig.boot();
    rig.pass(5 * MINUTE);
    expect(rig.venue().status()).toMatchObject({
      state: 'reconciling',
      why: 'our books hold 0.003 BTC, the account has 0',
    });
    expect(held(rig)).toBe('0.003');
    expect(restingSells(rig)).toBe(3);
    rig.intercept();
    rig.pass(10_000);
    expect(rig.venue().status().state).toBe('ready');
  });
});

describe('38: the search for a lost order', () => {
  it('does not take another order of the same size, side and moment for it', () => {
    const rig = readyRig();
    rig.stream(false);
    rig.intercept(placeLost(false));
    const id = rig.submit(rig.order('limit', 2));
    const { clientOrderId: _, ...same } = rig.order('limit', 2);
    rig.exchange.place({ ...same, instrumentId: LIVE, expiresAt: unixMs(rig.clock.now()) });
    rig.intercept();
    rig.pass(MINUTE);
    expect(rig.status(id)).toBe('rejected');
    expect(rig.venue().status().foreign).toHaveLength(1);
  });
});

describe('40: times that are a little apart', () => {
  it('order nothing: what the venue dates before it was sent is found, by its id', () => {
    const rig = readyRig();
    rig.stream(false);
    // The venue dates with a clock that is 400 ms behind ours; only closed orders and trades can tell.
    rig.intercept((name, args) => {
      if (name === 'place') return { answer: UNKNOWN, reaches: true };
      if (name === 'order') return { answer: { kind: 'not_found' } };
      if (name !== 'closedOrders' && name !== 'trades') return undefined;
      const since = args[1] as number;
      const late = 400;
      return {
        answer: {
          kind: 'ok',
          value:
            name === 'trades'
              ? rig.exchange
                  .tradesSince(0)
                  .map((trade) => ({ ...trade, ts: unixMs(trade.ts - late) }))
                  .filter(({ ts }) => ts >= since)
              : rig.exchange
                  .closedOrders(0)
                  .map((order) => ({ ...order, updatedAt: unixMs(order.updatedAt - late) }))
                  .filter(({ updatedAt }) => updatedAt >= since),
        },
      };
    });
    const id = rig.submit(rig.order('market', 2));
    rig.pass(MINUTE);
    expect(rig.status(id)).toBe('filled');
    expect(held(rig)).toBe('0.002');
  });
});

describe('41: a second program on the account', () => {
  it('with ids of our shape is foreign all the same: shown, never canceled, never booked', () => {
    const rig = readyRig();
    const theirs = { ...rig.order('limit', 5), instrumentId: LIVE, expiresAt: unixMs(rig.clock.now() + 1_000) };
    rig.exchange.place(theirs);
    const mine = rig.submit(rig.order('limit', 2));
    rig.pass(MINUTE);
    expect(
      rig
        .venue()
        .status()
        .foreign.map(({ clientOrderId }) => clientOrderId),
    ).toEqual([theirs.clientOrderId]);
    rig.execution().cancelAll('by hand', rig.clock.now());
    rig.pass(5_000);
    expect(rig.status(mine)).toBe('canceled');
    expect(rig.there(theirs.clientOrderId)[0]?.status).toBe('open');
    rig.exchange.trade((count) => count - 1);
    rig.pass(MINUTE);
    expect(rig.there(theirs.clientOrderId)[0]?.filled).toBe(5);
    expect(held(rig)).toBe('0');
  });
});

describe('42: a position that is closed by hand on the exchange', () => {
  const closeByHand = (rig: ReturnType<typeof protocolRig>): void => {
    const stop = rig.exchange.orders().find(({ side, status }) => side === 'sell' && status === 'open');
    rig.exchange.cancel(stop?.clientOrderId ?? '');
    rig.exchange.sellByHand(LIVE, 3);
  };

  it.each(['on', 'away'] as const)(
    'while the program is %s is booked as external, and nothing is sold again',
    (program) => {
      const rig = readyRig();
      rig.submit(rig.order('market', 3, STOP));
      rig.pass(2_000);
      if (program === 'away') rig.crash();
      closeByHand(rig);
      rig.pass(500);
      if (program === 'away') rig.boot();
      rig.pass(MINUTE);
      expect(
        rig.journal.filter(({ type }) => type === 'position.external').map(({ payload }) => payload),
      ).toMatchObject([{ side: 'sell', quantity: '0.003', price: '100', agentId: RIG_AGENT }]);
      expect(held(rig)).toBe('0');
      expect(
        rig
          .execution()
          .orders()
          .some(({ purpose }) => purpose === 'flatten'),
      ).toBe(false);
      expect(
        rig.exchange.orders().filter(({ side, clientOrderId }) => side === 'sell' && clientOrderId !== undefined),
      ).toHaveLength(1);
      expect(rig.venue().status().state).toBe('ready');
      rig.crash();
      rig.boot();
      rig.pass(MINUTE);
      expect(rig.journal.filter(({ type }) => type === 'position.external')).toHaveLength(1);
      expect(held(rig)).toBe('0');
    },
  );

  it('in part shrinks the stop to what is left', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3, STOP));
    rig.pass(2_000);
    const stop = rig.exchange.orders().find(({ side }) => side === 'sell');
    rig.exchange.cancel(stop?.clientOrderId ?? '');
    rig.exchange.sellByHand(LIVE, 1);
    rig.pass(MINUTE);
    expect(held(rig)).toBe('0.002');
    expect(restingSells(rig)).toBe(2);
  });
});

describe('43: the stop', () => {
  it('rests at the exchange: it is there, and fills, after the process was killed', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 3, STOP));
    rig.pass(2_000);
    rig.crash();
    expect(restingSells(rig)).toBe(3);
    const stop = rig.exchange.orders().find(({ side }) => side === 'sell');
    expect(stop).toMatchObject({ type: 'stop', status: 'open' });
    rig.exchange.trade((count) => (count > 1 ? 2 : 0));
    rig.exchange.trade((count) => (count > 1 ? 2 : 0));
    rig.exchange.trade((count) => (count > 1 ? 2 : 0));
    rig.boot();
    rig.pass(5_000);
    expect(held(rig)).toBe('0');
    expect(rig.status(stop?.clientOrderId as never)).toBe('filled');
  });

  it('is sent by the restart when the process died between the fill and the stop', () => {
    const rig = readyRig();
    rig.intercept((name, args) =>
      name === 'place' && (args[0] as { readonly type: string }).type === 'stop' ? { answer: UNKNOWN } : undefined,
    );
    rig.submit(rig.order('market', 3, STOP));
    while (rig.journal.every(({ type }) => type !== 'order.filled')) rig.pass(1);
    rig.crash();
    // Nothing of the stop was written yet.
    rig.journal.splice(rig.journal.findIndex(({ type }) => type === 'order.filled') + 1);
    rig.intercept();
    rig.boot();
    rig.pass(MINUTE);
    expect(restingSells(rig)).toBe(3);
  });
});

describe('44: the stop after a part was sold', () => {
  it('is canceled, the part is sold, and one stop of the rest follows: never two, never more than is held', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 5, STOP));
    rig.pass(2_000);
    const { stop: _, ...exit } = rig.order('market', 2, { side: 'sell', purpose: 'exit', reduceOnly: true });
    rig.submit(exit);
    let most = 0;
    for (let i = 0; i < 500; i++) {
      rig.pass(10);
      most = Math.max(most, restingSells(rig) - rig.exchange.lots());
    }
    expect(most).toBe(0);
    expect(held(rig)).toBe('0.003');
    const stops = rig.exchange.orders().filter(({ type }) => type === 'stop');
    expect(stops.map(({ status, lots }) => [status, lots])).toEqual([
      ['canceled', 5],
      ['open', 3],
    ]);
    expect(rig.exchange.refusedForFunds()).toBe(0);
  });

  it('of a position that grows gets a second one for what was added, so that nothing is bare meanwhile', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 5, STOP));
    rig.pass(2_000);
    rig.submit(rig.order('market', 2, STOP));
    rig.pass(2_000);
    const stops = rig.exchange.orders().filter(({ type }) => type === 'stop');
    expect(stops.map(({ status, lots }) => [status, lots])).toEqual([
      ['open', 5],
      ['open', 2],
    ]);
  });

  it('is not sold a second time by a second exit', () => {
    const rig = readyRig();
    rig.submit(rig.order('market', 5, STOP));
    rig.pass(2_000);
    rig.intercept(placeLost(true));
    rig.stream(false);
    rig.submit(rig.order('market', 5, { side: 'sell', purpose: 'exit', reduceOnly: true }));
    rig.pass(600);
    expect(() => rig.submit(rig.order('market', 5, { side: 'sell', purpose: 'exit', reduceOnly: true }))).toThrow(
      /being closed already/,
    );
    rig.intercept();
    rig.pass(MINUTE);
    expect(held(rig)).toBe('0');
    expect(lotsToQuantity(rig.exchange.lots())).toEqual(lotsToQuantity(0));
  });
});
