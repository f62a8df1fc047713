import { describe, expect, it } from 'vitest';
import { add, formatDecimal, parseDecimal, ZERO } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { quantity } from '#core/domain/money.ts';
import { createTwap, type TwapPlan, twapSlices } from '#core/execution/twap.ts';
import { Fault } from '#core/kernel/fault.ts';
import { bar, tapeRig } from '../../support/tape-rig.ts';
import { HOUR } from '../../support/trading-builders.ts';

const plan = (size: string, slices: number): TwapPlan => ({
  quantity: quantity(size),
  slices,
  startsAt: unixMs(HOUR),
  everyMs: HOUR,
  lotSize: parseDecimal('0.001'),
  minQuantity: parseDecimal('0.001'),
});

describe('an order sliced over time', () => {
  it('spreads what does not divide so that no slice is ahead and all add up', () => {
    expect(
      twapSlices(plan('0.1', 3)).map(({ quantity: size, dueAt }) => `${dueAt / HOUR}h ${formatDecimal(size)}`),
    ).toEqual(['1h 0.033', '2h 0.033', '3h 0.034']);
  });

  it('refuses parts that no venue would take', () => {
    expect(() => twapSlices(plan('0.002', 3))).toThrow(Fault);
    expect(() => twapSlices(plan('1', 0))).toThrow('0 is not a number of parts');
    expect(() => twapSlices({ ...plan('1', 2), everyMs: 0 })).toThrow('0 ms');
  });

  it('sends child orders at their times and carries what the market did not give into the next', () => {
    const rig = tapeRig({ participation: 0.1 });
    const twap = createTwap(plan('0.6', 3));
    let [order, filled] = [0, ZERO];
    rig.venue.subscribe((event) => {
      if (event.kind === 'filled') filled = add(filled, event.fill.quantity);
    });
    // A tenth of the volumes: 0.1, 0.2, 0.6
    for (const [slot, volume] of [
      [1, 1],
      [2, 2],
      [3, 6],
    ] as const) {
      const due = twap.due(unixMs(slot * HOUR), filled);
      if (due !== undefined) rig.submit(++order, slot, `buy ${formatDecimal(due)} market tif=ioc`);
      rig.play(bar(slot, 100, 101, 99, 100, volume));
    }
    expect(rig.lines.filter((line) => line.includes('buy'))).toEqual([
      '1h #1 buy 0.1 at 100 fee 0 USDT taker',
      '2h #2 buy 0.2 at 100 fee 0 USDT taker',
      '3h #3 buy 0.3 at 100 fee 0 USDT taker',
    ]);
    expect(twap.finished()).toBe(true);
    expect(formatDecimal(filled)).toBe('0.6');
  });

  it('asks once for each moment and for nothing before the first', () => {
    const twap = createTwap(plan('0.6', 3));
    expect(twap.due(unixMs(HOUR - 1), ZERO)).toBeUndefined();
    expect(twap.due(unixMs(HOUR), ZERO)).toBeDefined();
    expect(twap.due(unixMs(HOUR), ZERO)).toBeUndefined();
  });
});
