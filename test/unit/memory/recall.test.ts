import { describe, expect, it } from 'vitest';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { closeness, FEATURE_NAMES, featuresOf } from '#core/memory/features.ts';
import { recall } from '#core/memory/recall.ts';
import type { Lesson } from '#core/memory/types.ts';
import { createLeakyMemoryStore, createMemoryStore } from '#test/support/memory-store.ts';
import { BTC, contextOf, lessonOf, NOW } from '#test/support/spawn-inputs.ts';

const DAY = 86_400_000;
const ETH = 'ETH/USDT.SIM' as InstrumentId;
const FACTS = { adx14: 30, rsi14: 60, ema20Slope: 0.1, drift168: 1, efficiency24: 0.3 };
const context = contextOf(FACTS);
const like = (id: string, facts: Partial<typeof FACTS> = {}, changes: Partial<Lesson> = {}): Lesson =>
  lessonOf(id, { features: featuresOf(contextOf({ ...FACTS, ...facts })), ...changes });
const recallFrom = (lessons: readonly Lesson[], limit = 10) =>
  recall({ store: createMemoryStore(lessons), asOf: NOW, context, regime: 'trending_up', instrumentId: BTC, limit });
const ids = (lessons: readonly Lesson[], limit?: number): string[] =>
  recallFrom(lessons, limit).map((found) => found.lesson.id);

describe('recall', () => {
  it('puts the most similar moment first', () => {
    const found = recallFrom([like('far', { adx14: 14, rsi14: 35 }), like('same'), like('near', { adx14: 33 })]);
    expect(found.map(({ lesson }) => lesson.id)).toEqual(['L-same', 'L-near', 'L-far']);
    expect(found[0]?.similarity).toBeGreaterThan(0.99);
    expect(found[2]?.similarity).toBeLessThan(0.5);
  });

  it('knows a lesson from the moment it is resolved, not before', () => {
    const atNow = like('now', {}, { resolvedAt: NOW });
    const later = like('later', {}, { resolvedAt: unixMs(NOW + 1) });
    expect(ids([atNow, later])).toEqual(['L-now']);
  });

  it('stops when the store leaks a lesson of the future', () => {
    const store = createLeakyMemoryStore([like('fine'), like('leak', {}, { resolvedAt: unixMs(NOW + 1) })]);
    const attempt = () => recall({ store, asOf: NOW, context, regime: 'trending_up', instrumentId: BTC, limit: 5 });
    expect(attempt).toThrow(/leaked lesson L-leak/);
  });

  it('takes the same instrument or the same regime, and nothing else', () => {
    const lessons = [
      like('same-both'),
      like('same-regime', {}, { instrumentId: ETH }),
      like('same-instrument', {}, { regime: 'ranging' }),
      like('neither', {}, { instrumentId: ETH, regime: 'ranging' }),
    ];
    expect(ids(lessons).sort()).toEqual(['L-same-both', 'L-same-instrument', 'L-same-regime']);
  });

  it('prefers the newer of two equal moments and keeps half of the oldest', () => {
    const old = like('old', {}, { resolvedAt: unixMs(NOW - 900 * DAY), decidedAt: unixMs(NOW - 901 * DAY) });
    const found = recallFrom([old, like('new')]);
    expect(found.map(({ lesson }) => lesson.id)).toEqual(['L-new', 'L-old']);
    expect(found[1]?.similarity).toBeCloseTo(0.5, 2);
  });

  it('orders ties the same way however the store answers', () => {
    const lessons = [like('b'), like('a'), like('c')];
    expect(ids(lessons)).toEqual(['L-a', 'L-b', 'L-c']);
    expect(ids(lessons.toReversed())).toEqual(['L-a', 'L-b', 'L-c']);
  });

  it('answers with at most the limit, each lesson once', () => {
    expect(ids([like('a'), like('b'), like('a')], 5)).toEqual(['L-a', 'L-b']);
    expect(ids([like('a'), like('b')], 1)).toEqual(['L-a']);
    expect(ids([like('a')], 0)).toEqual([]);
  });

  it('finds an instrument of which little is said among many newer lessons of others', () => {
    const crowd = Array.from({ length: 600 }, (_, i) =>
      like(`eth${i}`, {}, { instrumentId: ETH, regime: 'ranging', resolvedAt: NOW }),
    );
    expect(ids([...crowd, like('mine')])).toEqual(['L-mine']);
  });
});

describe('features', () => {
  it('are facts that the context measures', () => {
    expect(FEATURE_NAMES.length).toBeGreaterThanOrEqual(8);
    for (const name of FEATURE_NAMES) expect(Object.keys(FACT_CATALOGUE)).toContain(name);
  });

  it('lie between 0 and 1 and leave out what is not measured', () => {
    const features = featuresOf(contextOf({ adx14: 30, rsi14: 500, ema20Slope: -9, return24: 0.5 }));
    expect(features).toEqual({ adx14: 0.5, rsi14: 1, ema20Slope: 0 });
  });

  it('say nothing about likeness when fewer than three are shared', () => {
    expect(closeness({ a: 1, b: 1 }, { a: 1, b: 1 })).toBe(0);
    expect(closeness({ a: 1, b: 1, c: 0 }, { a: 1, b: 1, c: 0 })).toBe(1);
    expect(closeness({ a: 1, b: 1, c: 0, d: 0 }, { a: 1, b: 1, c: 0 })).toBe(0.75);
    expect(closeness({}, {})).toBe(0);
  });
});
