import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, isNegative, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import * as fc from '../../support/seeded-check.ts';
import { bar } from '../../support/tape-rig.ts';
import { AGENT, approve, BTCUSDT, closingOrder, deskRig, entryOrder, HOUR } from '../../support/trading-builders.ts';

type Desk = ReturnType<typeof deskRig>;

const play = (desk: Desk, ...candles: readonly ClosedCandle[]): void => {
  for (const candle of candles) desk.venue.onCandle(candle);
};

/** Half a coin at 100 with a stop at 95 and a target at 110. */
function holding(venue: Parameters<typeof deskRig>[0] = {}): Desk {
  const desk = deskRig({ feeBps: '0', ...venue });
  desk.enter(entryOrder(1, '0.5', { stop: '95', target: '110' }), 1);
  play(desk, bar(1, 100, 101, 99, 100, 90));
  expect(desk.held()).toBe('0.5');
  return desk;
}

/** Sends the closing order of the whole position as one set with its protection, at hour `slot`. */
function close(desk: Desk, slot: number, size = '0.5'): void {
  const group = desk.execution.protectionOf(AGENT, BTCUSDT);
  if (group === undefined) throw new Error('the position is not protected');
  const order = approve({ ...closingOrder(9, 'flatten', size), group });
  desk.execution.submit(AGENT, BTCUSDT, order, unixMs(slot * HOUR));
}

const fills = (desk: Desk): readonly string[] =>
  desk.execution
    .fills()
    .slice(1)
    .map(({ purpose, quantity, price }) => `${purpose} ${formatDecimal(quantity)} at ${formatDecimal(price)}`);

describe('closing a position', () => {
  it('leaves stop and target resting until the sale fills, and then nothing rests', () => {
    const desk = holding();
    close(desk, 2);
    expect(desk.orderLines().slice(1)).toEqual([
      'stop accepted 0/0.5',
      'target accepted 0/0.5',
      'flatten accepted 0/0.5',
    ]);
    play(desk, bar(2, 100, 101, 99, 100));
    expect(fills(desk)).toEqual(['flatten 0.5 at 100']);
    expect(desk.venue.state().openOrders).toEqual([]);
    expect(desk.execution.openOrders()).toEqual([]);
  });

  it('is protected in the candle that the sale has missed: the stop fills, the sale is gone, nothing is sold twice', () => {
    const desk = holding();
    // Sent half an hour after the open of candle 2, so that it waits for the open of candle 3.
    close(desk, 2.5);
    play(desk, bar(2, 100, 101, 90, 91));
    expect(fills(desk)).toEqual(['stop 0.5 at 95']);
    expect(desk.orderLines()).toEqual([
      'entry filled 0.5/0.5',
      'stop filled 0.5/0.5',
      'target canceled 0/0.5',
      'flatten canceled 0/0.5',
    ]);
    play(desk, bar(3, 80, 81, 79, 80));
    expect(fills(desk)).toHaveLength(1);
    expect(desk.held()).toBe('0');
  });

  it('shrinks its protection in the instant in which a part of the sale fills', () => {
    const desk = holding({ venue: { participation: 0.1 } });
    close(desk, 2);
    // A tenth of 3 is 0.3 of the sale; the candle then falls through the stop, but its volume is used up.
    play(desk, bar(2, 100, 101, 94, 95, 3));
    expect(fills(desk)).toEqual(['flatten 0.3 at 100']);
    expect(
      desk.venue
        .state()
        .openOrders.map(({ order }) => order.purpose)
        .sort(),
    ).toEqual(['flatten', 'stop', 'target']);
    play(desk, bar(3, 90, 91, 89, 90, 90));
    expect(fills(desk)).toEqual(['flatten 0.3 at 100', 'flatten 0.2 at 90']);
    expect(desk.held()).toBe('0');
    expect(desk.venue.state().openOrders).toEqual([]);
  });

  it('sells no more than is held when the venue looks at cancels late: the set is one at the venue itself', () => {
    const desk = holding({ venue: { participation: 0.1, faults: { rng: createRng(1), lateCancels: 1 } } });
    close(desk, 2);
    // 0.3 of the sale; the old stop of 0.5 is canceled too late for the next open, which falls through it.
    play(desk, bar(2, 100, 101, 99, 100, 3), bar(3, 90, 91, 89, 90, 90));
    expect(fills(desk)).toEqual(['flatten 0.3 at 100', 'flatten 0.2 at 90']);
    expect(desk.held()).toBe('0');
    expect(desk.execution.openOrders()).toEqual([]);
  });

  it('protects further what a refused sale leaves', () => {
    const desk = holding();
    close(desk, 2, '0.5001');
    expect(desk.orderLines().at(-1)).toBe('flatten rejected 0/0.5001');
    play(desk, bar(2, 100, 101, 94, 95));
    expect(fills(desk)).toEqual(['stop 0.5 at 95']);
  });

  it('cancels entries alone when only they are to go', () => {
    const desk = holding();
    desk.enter({ ...entryOrder(2, '0.1', { stop: '95' }) }, 2);
    desk.execution.cancelEntries('closing', unixMs(2 * HOUR));
    expect(desk.orderLines()).toEqual([
      'entry filled 0.5/0.5',
      'stop accepted 0/0.5',
      'target accepted 0/0.5',
      'entry canceled 0/0.1',
    ]);
  });

  it('never sells more than is held and never leaves a stop behind, however candles, volumes and cancels fall', () => {
    const candle = fc.record({
      open: fc.integer({ min: 85, max: 120 }),
      up: fc.nat(15),
      down: fc.nat(15),
      volume: fc.integer({ min: 0, max: 9 }),
    });
    let closings = 0;
    fc.assert(
      fc.property(
        fc.array(candle, { minLength: 2, maxLength: 8 }),
        fc.constantFrom(2, 2.5, 3),
        fc.constantFrom(0, 0.5, 1),
        fc.integer({ min: 1, max: 1000 }),
        (candles, closesAt, lateCancels, seed) => {
          const desk = holding({ venue: { participation: 0.1, faults: { rng: createRng(seed), lateCancels } } });
          for (const [i, { open, up, down, volume }] of candles.entries()) {
            const slot = i + 2;
            if (slot === Math.ceil(closesAt) && desk.execution.protectionOf(AGENT, BTCUSDT) !== undefined)
              close(desk, closesAt === 2.5 ? 2.5 : slot, desk.held());
            play(desk, bar(slot, open, open + up, Math.max(1, open - down), open, volume));
            const { holding: left, openOrders } = desk.venue.state();
            expect(isNegative(left)).toBe(false);
            expect(formatDecimal(left)).toBe(desk.held());
            const sold = desk.execution.fills().filter(({ side }) => side === 'sell');
            const total = sold.reduce((sum, { quantity }) => sum + Number(formatDecimal(quantity)), 0);
            expect(Math.round((total + Number(desk.held())) * 1000)).toBe(500);
            if (desk.held() === '0') expect(openOrders).toEqual([]);
            else
              expect(
                desk.execution.openOrders().some(({ purpose }) => purpose === 'stop' || purpose === 'flatten'),
              ).toBe(true);
          }
          if (desk.execution.fills().some(({ purpose }) => purpose === 'flatten')) closings += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(closings).toBeGreaterThan(50);
  });
});

describe('a position that the venue left bare', () => {
  /** Refuses what it is told to by purpose. */
  const refusing = (purposes: readonly string[], times: number, ungrouped = false) => {
    const desk = deskRig({ feeBps: '0', ungrouped });
    let left = times;
    const { submit } = desk.venue;
    const refused: string[] = [];
    Object.assign(desk.venue, {
      submit: (order: Parameters<typeof submit>[0]) => {
        if (purposes.includes(order.order.purpose) && left > 0) {
          left -= 1;
          refused.push(order.order.purpose);
          submit({ ...order, order: { ...order.order, quantity: parseDecimal('0') } as typeof order.order });
        } else submit(order);
      },
    });
    desk.enter(entryOrder(1, '0.5', { stop: '95' }), 1);
    play(desk, bar(1, 100, 101, 99, 100));
    return { desk, refused };
  };

  it('is protected again with the next candle when the stop and the emergency sale were both refused', () => {
    const { desk, refused } = refusing(['stop', 'flatten'], 2);
    expect(refused).toEqual(['stop', 'flatten']);
    expect(desk.execution.openOrders()).toEqual([]);
    desk.execution.guard(unixMs(2 * HOUR));
    expect(desk.execution.openOrders().map(({ purpose }) => purpose)).toEqual(['stop']);
    desk.execution.guard(unixMs(2 * HOUR));
    expect(desk.execution.openOrders()).toHaveLength(1);
  });

  it('is given up after a few candles: a venue that always refuses is not asked for ever', () => {
    const { desk, refused } = refusing(['stop', 'flatten'], 1000);
    for (let i = 0; i < 20; i++) desk.execution.guard(unixMs((2 + i) * HOUR));
    // the first fill and five candles, a stop and an emergency sale each
    expect(refused).toHaveLength(12);
  });

  it('is never given up at a real venue, whose pause ends: after a few quick tries it is asked again once a minute', () => {
    const lookSecondly = (desk: Desk, looks: number): void => {
      for (let second = 0; second < looks; second++) desk.execution.guard(unixMs(2 * HOUR + second * 1000));
    };
    const { desk, refused } = refusing(['stop', 'flatten'], 1000, true);
    lookSecondly(desk, 59);
    expect(refused).toHaveLength(12);
    lookSecondly(desk, 61);
    expect(refused).toHaveLength(16);

    const paused = refusing(['stop', 'flatten'], 14, true);
    lookSecondly(paused.desk, 120);
    expect(paused.desk.execution.openOrders().map(({ purpose }) => purpose)).toEqual(['stop']);
  });
});
