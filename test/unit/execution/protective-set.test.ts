import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import { createRng } from '#core/kernel/rng.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import { bar } from '../../support/tape-rig.ts';
import { AGENT, BTCUSDT, closingOrder, deskRig, entryOrder } from '../../support/trading-builders.ts';

const bracket = () => entryOrder(1, '0.5', { stop: '95', target: '110' });
const play = (desk: ReturnType<typeof deskRig>, ...candles: ReturnType<typeof bar>[]) => {
  for (const candle of candles) desk.venue.onCandle(candle);
};
const resting = (desk: ReturnType<typeof deskRig>) =>
  desk.execution
    .openOrders()
    .map(
      ({ purpose, quantity, filledQuantity }) =>
        `${purpose} ${formatDecimal(filledQuantity)}/${formatDecimal(quantity)}`,
    );

describe('the protective set of a position', () => {
  it('grows with the part fills of its entry and never covers more than is held', () => {
    const desk = deskRig({ feeBps: '0', venue: { participation: 0.1 } });
    desk.enter(bracket(), 1);
    play(desk, bar(1, 100, 101, 99, 100, 2));
    expect(resting(desk)).toEqual(['entry 0.2/0.5', 'stop 0/0.2', 'target 0/0.2']);
    play(desk, bar(2, 100, 101, 99, 100, 90));
    expect(resting(desk)).toEqual(['stop 0/0.5', 'target 0/0.5']);
  });

  it('shrinks the stop in the instant in which a part of the target fills', () => {
    const desk = deskRig({ feeBps: '0', venue: { participation: 0.1 } });
    desk.enter(bracket(), 1);
    play(desk, bar(1, 100, 101, 99, 100, 90), bar(2, 105, 111, 104, 110, 3));
    // 0.3 of the target filled; the stop was sized anew for the 0.2 that are left
    expect(resting(desk)).toEqual(['target 0.3/0.5', 'stop 0/0.2']);
    play(desk, bar(3, 100, 101, 94, 95, 90));
    expect(desk.held()).toBe('0');
    expect(desk.venue.state().openOrders).toEqual([]);
    // - 50 + 33 + 19
    expect(formatDecimal(reconcile(desk.ledger(), new Map()).cash)).toBe('10002');
  });

  it('stays one set at the venue while the resizing of a leg is still on its way', () => {
    const desk = deskRig({ feeBps: '0', venue: { participation: 0.1, faults: { rng: createRng(1), lateCancels: 1 } } });
    desk.enter(bracket(), 1);
    play(desk, bar(1, 100, 101, 99, 100, 90));
    // The cancel of the old stop is looked at after the next open; that open falls through it before.
    play(desk, bar(2, 105, 111, 104, 110, 3), bar(3, 90, 91, 89, 90, 90));
    expect(
      desk.execution
        .fills()
        .map(({ purpose, quantity, price: paid }) => `${purpose} ${formatDecimal(quantity)} at ${formatDecimal(paid)}`),
    ).toEqual(['entry 0.5 at 100', 'target 0.3 at 110', 'stop 0.2 at 90']);
    expect(desk.held()).toBe('0');
    expect(desk.execution.openOrders()).toEqual([]);
  });

  it('shrinks with a partial exit that fills in parts itself', () => {
    const desk = deskRig({ feeBps: '0', venue: { participation: 0.1 } });
    desk.enter(bracket(), 1);
    play(desk, bar(1, 100, 101, 99, 100, 90));
    desk.enter(closingOrder(9, 'exit', '0.3'), 2);
    play(desk, bar(2, 100, 101, 99, 100, 2));
    expect(resting(desk)).toEqual(['exit 0.2/0.3', 'stop 0/0.3', 'target 0/0.3']);
    play(desk, bar(3, 100, 101, 99, 100, 2));
    expect(resting(desk)).toEqual(['stop 0/0.2', 'target 0/0.2']);
  });

  it('is sized in whole lots after a fee in base, and what is left below a lot is booked as dust', () => {
    const paidIn = 'received' as const;
    const desk = deskRig({ venue: { fees: { makerBps: parseDecimal('10'), takerBps: parseDecimal('10'), paidIn } } });
    desk.enter(bracket(), 1);
    play(desk, bar(1, 100, 101, 99, 100));
    // 0.5 - 0.0005 = 0.4995: 499 lots and half a lot
    expect(desk.held()).toBe('0.4995');
    expect(resting(desk)).toEqual(['stop 0/0.499', 'target 0/0.499']);
    play(desk, bar(2, 100, 101, 94, 95));
    expect(desk.held()).toBe('0.0005');
    expect(formatDecimal(desk.execution.sellableQuantity(AGENT, BTCUSDT))).toBe('0');
    expect(desk.execution.openOrders()).toEqual([]);
    const proof = reconcile(desk.ledger(), new Map([[BTCUSDT, price('95')]]));
    // 10000 - 50 + 0.499 x 95 = 47.405 less 0.047405; the dust is worth 0.0475
    expect([formatDecimal(proof.cash), formatDecimal(proof.positionValue), formatDecimal(proof.difference)]).toEqual([
      '9997.357595',
      '0.0475',
      '0',
    ]);
  });
});
