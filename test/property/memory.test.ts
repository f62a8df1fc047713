import { describe, expect, it } from 'vitest';
import { REGIMES } from '#core/analyst/types.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { FEATURE_NAMES } from '#core/memory/features.ts';
import { recall } from '#core/memory/recall.ts';
import type { Lesson } from '#core/memory/types.ts';
import { createLeakyMemoryStore, createMemoryStore } from '#test/support/memory-store.ts';
import { BTC, contextOf, lessonOf, NOW } from '#test/support/spawn-inputs.ts';
import * as fc from '../support/seeded-check.ts';

const DAY = 86_400_000;
const moments = fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY }).map(unixMs);
const instruments = fc.constantFrom(BTC, 'ETH/USDT.SIM' as InstrumentId);
const features = fc.dictionary(fc.constantFrom(...FEATURE_NAMES), fc.double({ min: 0, max: 1, noNaN: true }));

const timelines: fc.Arbitrary<readonly Lesson[]> = fc
  .array(
    fc.record({
      resolvedAt: moments,
      lived: fc.integer({ min: 0, max: 3 * DAY }),
      instrumentId: instruments,
      regime: fc.constantFrom(...REGIMES),
      features,
    }),
    { maxLength: 30 },
  )
  .map((list) =>
    list.map(({ lived, ...changes }, i) =>
      lessonOf(String(i), { ...changes, decidedAt: unixMs(changes.resolvedAt - lived) }),
    ),
  );

const question = fc.record({
  asOf: moments,
  regime: fc.constantFrom(...REGIMES),
  instrumentId: instruments,
  limit: fc.integer({ min: 0, max: 12 }),
});
const context = contextOf({ adx14: 30, rsi14: 55, ema20Slope: 0.1, drift168: 0.5, efficiency24: 0.2, emaStack: 1 });

describe('memory', () => {
  it('recalls at any moment only what was resolved by then, and all of it that fits', () => {
    let recalledInAll = 0;
    fc.assert(
      fc.property(timelines, question, (lessons, asked) => {
        const found = recall({ store: createMemoryStore(lessons), context, ...asked });
        recalledInAll += found.length;
        for (const { lesson, similarity } of found) {
          expect(lesson.resolvedAt).toBeLessThanOrEqual(asked.asOf);
          expect(lesson.instrumentId === asked.instrumentId || lesson.regime === asked.regime).toBe(true);
          expect(similarity).toBeGreaterThanOrEqual(0);
          expect(similarity).toBeLessThanOrEqual(1);
        }
        const fitting = lessons.filter(
          (lesson) =>
            lesson.resolvedAt <= asked.asOf &&
            (lesson.instrumentId === asked.instrumentId || lesson.regime === asked.regime),
        );
        expect(found).toHaveLength(Math.min(asked.limit, fitting.length));
      }),
    );
    expect(recalledInAll).toBeGreaterThan(50);
  });

  it('answers the same whether or not later lessons exist, and in whatever order they were kept', () => {
    fc.assert(
      fc.property(timelines, question, fc.nat(), (lessons, asked, seed) => {
        const known = lessons.filter((lesson) => lesson.resolvedAt <= asked.asOf);
        const rng = createRng(seed);
        const shuffled = known.map((lesson) => ({ lesson, at: rng.next() })).sort((a, b) => a.at - b.at);
        const whole = recall({ store: createMemoryStore(lessons), context, ...asked });
        expect(recall({ store: createMemoryStore(shuffled.map(({ lesson }) => lesson)), context, ...asked })).toEqual(
          whole,
        );
      }),
    );
  });

  it('refuses a store that leaks a single lesson of the future', () => {
    fc.assert(
      fc.property(timelines, question, fc.integer({ min: 1, max: DAY }), fc.nat(), (lessons, asked, ahead, at) => {
        const known = lessons.filter((lesson) => lesson.resolvedAt <= asked.asOf);
        const leak = lessonOf('leak', { resolvedAt: unixMs(asked.asOf + ahead) });
        const leaking = known.toSpliced(at % (known.length + 1), 0, leak);
        expect(() => recall({ store: createLeakyMemoryStore(leaking), context, ...asked })).toThrow(
          /leaked lesson L-leak/,
        );
        expect(() => recall({ store: createLeakyMemoryStore(known), context, ...asked })).not.toThrow();
      }),
    );
  });
});
