import { describe, expect, it } from 'vitest';
import { dca } from '#core/agent/families/dca.ts';
import { andThen, asking, lastOf, withLast } from '#test/support/ask-family.ts';
import { tapeOf, trendCloses } from '#test/support/candle-tapes.ts';

const ask = asking(dca);
const rise = tapeOf(trendCloses(200, 0.0003), '1h', 0.003);

describe('dollar-cost averaging', () => {
  it('buys the first part of four at once, and the others six candles apart', () => {
    expect(ask(rise)).toMatchObject({
      kind: 'enter',
      tranches: 4,
      reason: expect.stringMatching(/^part 1 of 4: close [\d.]+, average [\d.]+$/),
    });
    expect(ask(rise, { held: 5, tranches: 1 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^part 2 of 4 in 1 candles/),
    });
    expect(ask(rise, { held: 6, tranches: 1 })).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^part 2 of 4/),
    });
    expect(ask(rise, { held: 11, tranches: 2 }).kind).toBe('hold');
    expect(ask(rise, { held: 18, tranches: 3 })).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^part 4 of 4/),
    });
    expect(ask(rise, { held: 30, tranches: 4 })).toMatchObject({
      kind: 'hold',
      reason: 'all 4 parts are bought: held 30 of 40 candles',
    });
  });

  it('takes a position that nobody counted for one part', () => {
    expect(ask(rise, { held: 6 })).toMatchObject({ kind: 'enter', reason: expect.stringMatching(/^part 2 of 4/) });
  });

  it('sells all of it when the plan is over and when the rise is', () => {
    expect(ask(rise, { held: 40, tranches: 4 })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the plan is over'),
    });
    const fallen = tapeOf(andThen(trendCloses(200, 0.0003), 20, -0.003), '1h', 0.003);
    expect(ask(fallen, { held: 10, tranches: 2 })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the rise is over'),
    });
  });

  it('buys no part, the first or a later one, when it should not', () => {
    const falls = tapeOf(trendCloses(200, -0.0003), '1h', 0.003);
    const dear = tapeOf(andThen(trendCloses(200, 0.0003), 8, 0.004), '1h', 0.003);
    const last = lastOf(rise);
    const shock = withLast(rise, { high: last.close * 1.03, low: last.close * 0.97 });
    const still = tapeOf(Array(200).fill(100), '1h', 0);
    for (const [tape, why] of [
      [falls, /the market falls/],
      [dear, /too dear/],
      [shock, /shock: the candle spans [\d.]+ usual ranges/],
      [still, /the market does not move/],
    ] as const) {
      expect(ask(tape)).toMatchObject({ kind: 'hold', reason: expect.stringMatching(why) });
      const later = ask(tape, { held: 6, tranches: 1 });
      expect(later.kind).not.toBe('enter');
    }
    expect(ask(dear, { held: 6, tranches: 1 }).reason).toMatch(/^part 2 waits: too dear/);
    // A part that had to wait is bought as soon as it may be, and none is skipped.
    expect(ask(rise, { held: 15, tranches: 1 })).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^part 2 of 4/),
    });
  });

  it('holds until it has seen enough', () => {
    expect(dca.warmUp(dca.defaults)).toBe(110);
    expect(ask(tapeOf(trendCloses(109, 0.0003)))).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('110 are needed'),
    });
  });

  it('refuses a plan whose last part would be bought after everything was sold', () => {
    expect(() => dca.parse({ ...dca.defaults, tranches: 5, everyBars: 12 })).toThrow(/last part must be bought before/);
    expect(() => dca.parse({ ...dca.defaults, tranches: 6 })).toThrow(/tranches/);
    expect(dca.tranches?.(dca.defaults)).toBe(4);
  });
});
