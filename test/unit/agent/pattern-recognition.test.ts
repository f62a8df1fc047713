import { describe, expect, it } from 'vitest';
import { patternRecognition } from '#core/agent/families/pattern-recognition.ts';
import { patternsSince } from '#core/context/patterns/patterns-in.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { seriesOfColumns } from '#core/market/candle-columns.ts';
import { andThen, asking } from '#test/support/ask-family.ts';
import { seriesUntil, tapeOf, trendCloses } from '#test/support/candle-tapes.ts';
import { changingMarket } from '#test/support/family-markets.ts';

const ask = asking(patternRecognition);
const market = seriesOfColumns(changingMarket(1_200, 4));
/** The market at each moment after the warm-up. */
const moments: readonly CandleSeries[] = Array.from({ length: 900 }, (_, i) => seriesUntil(market, 250 + i));
const recent = ({ candles }: CandleSeries) => patternsSince(candles, candles.length - 3);
const scoreOf = (series: CandleSeries): number =>
  recent(series).reduce(
    (sum, { direction, kind }) => sum + (kind === 'chart' ? 2 : 1) * { bullish: 1, bearish: -1, neutral: 0 }[direction],
    0,
  );
const first = (held: number, pattern: RegExp): CandleSeries => {
  const found = moments.find((series) => pattern.test(ask(series, { held }).reason));
  if (found === undefined) throw new Error(`no moment says ${pattern}`);
  return found;
};

describe('pattern recognition', () => {
  it('buys exactly where bullish patterns outweigh, and names them', () => {
    const entries = moments.filter((series) => ask(series).kind === 'enter');
    expect(entries.length).toBeGreaterThan(5);
    for (const series of entries) {
      const score = scoreOf(series);
      expect(score).toBeGreaterThanOrEqual(2);
      const { reason } = ask(series);
      expect(reason).toContain(`score ${score} of ${recent(series).length} patterns in 3 candles`);
      expect(recent(series).some(({ label, direction }) => direction === 'bullish' && reason.includes(label))).toBe(
        true,
      );
    }
  });

  it('leaves on bearish patterns, when the market falls, and when its time is up', () => {
    const bearish = moments.filter((series) => ask(series, { held: 3 }).reason.startsWith('bearish patterns'));
    expect(bearish.length).toBeGreaterThan(5);
    for (const series of bearish) {
      expect(ask(series, { held: 3 }).kind).toBe('exit');
      expect(scoreOf(series)).toBeLessThanOrEqual(-2);
    }
    const falling = tapeOf(andThen(trendCloses(300, 0.0005), 40, -0.004), '1h', 0.003);
    expect(ask(falling, { held: 3, parameters: { exitScore: 6 } })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the market falls'),
    });
    expect(ask(market, { held: 24 })).toMatchObject({ kind: 'exit', reason: expect.stringContaining('time is up') });
    expect(ask(first(3, /^nothing speaks against it/), { held: 3 }).kind).toBe('hold');
  });

  it('does not trade when it should not', () => {
    const none = first(0, /^no pattern to act on/);
    expect(scoreOf(none)).toBeLessThan(2);
    expect(ask(none).kind).toBe('hold');
    // A bearish pattern that is complete with the newest candle speaks louder than the score.
    const against = moments.find((series) =>
      ask(series, { parameters: { recentBars: 10 } }).reason.startsWith('the newest candle speaks against it'),
    );
    if (against === undefined) throw new Error('no such moment');
    const newest = patternsSince(against.candles, against.candles.length - 1);
    expect(newest.some(({ direction }) => direction === 'bearish')).toBe(true);
    // Bullish patterns, but far below the average.
    const deep = moments.filter((series) =>
      /^the market falls: close [\d.]+ is [\d.]+ ATR below EMA 50$/.test(ask(series).reason),
    );
    expect(deep.length).toBeGreaterThan(0);
    for (const series of deep) expect(ask(series).kind).toBe('hold');
    expect(ask(tapeOf(Array(300).fill(100), '1h', 0))).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the market does not move/),
    });
  });

  it('holds until it has seen enough', () => {
    expect(patternRecognition.warmUp(patternRecognition.defaults)).toBe(150);
    expect(ask(seriesUntil(market, 148))).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('150 are needed'),
    });
    expect(() => patternRecognition.parse({ ...patternRecognition.defaults, minScore: 0 })).toThrow(/minScore/);
  });
});
