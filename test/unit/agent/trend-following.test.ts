import { describe, expect, it } from 'vitest';
import { trendFollowing } from '#core/agent/families/trend-following.ts';
import type { AgentView } from '#core/agent/types.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { closeTimeAt, rangeCloses, tapeOf, trendCloses } from '#test/support/candle-tapes.ts';

const viewAt = (series: CandleSeries, index: number, holding = false, barsHeld = 0): AgentView => ({
  asOf: closeTimeAt(series, index),
  series,
  holding,
  barsHeld,
});
const decideAt = (series: CandleSeries, index: number, holding = false) =>
  trendFollowing.decide(viewAt(series, index, holding, holding ? 3 : 0), trendFollowing.defaults);

describe('trend following', () => {
  it('joins an uptrend at the moment of the spawn, long after the averages crossed', () => {
    const tape = tapeOf(trendCloses(300, 0.003));
    const intent = decideAt(tape, 299);
    expect(intent).toMatchObject({ kind: 'enter', direction: 'long', decidedAt: closeTimeAt(tape, 299) });
    expect(intent.reason).toMatch(/^uptrend: EMA 20 at [\d.]+ is above EMA 50 at [\d.]+, ADX [\d.]+, close [\d.]+$/);
  });

  it('holds through a downtrend and says that shorts are not part of this release', () => {
    const intent = decideAt(tapeOf(trendCloses(300, -0.003)), 299);
    expect(intent).toMatchObject({ kind: 'hold' });
    expect(intent.reason).toContain('downtrend: shorts are not part of this release');
  });

  it('does not enter a market that moves sideways', () => {
    const tape = tapeOf(rangeCloses(300, 8));
    const kinds = Array.from({ length: 50 }, (_, i) => decideAt(tape, 250 + i).kind);
    expect(new Set(kinds)).toEqual(new Set(['hold']));
  });

  it('stays in while the trend lasts and leaves when the close falls below the trailing level', () => {
    const rise = trendCloses(300, 0.003);
    const top = rise.at(-1) as number;
    const tape = tapeOf([...rise, top * 0.99, top * 0.9]);
    expect(decideAt(tape, 299, true)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('trend lasts') });
    expect(decideAt(tape, 301, true)).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('trailing level'),
    });
  });

  it('leaves when the fast average is below the slow one', () => {
    const rise = trendCloses(250, 0.003);
    const fall = trendCloses(80, -0.002, rise.at(-1));
    const intent = decideAt(tapeOf([...rise, ...fall]), 329, true);
    expect(intent).toMatchObject({
      kind: 'exit',
      reason: expect.stringMatching(/^trend over: EMA 20 at .* is below EMA 50/),
    });
  });

  it('never wants in and out of the same candle', () => {
    const rise = trendCloses(250, 0.002);
    const tape = tapeOf([...rise, ...rangeCloses(100, 16, 0.02, rise.at(-1)), ...trendCloses(60, 0.004, rise.at(-1))]);
    let entries = 0;
    for (let index = 160; index < tape.candles.length; index++) {
      if (decideAt(tape, index).kind !== 'enter') continue;
      entries++;
      expect(decideAt(tape, index, true).kind).toBe('hold');
    }
    expect(entries).toBeGreaterThan(20);
  });

  it('waits for enough history and says how much is missing', () => {
    const tape = tapeOf(trendCloses(149, 0.003));
    expect(decideAt(tape, 148).reason).toBe('too little history: 149 closed candles, 150 are needed');
    expect(trendFollowing.warmUp(trendFollowing.defaults)).toBe(150);
  });

  it('decides the same for a market whose prices are a billionth', () => {
    const closes = trendCloses(300, 0.003);
    const normal = decideAt(tapeOf(closes), 299);
    const tiny = decideAt(tapeOf(closes.map((close) => close * 1e-9)), 299);
    expect(tiny.kind).toBe(normal.kind);
    expect(tiny.reason).toContain('EMA 20 at 0.000000');
  });

  it('refuses parameters outside their bounds and names them', () => {
    expect(() => trendFollowing.parse({ ...trendFollowing.defaults, trailAtr: 0.5 })).toThrow(/trailAtr/);
    expect(() => trendFollowing.parse({ ...trendFollowing.defaults, fastLength: 50, slowLength: 50 })).toThrow(
      /shorter/,
    );
    expect(() => trendFollowing.parse({ ...trendFollowing.defaults, leverage: 5 })).toThrow(/leverage/);
    expect(() => trendFollowing.parse({ ...trendFollowing.defaults, minAdx: Number.NaN })).toThrow(/minAdx/);
  });
});
