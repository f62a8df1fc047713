import { describe, expect, it } from 'vitest';
import { scalping } from '#core/agent/families/scalping.ts';
import type { Interval } from '#core/domain/interval.ts';
import { andThen, asking, withLast } from '#test/support/ask-family.ts';
import { tapeOf, trendCloses } from '#test/support/candle-tapes.ts';

const ask = asking(scalping);
/** A small rise, and three candles down that stay above its average. */
const dip = (interval: Interval = '5m', reach = 0.001) =>
  tapeOf(andThen(trendCloses(200, 0.0008), 3, -0.001), interval, reach);

describe('scalping', () => {
  it('buys a dip in a small rise and says which', () => {
    expect(ask(dip())).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^dip in a small rise: close [\d.]+, EMA 20 at [\d.]+, RSI [\d.]+$/),
    });
  });

  it('leaves when the dip is made good, when it became a fall, and when its time is up', () => {
    const recovered = tapeOf(andThen(andThen(trendCloses(200, 0.0008), 3, -0.001), 3, 0.002), '5m');
    expect(ask(recovered, { held: 3 })).toMatchObject({ kind: 'exit', reason: expect.stringContaining('made good') });
    const fallen = tapeOf(andThen(trendCloses(200, 0.0008), 12, -0.002), '5m');
    expect(ask(fallen, { held: 3 })).toMatchObject({ kind: 'exit', reason: expect.stringContaining('became a fall') });
    expect(ask(dip(), { held: 8 })).toMatchObject({ kind: 'exit', reason: 'time is up: held 8 candles, at most 8' });
    expect(ask(dip(), { held: 7 })).toMatchObject({ kind: 'hold', reason: expect.stringContaining('waiting') });
  });

  it('does not trade when it should not', () => {
    const why = (tape: ReturnType<typeof dip>) => {
      const intent = ask(tape);
      expect(intent.kind).toBe('hold');
      return intent.reason;
    };
    expect(why(dip('1h'))).toBe('no scalping on candles of 60 minutes: at most 15');
    expect(
      why(
        tapeOf(
          andThen(
            trendCloses(200, 0.00002).map((c) => Math.round(c * 1e4) / 1e4),
            3,
            -0.00002,
          ),
          '5m',
          0,
        ),
      ),
    ).toMatch(/^too quiet to pay its costs: a candle spans [\d.]+ bps, 12 are needed/);
    expect(why(dip('5m', 0.012))).toMatch(/^too wild to scalp/);
    expect(why(withLast(dip(), { volume: 1 }))).toMatch(/^hardly traded: volume is 0\.0\d+ of the usual/);
    expect(why(tapeOf(trendCloses(203, -0.0008), '5m'))).toMatch(/^no small rise/);
    expect(why(tapeOf(andThen(trendCloses(200, 0.0008), 3, 0.001), '5m'))).toMatch(/^no dip: RSI/);
  });

  it('holds until it has seen enough', () => {
    const short = tapeOf(andThen(trendCloses(66, 0.0008), 3, -0.001), '5m');
    expect(scalping.warmUp(scalping.defaults)).toBe(70);
    expect(ask(short)).toMatchObject({ kind: 'hold', reason: 'too little history: 69 closed candles, 70 are needed' });
  });

  it('has bounds that keep entry and exit apart, and names what is out of them', () => {
    expect(() => scalping.parse({ ...scalping.defaults, entryRsi: 50 })).toThrow(/entryRsi/);
    expect(() => scalping.parse({ ...scalping.defaults, longestMinutes: 240 })).toThrow(/longestMinutes/);
  });
});
