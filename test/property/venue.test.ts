import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, toFloat } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import * as fc from '../support/seeded-check.ts';
import { AGENT, BTCUSDT, candle, closingOrder, deskRig, entryOrder } from '../support/trading-builders.ts';

type Move = { readonly gap: number; readonly body: number; readonly up: number; readonly down: number };

const move: fc.Arbitrary<Move> = fc.record({
  gap: fc.integer({ min: -800, max: 800 }),
  body: fc.integer({ min: -800, max: 800 }),
  up: fc.nat(1200),
  down: fc.nat(1200),
});

/** A walk in whole cents around 100, with gaps; hourly, from slot 1. */
const tape = fc.array(move, { minLength: 2, maxLength: 12 }).map((moves): readonly ClosedCandle[] => {
  let last = 10_000;
  return moves.map(({ gap, body, up, down }, i) => {
    const open = Math.max(2000, last + gap);
    const close = Math.max(2000, open + body);
    last = close;
    const low = Math.max(1000, Math.min(open, close) - down);
    return candle(i + 1, open / 100, (Math.max(open, close) + up) / 100, low / 100, close / 100);
  });
});

const plan = fc.record({
  lots: fc.integer({ min: 100, max: 2000 }),
  stopCents: fc.integer({ min: 8000, max: 9950 }),
  targetCents: fc.integer({ min: 10_050, max: 12_000 }),
  exitAt: fc.nat(12),
  feeBps: fc.constantFrom('0', '7.5', '10'),
  halfSpreadBps: fc.constantFrom('0', '3', '12.5'),
});
type Plan = {
  readonly lots: number;
  readonly stopCents: number;
  readonly targetCents: number;
  readonly exitAt: number;
  readonly feeBps: string;
  readonly halfSpreadBps: string;
};

const cents = (value: number): string => (value / 100).toFixed(2);

type Dated = { readonly fill: Fill; readonly candle: ClosedCandle; readonly atOpen: boolean };

/** One bracket over a tape, with an exit order at some close when it is still held. */
function play(candles: readonly ClosedCandle[], { lots, stopCents, targetCents, exitAt, feeBps, halfSpreadBps }: Plan) {
  const desk = deskRig({ cash: '1000000', feeBps, halfSpreadBps });
  desk.enter(entryOrder(1, (lots / 1000).toFixed(3), { stop: cents(stopCents), target: cents(targetCents) }), 1);
  const linesAfter: string[][] = [];
  const fills: Dated[] = [];
  candles.forEach((next, i) => {
    if (i === exitAt && desk.held() !== '0') desk.enter(closingOrder(9, 'exit', desk.held()), i + 1);
    desk.venue.onCandle(next);
    linesAfter.push([...desk.lines]);
    // The close of one candle is the open of the next: only the call tells which candle a fill belongs to.
    for (const fill of desk.execution.fills().slice(fills.length)) {
      expect([next.openTime, next.closeTime]).toContain(fill.tsEvent);
      fills.push({ fill, candle: next, atOpen: fill.tsEvent === next.openTime });
    }
  });
  return { desk, linesAfter, fills };
}

describe('simulated venue and bracket, over any tape', () => {
  it('no fill is better than the market allows', () => {
    const reached = { open: 0, stop: 0, target: 0, gap: 0 };
    fc.assert(
      fc.property(tape, plan, (candles, given) => {
        const spread = Number(given.halfSpreadBps) / 10_000;
        const [stop, target] = [given.stopCents / 100, given.targetCents / 100];
        for (const { fill, candle: met, atOpen } of play(candles, given).fills) {
          const paid = toFloat(fill.price);
          const asTaker = met.open * (1 - spread) + 1e-9;
          if (fill.purpose === 'entry') {
            reached.open += 1;
            expect(atOpen).toBe(true);
            expect(paid).toBeGreaterThanOrEqual(met.open * (1 + spread) - 1e-9);
          } else if (fill.purpose === 'stop') {
            reached.stop += 1;
            if (atOpen) reached.gap += 1;
            expect(atOpen).toBe(met.open <= stop);
            if (atOpen) expect(paid).toBeLessThanOrEqual(asTaker);
            else expect([paid, met.low <= stop]).toEqual([stop, true]);
          } else if (fill.purpose === 'target') {
            reached.target += 1;
            // One that rests needs a trade through its price; one that has just come takes an open that pays exactly that.
            if (fill.liquidity === 'maker') {
              expect(atOpen ? met.open : met.high).toBeGreaterThan(target);
              expect(paid).toBe(target);
            } else expect([atOpen, paid >= target, paid <= asTaker]).toEqual([true, true, true]);
          } else {
            expect([atOpen, paid <= asTaker]).toEqual([true, true]);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(Math.min(reached.open, reached.stop, reached.target, reached.gap)).toBeGreaterThan(20);
  });

  it('a candle that touches both never pays the target, unless its open lies beyond it', () => {
    let both = 0;
    fc.assert(
      fc.property(tape, plan, (candles, given) => {
        for (const { fill, candle: met, atOpen } of play(candles, given).fills) {
          const touchesBoth = met.low <= given.stopCents / 100 && met.high > given.targetCents / 100;
          if (!touchesBoth || (fill.purpose !== 'stop' && fill.purpose !== 'target')) continue;
          both += 1;
          if (!(atOpen && met.open >= given.targetCents / 100)) expect(fill.purpose).toBe('stop');
        }
      }),
      { numRuns: 500 },
    );
    expect(both).toBeGreaterThan(50);
  });

  it('what is held is never negative, always protected, and nothing rests when it is sold', () => {
    fc.assert(
      fc.property(tape, plan, (candles, given) => {
        const { desk } = play(candles, given);
        const held = desk.held();
        expect(formatDecimal(desk.venue.state().holding)).toBe(held);
        const resting = desk.execution
          .openOrders()
          .map(({ purpose, quantity: size }) => `${purpose} ${formatDecimal(size)}`);
        expect(resting).toEqual(held === '0' ? [] : [`stop ${held}`, `target ${held}`]);
        expect(desk.execution.orders().filter(({ agentId }) => agentId !== AGENT)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('the account reconciles to the last digit', () => {
    fc.assert(
      fc.property(tape, plan, (candles, given) => {
        const { desk } = play(candles, given);
        const close = candles.at(-1)?.close ?? 100;
        const proof = reconcile(desk.ledger(), new Map([[BTCUSDT, price(close.toFixed(2))]]));
        expect(formatDecimal(proof.difference)).toBe('0');
      }),
      { numRuns: 300 },
    );
  });

  it('cutting the tape anywhere changes nothing that happened before the cut', () => {
    fc.assert(
      fc.property(tape, plan, fc.nat(11), (candles, given, cut) => {
        const length = Math.min(cut + 1, candles.length);
        const whole = play(candles, given).linesAfter[length - 1];
        expect(play(candles.slice(0, length), given).desk.lines).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
