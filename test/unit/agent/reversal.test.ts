import { describe, expect, it } from 'vitest';
import { reversal } from '#core/agent/families/reversal.ts';
import { andThen, asking } from '#test/support/ask-family.ts';
import { rangeCloses, tapeOf } from '#test/support/candle-tapes.ts';

const ask = asking(reversal);
const fallen = andThen(rangeCloses(150, 24, 0.004), 20, -0.006);
/** The newest candle closes above the high of the one before. */
const turn = tapeOf(andThen(fallen, 1, 0.009));

describe('reversal', () => {
  it('buys the first candle that turns up after an exhausted fall', () => {
    expect(ask(turn)).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^turn after a fall of [\d.]+ usual ranges: close [\d.]+, RSI [\d.]+$/),
    });
  });

  it('leaves when the fall is made good, when the low does not hold, and when its time is up', () => {
    expect(ask(tapeOf(andThen(fallen, 8, 0.01)), { held: 5 })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('made good'),
    });
    expect(ask(tapeOf(andThen(fallen, 1, -0.006)), { held: 5 })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the low did not hold'),
    });
    expect(ask(turn, { held: 24 })).toMatchObject({ kind: 'exit', reason: expect.stringContaining('time is up') });
    expect(ask(turn, { held: 23 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('waiting for the way back'),
    });
  });

  it('does not trade when it should not', () => {
    expect(ask(tapeOf(rangeCloses(171, 24, 0.001)))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^no fall to turn/),
    });
    expect(ask(tapeOf(andThen(andThen(fallen, 10, 0.006), 1, 0.009)))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the fall is not exhausted: RSI was never below [\d.]+/),
    });
    expect(ask(tapeOf(fallen))).toMatchObject({ kind: 'hold', reason: expect.stringMatching(/^still falling/) });
    expect(ask(tapeOf(andThen(fallen, 1, 0.04)))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^shock/),
    });
    expect(
      ask(tapeOf(andThen(fallen, 1, 0.04)), { parameters: { shockAtr: 6, exitRsi: 50, rsiLength: 5 } }),
    ).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the way back is made already/),
    });
    expect(ask(tapeOf(Array(171).fill(100), '1h', 0))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the market does not move/),
    });
  });

  it('holds until it has seen enough', () => {
    expect(reversal.warmUp(reversal.defaults)).toBe(74);
    expect(ask(tapeOf(fallen.slice(-73)))).toMatchObject({
      kind: 'hold',
      reason: 'too little history: 73 closed candles, 74 are needed',
    });
  });

  it('names parameters that are out of their bounds', () => {
    expect(() => reversal.parse({ ...reversal.defaults, oversoldRsi: 60 })).toThrow(/oversoldRsi/);
    expect(() => reversal.parse({ ...reversal.defaults, exitRsi: 45 })).toThrow(/exitRsi/);
  });
});
