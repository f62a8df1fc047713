import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { quantity } from '#core/domain/money.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import { Fault } from '#core/kernel/fault.ts';
import {
  at,
  candle,
  closingOrder,
  entryOrder,
  instrument,
  limitBuy,
  venueRig,
} from '../../support/trading-builders.ts';

/** Holds 0.5 BTC bought at 100 in candle 1; costs nothing unless told. */
function holding(costs: Parameters<typeof venueRig>[0] = { feeBps: '0' }) {
  const rig = venueRig(costs);
  rig.submit(entryOrder(1, '0.5'), 1);
  rig.venue.onCandle(candle(1, 100, 101, 99, 100));
  rig.lines.length = 0;
  return rig;
}

describe('simulated venue: market orders', () => {
  it('fills at the open of the next candle, half a spread worse, with the fee of the notional', () => {
    const rig = venueRig({ halfSpreadBps: '5' });
    rig.venue.onCandle(candle(0, 90, 95, 85, 94));
    rig.submit(entryOrder(1, '0.5'), 1);
    rig.venue.onCandle(candle(1, 100, 101, 99, 100));
    // 100 x 1.0005 = 100.05; 0.5 x 100.05 = 50.025; 10 bps of it = 0.050025
    expect(rig.lines).toEqual(['1h accepted #1', '1h buy 0.5 at 100.05 fee 0.050025 taker #1']);
  });

  it('rounds to the tick against the taker on both sides', () => {
    const rig = venueRig({ feeBps: '0', halfSpreadBps: '5' });
    rig.submit(entryOrder(1, '0.5'), 1);
    rig.venue.onCandle(candle(1, 100.01, 101, 99, 100));
    rig.submit(closingOrder(2, 'exit', '0.5'), 2);
    rig.venue.onCandle(candle(2, 100.01, 101, 99, 100));
    // 100.01 x 1.0005 = 100.060005 -> 100.07; 100.01 x 0.9995 = 99.959995 -> 99.95
    expect(rig.outcomes()).toEqual(['1h buy 0.5 at 100.07 fee 0 taker #1', '2h sell 0.5 at 99.95 fee 0 taker #2']);
  });

  it('never fills from the candle that was known when the order was sent', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.venue.onCandle(candle(1, 100, 150, 100, 150));
    rig.submit(entryOrder(1, '0.5'), 2);
    expect(rig.outcomes()).toEqual([]);
    rig.venue.onCandle(candle(2, 150, 151, 149, 150));
    expect(rig.outcomes()).toEqual(['2h buy 0.5 at 150 fee 0 taker #1']);
  });

  it('leaves an order alone in a candle that ended before it was sent', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.submit(entryOrder(1, '0.5'), 3);
    rig.venue.onCandle(candle(1, 100, 101, 99, 100));
    rig.venue.onCandle(candle(2, 110, 111, 109, 110));
    rig.venue.onCandle(candle(3, 120, 121, 119, 120));
    expect(rig.outcomes()).toEqual(['3h buy 0.5 at 120 fee 0 taker #1']);
  });

  it('makes a market order sent while a candle is worked through wait for the next open', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.venue.subscribe((event) => {
      if (event.kind === 'filled' && event.fill.side === 'buy') rig.submit(closingOrder(2, 'exit', '0.5'), 1);
    });
    rig.submit(entryOrder(1, '0.5'), 1);
    rig.venue.onCandle(candle(1, 100, 120, 99, 118));
    rig.venue.onCandle(candle(2, 117, 120, 99, 118));
    expect(rig.outcomes()).toEqual(['1h buy 0.5 at 100 fee 0 taker #1', '2h sell 0.5 at 117 fee 0 taker #2']);
  });

  it('rounds the fee up at the decimals of the quote asset', () => {
    const cents = { ...instrument, quoteScale: 2 };
    const rig = venueRig({ instrument: cents });
    rig.submit(entryOrder(1, '0.501'), 1);
    rig.venue.onCandle(candle(1, 100, 101, 99, 100));
    // 0.501 x 100 = 50.1; 10 bps = 0.0501 -> 0.06
    expect(rig.outcomes()).toEqual(['1h buy 0.501 at 100 fee 0.06 taker #1']);
  });
});

describe('simulated venue: stops', () => {
  it('fills a stop at its trigger when the candle touches it', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
    rig.venue.onCandle(candle(2, 100, 101, 95.01, 100));
    expect(rig.outcomes()).toEqual([]);
    rig.venue.onCandle(candle(3, 100, 101, 95, 100));
    expect(rig.outcomes()).toEqual(['4h sell 0.5 at 95 fee 0 taker #2']);
  });

  it('fills a stop that the open has jumped over at the open: 90 under a stop of 100 is 90', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.5', '100'), 2);
    rig.venue.onCandle(candle(2, 90, 104, 89, 104));
    expect(rig.outcomes()).toEqual(['2h sell 0.5 at 90 fee 0 taker #2']);
  });

  it('adds half a spread to a gap', () => {
    const rig = holding({ feeBps: '10', halfSpreadBps: '5' });
    rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
    rig.venue.onCandle(candle(2, 90, 91, 89, 90));
    // 90 x 0.9995 = 89.955 -> 89.95; 0.5 x 89.95 = 44.975; 10 bps = 0.044975
    expect(rig.outcomes()).toEqual(['2h sell 0.5 at 89.95 fee 0.044975 taker #2']);
  });

  it('takes the stop when one candle touches stop and target', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'target', '0.5', '110'), 2);
    rig.submit(closingOrder(3, 'stop', '0.5', '95'), 2);
    rig.venue.onCandle(candle(2, 100, 120, 90, 119));
    expect(rig.outcomes()).toEqual(['3h sell 0.5 at 95 fee 0 taker #3', '3h canceled #2: nothing left to reduce']);
  });

  it('triggers on a price finer than the tick', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
    rig.venue.onCandle(candle(2, 100, 101, 95.004, 100));
    expect(rig.outcomes()).toEqual(['3h sell 0.5 at 95 fee 0 taker #2']);
  });

  it('sells once when an exit and a stop meet the same open', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
    rig.submit(closingOrder(3, 'exit', '0.5'), 2);
    rig.venue.onCandle(candle(2, 90, 91, 89, 90));
    expect(rig.outcomes()).toEqual(['2h sell 0.5 at 90 fee 0 taker #3', '2h canceled #2: nothing left to reduce']);
  });
});

describe('simulated venue: targets and limits', () => {
  it('a touch of the target is not a fill, a trade through it is, at its own price as a maker', () => {
    const rig = holding({ feeBps: '10', halfSpreadBps: '5' });
    rig.submit(closingOrder(2, 'target', '0.5', '110'), 2);
    rig.venue.onCandle(candle(2, 105, 110, 104, 105));
    expect(rig.outcomes()).toEqual([]);
    rig.venue.onCandle(candle(3, 105, 110.01, 104, 105));
    expect(rig.outcomes()).toEqual(['4h sell 0.5 at 110 fee 0.055 maker #2']);
  });

  it('gives a resting target its own price and no more when the open has jumped over it', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'target', '0.5', '110'), 2);
    rig.submit(closingOrder(3, 'stop', '0.5', '95'), 2);
    rig.venue.onCandle(candle(2, 100, 101, 99, 100));
    // The open is known to come first, so the later fall to the stop finds nothing to sell.
    rig.venue.onCandle(candle(3, 115, 116, 90, 91));
    expect(rig.outcomes()).toEqual(['3h sell 0.5 at 110 fee 0 maker #2', '4h canceled #3: nothing left to reduce']);
  });

  it('treats a limit that arrives when the market is already beyond it as a taker', () => {
    const rig = holding({ feeBps: '0', halfSpreadBps: '5' });
    rig.submit(closingOrder(2, 'target', '0.5', '110'), 2);
    rig.venue.onCandle(candle(2, 115, 116, 114, 115));
    // 115 x 0.9995 = 114.9425 -> 114.94: inside the candle, where 110 was never traded
    expect(rig.outcomes()).toEqual(['2h sell 0.5 at 114.94 fee 0 taker #2']);
  });

  it('fills a limit buy on a trade through it, not on a touch', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.submit(limitBuy(1, '0.5', '98'), 1);
    rig.venue.onCandle(candle(1, 100, 101, 98, 99));
    expect(rig.outcomes()).toEqual([]);
    rig.venue.onCandle(candle(2, 99, 101, 97.99, 99));
    expect(rig.outcomes()).toEqual(['3h buy 0.5 at 98 fee 0 maker #1']);
  });

  it('gives a target that arrives inside a candle no credit for a high that may have come before', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.venue.subscribe((event) => {
      if (event.kind !== 'filled' || event.fill.side !== 'buy') return;
      rig.submit(closingOrder(2, 'target', '0.5', '105'), 1);
    });
    rig.submit(limitBuy(1, '0.5', '98'), 1);
    rig.venue.onCandle(candle(1, 100, 110, 97, 99));
    expect(rig.outcomes()).toEqual(['2h buy 0.5 at 98 fee 0 maker #1']);
    rig.venue.onCandle(candle(2, 99, 106, 98, 99));
    expect(rig.outcomes()).toEqual(['2h buy 0.5 at 98 fee 0 maker #1', '3h sell 0.5 at 105 fee 0 maker #2']);
  });
});

describe('simulated venue: what it refuses', () => {
  it.each([
    [
      'a quantity that is no whole number of lots',
      entryOrder(1, '0.5005'),
      '1h rejected #1: quantity 0.5005 is not a multiple of the lot 0.001',
    ],
    ['nothing', entryOrder(1, '0'), '1h rejected #1: quantity must be positive'],
    [
      'a notional below the minimum',
      entryOrder(1, '0.049'),
      '1h rejected #1: notional 4.9 USDT is below the minimum 5',
    ],
    [
      'a sale of what is not held',
      closingOrder(1, 'exit', '0.5'),
      '1h rejected #1: reduce-only sale of 0.5 exceeds the holding 0',
    ],
    [
      'a price between two ticks',
      limitBuy(1, '0.5', '98.005'),
      '1h rejected #1: price 98.005 is not a positive multiple of the tick 0.01',
    ],
    ['a stop without a trigger', { ...closingOrder(1, 'stop', '0.5') }, '1h rejected #1: a stop order needs a price'],
    [
      'a market order with a price',
      { ...limitBuy(1, '0.5', '98'), type: 'market' as const },
      '1h rejected #1: a market order carries no price',
    ],
    [
      'a reduce-only buy',
      { ...entryOrder(1, '0.5'), reduceOnly: true },
      '1h rejected #1: a reduce-only buy has no short position to reduce',
    ],
  ])('refuses %s', (_, order, line) => {
    const rig = venueRig();
    rig.venue.onCandle(candle(0, 100, 100, 100, 100));
    rig.submit(order, 1);
    expect(rig.lines).toEqual([line]);
    expect(rig.venue.state().openOrders).toEqual([]);
  });

  it('accepts the smallest notional exactly', () => {
    const rig = venueRig();
    rig.venue.onCandle(candle(0, 100, 100, 100, 100));
    rig.submit(entryOrder(1, '0.05'), 1);
    expect(rig.lines).toEqual(['1h accepted #1']);
  });

  it('refuses a reduce-only order larger than the holding by one lot', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.501', '95'), 2);
    expect(rig.lines).toEqual(['2h rejected #2: reduce-only sale of 0.501 exceeds the holding 0.5']);
  });

  it('refuses a client order id that it has seen, even after the fill', () => {
    const rig = holding();
    rig.submit(entryOrder(1, '0.5'), 2);
    expect(rig.lines).toEqual(['2h rejected #1: duplicate client order id']);
  });

  it('leaves dust that is too small to sell in the books', () => {
    const rig = venueRig({ feeBps: '0' });
    rig.submit(entryOrder(1, '0.06'), 1);
    rig.venue.onCandle(candle(1, 100, 100, 50, 50));
    rig.submit(closingOrder(2, 'exit', '0.06'), 2);
    // 0.06 x 50 = 3 USDT, below the minimum of 5
    expect(rig.outcomes()).toEqual([
      '1h buy 0.06 at 100 fee 0 taker #1',
      '2h rejected #2: notional 3 USDT is below the minimum 5',
    ]);
    expect(formatDecimal(rig.venue.state().holding)).toBe('0.06');
  });

  it('checks the minimum notional at the fill when no price was known before', () => {
    const rig = venueRig();
    rig.submit(entryOrder(1, '0.04'), 1);
    rig.venue.onCandle(candle(1, 100, 101, 99, 100));
    expect(rig.lines).toEqual(['1h accepted #1', '1h canceled #1: notional 4 USDT is below the minimum 5']);
  });

  it.each([
    ['high below close', candle(1, 100, 99, 98, 99.5)],
    ['NaN', candle(1, 100, Number.NaN, 98, 99)],
    ['a price of zero', candle(1, 100, 100, 0, 99)],
    ['no length', { ...candle(1, 100, 100, 99, 99), closeTime: at(1) }],
  ])('throws on an impossible candle (%s) and fills nothing', (_, bad) => {
    const rig = venueRig();
    rig.submit(entryOrder(1, '0.5'), 1);
    expect(() => rig.venue.onCandle(bad)).toThrow(Fault);
    expect(rig.outcomes()).toEqual([]);
  });

  it('throws on a candle that overlaps the one before', () => {
    const rig = venueRig();
    rig.venue.onCandle(candle(2, 100, 100, 99, 99));
    expect(() => rig.venue.onCandle(candle(1, 100, 100, 99, 99))).toThrow('comes after one that closed');
  });

  it('refuses impossible costs', () => {
    const ids = { tradeId: () => 'T' as never };
    const zero = parseDecimal('0');
    const minus = parseDecimal('-1');
    expect(() => createSimulatedVenue({ instrument, feeBps: minus, halfSpreadBps: zero, ids })).toThrow(Fault);
    expect(() => createSimulatedVenue({ instrument, feeBps: zero, halfSpreadBps: parseDecimal('10000'), ids })).toThrow(
      Fault,
    );
  });
});

const play = () => {
  const rig = holding({ feeBps: '7.5', halfSpreadBps: '3' });
  rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
  rig.venue.onCandle(candle(2, 96, 97, 93, 94));
  return JSON.stringify(rig.events, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
};

describe('simulated venue: events', () => {
  it('confirms a cancel once and says nothing of an order that is gone', () => {
    const rig = venueRig();
    rig.submit(limitBuy(1, '0.5', '90'), 1);
    const { clientOrderId } = limitBuy(1, '0.5', '90');
    rig.venue.cancel(clientOrderId, at(2));
    rig.venue.cancel(clientOrderId, at(3));
    expect(rig.lines).toEqual(['1h accepted #1', '2h canceled #1: requested']);
  });

  it('shows all listeners one order of events, also when one of them answers with an order', () => {
    const rig = venueRig({ feeBps: '0' });
    const second: string[] = [];
    rig.venue.subscribe((event) => {
      if (event.kind === 'filled' && event.fill.side === 'buy') rig.submit(closingOrder(2, 'stop', '0.5', '95'), 1);
    });
    rig.venue.subscribe((event) => second.push(`${event.kind} ${event.clientOrderId.slice(-1)}`));
    rig.submit(entryOrder(1, '0.5'), 1);
    rig.venue.onCandle(candle(1, 100, 101, 94, 100));
    expect(second).toEqual(['accepted 1', 'filled 1', 'accepted 2', 'filled 2']);
  });

  it('delivers an event to all listeners, then hands the error of the first to the caller', () => {
    const rig = venueRig();
    const heard: string[] = [];
    const off = rig.venue.subscribe(() => {
      throw new Error('disk full');
    });
    rig.venue.subscribe((event) => heard.push(event.kind));
    expect(() => rig.submit(entryOrder(1, '0.5'), 1)).toThrow('disk full');
    expect(heard).toEqual(['accepted']);
    off();
    rig.venue.onCandle(candle(1, 100, 101, 99, 100));
    expect(heard).toEqual(['accepted', 'filled']);
  });

  it('goes on from a restored state as if it had never stopped', () => {
    const rig = holding();
    rig.submit(closingOrder(2, 'stop', '0.5', '95'), 2);
    const { holding: held, openOrders } = rig.venue.state();
    const next = venueRig({ feeBps: '0' });
    next.venue.restore({ holding: quantity(held), openOrders });
    expect(next.lines).toEqual([]);
    next.venue.onCandle(candle(2, 100, 101, 94, 100));
    rig.venue.onCandle(candle(2, 100, 101, 94, 100));
    expect(next.outcomes()).toEqual(rig.outcomes());
    expect(() => rig.venue.restore({ holding: quantity('0'), openOrders: [] })).not.toThrow();
  });

  it('gives the same events for the same calls', () => {
    expect(play()).toBe(play());
  });
});
