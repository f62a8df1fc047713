import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price } from '#core/domain/money.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import { bar } from '../../support/tape-rig.ts';
import {
  AGENT,
  approve,
  at,
  BTCUSDT,
  closingOrder,
  deskRig,
  entryOrder,
  instrument,
  shortEntry,
} from '../../support/trading-builders.ts';

/** Initial margin a half, maintenance a quarter, no interest. */
const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0') },
};
type Desk = ReturnType<typeof deskRig>;
const rig = (venue: Parameters<typeof deskRig>[0] = {}): Desk => deskRig({ feeBps: '0', instrument: MARGIN, ...venue });

/** 10 sold short at 100, stop at 105, target at 90. */
function short(venue: Parameters<typeof deskRig>[0] = {}): Desk {
  const desk = rig(venue);
  desk.enter(shortEntry(1, '10', { stop: '105', target: '90' }), 1);
  desk.venue.onCandle(bar(1, 100, 101, 99, 100, 1000));
  return desk;
}
const owed = (desk: Desk): string => formatDecimal(desk.execution.owedQuantity(AGENT, BTCUSDT));
const fills = (desk: Desk): readonly string[] =>
  desk.execution
    .fills()
    .map(
      ({ purpose, side, quantity, price: paid }) =>
        `${purpose} ${side} ${formatDecimal(quantity)} at ${formatDecimal(paid)}`,
    );
const cash = (desk: Desk): string => formatDecimal(reconcile(desk.ledger(), new Map([[BTCUSDT, price('100')]])).cash);

describe('the protective set of a short position', () => {
  it('is a stop above and a target below, both purchases that only reduce', () => {
    const desk = short();
    expect([owed(desk), desk.held()]).toEqual(['10', '0']);
    expect(
      desk.execution
        .openOrders()
        .map(({ purpose, side, type, reduceOnly, price: limit, parent }) => [
          purpose,
          side,
          type,
          reduceOnly,
          limit && formatDecimal(limit),
          parent,
        ]),
    ).toEqual([
      ['stop', 'buy', 'stop', true, '105', 'mt0000000000000001'],
      ['target', 'buy', 'take_profit', true, '90', 'mt0000000000000001'],
    ]);
  });

  it('buys back at the stop when the market rises, at the open when it jumps over it', () => {
    const touched = short();
    touched.venue.onCandle(bar(2, 100, 106, 99, 100));
    expect(fills(touched)).toEqual(['entry sell 10 at 100', 'stop buy 10 at 105']);
    expect([owed(touched), cash(touched)]).toEqual(['0', '9950']);
    expect(touched.venue.state().openOrders).toEqual([]);
    const jumped = short();
    jumped.venue.onCandle(bar(2, 108, 109, 107, 108));
    expect(fills(jumped).at(-1)).toBe('stop buy 10 at 108');
  });

  it('buys back at the target when the market falls through it, and not at a touch', () => {
    const desk = short();
    desk.venue.onCandle(bar(2, 95, 96, 90, 91));
    expect(fills(desk)).toHaveLength(1);
    desk.venue.onCandle(bar(3, 95, 96, 89.99, 91));
    expect(fills(desk).at(-1)).toBe('target buy 10 at 90');
    expect([owed(desk), cash(desk)]).toEqual(['0', '10100']);
    expect(desk.execution.openOrders()).toEqual([]);
  });

  it('takes the stop first when one candle touches both', () => {
    const desk = short();
    desk.venue.onCandle(bar(2, 100, 106, 89, 100));
    expect(fills(desk).at(-1)).toBe('stop buy 10 at 105');
  });

  it('shrinks with a purchase that closes a part', () => {
    const desk = short();
    desk.execution.submit(AGENT, BTCUSDT, approve({ ...closingOrder(9, 'exit', '4'), side: 'buy' }), at(2));
    desk.venue.onCandle(bar(2, 100, 101, 99, 100));
    expect(owed(desk)).toBe('6');
    expect(desk.execution.openOrders().map(({ purpose, quantity }) => `${purpose} ${formatDecimal(quantity)}`)).toEqual(
      ['stop 6', 'target 6'],
    );
  });

  it('flattens by a purchase when the venue drops the stop', () => {
    const desk = rig();
    // The stop lies where the venue's tick does not: it is refused, and a bare short position is not kept.
    desk.enter(shortEntry(1, '10', { stop: '105.005' }), 1);
    desk.venue.onCandle(bar(1, 100, 101, 99, 100));
    desk.venue.onCandle(bar(2, 101, 102, 100, 101));
    expect(fills(desk)).toEqual(['entry sell 10 at 100', 'flatten buy 10 at 101']);
  });

  it('stays when an entry of the other side only makes the position smaller', () => {
    const desk = short();
    desk.enter(entryOrder(2, '4', { stop: '80', target: '130' }), 2);
    desk.venue.onCandle(bar(2, 100, 101, 99, 100));
    expect(owed(desk)).toBe('6');
    expect(
      desk.execution
        .openOrders()
        .map(
          ({ purpose, side, quantity, price: limit }) =>
            `${purpose} ${side} ${formatDecimal(quantity)} at ${limit && formatDecimal(limit)}`,
        ),
    ).toEqual(['stop buy 6 at 105', 'target buy 6 at 90']);
  });
});

describe('a liquidation', () => {
  /** 120 sold short at 100 without protection: 22,000 of cash hold it up to 146.66 and a little more. */
  const bare = (): Desk => {
    const desk = rig();
    desk.enter(shortEntry(1, '120'), 1);
    desk.venue.onCandle(bar(1, 100, 101, 99, 100, 100_000));
    return desk;
  };

  it('is a fill of ours: recorded, booked once, and nothing foreign', () => {
    const desk = bare();
    desk.venue.onCandle(bar(2, 160, 161, 159, 160, 100_000));
    expect(fills(desk)).toEqual(['entry sell 120 at 100', 'flatten buy 120 at 160']);
    expect(desk.execution.foreignEvents()).toEqual([]);
    expect([owed(desk), cash(desk)]).toEqual(['0', '2800']);
    expect(desk.orderLines()).toEqual(['entry filled 120/120', 'flatten filled 120/120']);
    expect(desk.records.map(({ type }) => type)).toEqual([
      'order.submitted',
      'order.accepted',
      'order.filled',
      'order.filled',
    ]);
  });

  it('takes away the protection of what it closed', () => {
    const desk = rig();
    // A stop that lies beyond the price of the liquidation never gets its turn.
    desk.enter(shortEntry(1, '120', { stop: '170', target: '50' }), 1);
    desk.venue.onCandle(bar(1, 100, 101, 99, 100, 100_000));
    desk.venue.onCandle(bar(2, 120, 155, 119, 150, 100_000));
    expect(fills(desk).at(-1)).toBe('flatten buy 120 at 146.67');
    expect(desk.execution.openOrders()).toEqual([]);
    expect(desk.venue.state().openOrders).toEqual([]);
    expect(desk.execution.foreignEvents()).toEqual([]);
  });

  it('that fills in parts is one order with the sum of them', () => {
    const desk = deskRig({ feeBps: '0', instrument: MARGIN, venue: { participation: 0.1 } });
    desk.enter(shortEntry(1, '120'), 1);
    desk.venue.onCandle(bar(1, 100, 101, 99, 100, 100_000));
    desk.venue.onCandle(bar(2, 160, 161, 159, 160, 500));
    expect(owed(desk)).toBe('70');
    desk.venue.onCandle(bar(3, 150, 151, 149, 150, 100_000));
    expect(fills(desk).slice(1)).toEqual(['flatten buy 50 at 160', 'flatten buy 70 at 150']);
    expect(desk.orderLines()).toEqual(['entry filled 120/120', 'flatten filled 120/120']);
  });
});
