import { describe, expect, it } from 'vitest';
import { sentiment } from '#core/agent/families/sentiment.ts';
import type { NewsReading } from '#core/news/types.ts';
import { andThen, asking, newsAt } from '#test/support/ask-family.ts';
import { closeTimeAt, tapeOf, trendCloses } from '#test/support/candle-tapes.ts';

const ask = asking(sentiment);
const rise = tapeOf(trendCloses(200, 0.002));
const fall = tapeOf(trendCloses(200, -0.002));
const withNews = (changes: Partial<NewsReading> = {}) => ({ news: newsAt(rise, changes) });

describe('sentiment', () => {
  it('buys a good mood that a rising price agrees with', () => {
    expect(ask(rise, withNews())).toMatchObject({
      kind: 'enter',
      reason: expect.stringMatching(/^good mood and a rising price: tone 0\.4 of 12 items, close/),
    });
  });

  it('opens nothing on news alone, however good, nor on the price alone', () => {
    expect(ask(fall, { news: newsAt(fall, { sentiment: 1, items: 500, sources: 50 }) })).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^the price does not agree/),
    });
    expect(ask(rise)).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^no news are followed: nothing is opened on the price alone/),
    });
    // Each half of the price's answer by itself: below an average that rises, and above one that falls.
    const dip = tapeOf(andThen(trendCloses(200, 0.004), 1, -0.08));
    expect(ask(dip, { news: newsAt(dip) })).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/is not above/),
    });
    const spike = tapeOf(andThen(trendCloses(400, -0.002), 1, 0.14));
    expect(ask(spike, { news: newsAt(spike), parameters: { trendLength: 100 } })).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/does not rise/),
    });
  });

  it('does not trade when it should not', () => {
    for (const [changes, why] of [
      [{ risk: 'high' }, /^the news say that risk is high/],
      [{ items: 4 }, /^too few news: 4 items, 5 are needed/],
      [{ sources: 1 }, /^too few sources: 1, 2 are needed/],
      [{ fearGreed: 81 }, /^everybody is greedy already: Fear & Greed 81/],
      [{ sentiment: 0.14 }, /^the mood is not good enough: tone 0\.14/],
      [{ items: 0, sources: 0, sentiment: 0 }, /^too few news/],
    ] as const)
      expect(ask(rise, withNews(changes))).toMatchObject({ kind: 'hold', reason: expect.stringMatching(why) });
    expect(ask(rise, withNews({ fearGreed: 80 })).kind).toBe('enter');
  });

  it('leaves when the mood or the price turns, when risk is high, and when its time is up', () => {
    expect(ask(rise, { held: 5, ...withNews({ sentiment: -0.05 }) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the mood turned'),
    });
    expect(ask(rise, { held: 5, ...withNews({ risk: 'high' }) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('risk is high'),
    });
    expect(ask(fall, { held: 5, news: newsAt(fall) })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('the price turned'),
    });
    expect(ask(rise, { held: 48, ...withNews() })).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('time is up'),
    });
    expect(ask(rise, { held: 5, ...withNews({ sentiment: 0 }) })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('the mood lasts'),
    });
  });

  it('leaves what it holds to price and time when the news stop', () => {
    expect(ask(rise, { held: 5 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('left to price and time'),
    });
    expect(ask(fall, { held: 5 })).toMatchObject({ kind: 'exit' });
  });

  it('does not look at news of later', () => {
    const later = tapeOf(trendCloses(201, 0.002));
    expect(() => ask(rise, { news: newsAt(later) })).toThrow(/were read for a decision at/);
    expect(closeTimeAt(later, 199)).toBe(closeTimeAt(rise, 199));
  });

  it('holds until it has seen enough', () => {
    const short = tapeOf(trendCloses(92, 0.002));
    expect(sentiment.warmUp(sentiment.defaults)).toBe(93);
    expect(ask(short, { news: newsAt(short) })).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('too little history'),
    });
    expect(() => sentiment.parse({ ...sentiment.defaults, exitTone: 0.2 })).toThrow(/exitTone/);
  });
});
