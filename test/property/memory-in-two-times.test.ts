import { afterAll, describe, expect, it } from 'vitest';
import { REGIMES } from '#core/analyst/types.ts';
import { type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { FEATURE_NAMES } from '#core/memory/features.ts';
import { remember } from '#core/memory/remember.ts';
import type { Lesson, LessonTrial } from '#core/memory/types.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import { createMemoryStore } from '#test/support/memory-store.ts';
import { contextOf, lessonOf, NOW } from '#test/support/spawn-inputs.ts';
import { openAsAttacker, openTestStorage } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import * as fc from '../support/seeded-check.ts';

const HOUR = 3_600_000;
const FACTS = { adx14: 30, rsi14: 55, ema20Slope: 0.1, drift168: 0.5, efficiency24: 0.2, emaStack: 1 };
const moments = fc.integer({ min: -400, max: 400 }).map((hours) => unixMs(NOW + hours * HOUR));
const places = fc.integer({ min: 1, max: 60 });

/** What a journal may tell of memory, in any order of the market's time. */
type Told =
  | { readonly kind: 'lesson'; readonly lesson: Lesson; readonly trials: readonly LessonTrial[]; readonly seq: number }
  | { readonly kind: 'revoked'; readonly lessonId: LessonId; readonly seq: number };

const ids = fc.integer({ min: 0, max: 9 }).map((n) => `L-${n}` as LessonId);
const timelines: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('lesson' as const),
          id: ids,
          resolvedAt: moments,
          regime: fc.constantFrom(...REGIMES),
          outcomeR: fc.constantFrom('-1', '0.5', '2'),
          features: fc.dictionary(fc.constantFrom(...FEATURE_NAMES), fc.double({ min: 0, max: 1, noNaN: true })),
          trials: fc.array(
            fc.record({ lessonId: ids, withheld: fc.boolean(), value: fc.constantFrom('-1', '0', '2') }),
            {
              maxLength: 3,
            },
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoked' as const), lessonId: ids }) },
    ),
    { minLength: 8, maxLength: 30 },
  )
  .map((list) =>
    list.map((told, i): Told => {
      if (told.kind === 'revoked') return { ...told, seq: i + 1 };
      const { kind, id, trials, ...changes } = told;
      const own = [...new Map(trials.map((trial) => [trial.lessonId, trial])).values()];
      const lesson = lessonOf(id.slice(2), { ...changes, id, decidedAt: unixMs(changes.resolvedAt - HOUR) });
      return { kind, lesson, trials: own, seq: i + 1 };
    }),
  );

const tell = (store: MemoryStore, timeline: readonly Told[]): MemoryStore => {
  for (const told of timeline) {
    if (told.kind === 'lesson') store.put(told.lesson, told.trials, told.seq);
    else store.revoke({ lessonId: told.lessonId, reason: 'a test', revokedAt: NOW }, told.seq);
  }
  return store;
};
const withReal = <T>(timeline: readonly Told[], ask: (store: MemoryStore) => T): T => {
  const folder = tempFolder('mt-two-times');
  const storage = openTestStorage(folder.path);
  try {
    return ask(tell(storage.memory, timeline));
  } finally {
    storage.close();
    folder.remove();
  }
};
const rememberAt = (store: MemoryStore, at: number, firstSeq: number, run = 'R-1') =>
  remember({
    memory: store,
    runId: run as RunId,
    firstSeq,
    context: contextOf(FACTS, { asOf: unixMs(at) }),
    regime: 'trending_up',
    limit: 24,
  });

describe('memory at any moment and any place of the journal', () => {
  it('holds no lesson that was resolved later, recorded later, or revoked by then, in the real store and the plain one', () => {
    let read = 0;
    fc.assert(
      fc.property(timelines, moments, places, (timeline, asOf, before) => {
        const plain = tell(createMemoryStore(), timeline);
        withReal(timeline, (real) => {
          const known = real.known(asOf, 100, undefined, before);
          read += known.length;
          for (const lesson of known) {
            expect(lesson.resolvedAt).toBeLessThanOrEqual(asOf);
            const versions = timeline.filter((told) => told.kind === 'lesson' && told.lesson.id === lesson.id);
            expect(versions.some(({ seq }) => seq < before)).toBe(true);
            const struck = timeline.find((told) => told.kind === 'revoked' && told.lessonId === lesson.id);
            expect(struck === undefined || struck.seq >= before).toBe(true);
          }
          expect(known).toEqual(plain.known(asOf, 100, undefined, before));
          expect(real.arms(asOf, before)).toEqual(plain.arms(asOf, before));
          for (const [, { latest }] of real.arms(asOf, before)) expect(latest).toBeLessThanOrEqual(asOf);
        });
      }),
      { numRuns: 40 },
    );
    expect(read).toBeGreaterThan(30);
  });

  it('gives a decision the same lessons, used and withheld, whatever is learned, measured or revoked afterwards', () => {
    let remembered = 0;
    fc.assert(
      fc.property(timelines, timelines, moments, (past, future, at) => {
        const firstSeq = past.length + 1;
        const later = future.map((told) => ({ ...told, seq: told.seq + firstSeq }));
        const then = rememberAt(tell(createMemoryStore(), past), at, firstSeq);
        const now = rememberAt(tell(createMemoryStore(), [...past, ...later]), at, firstSeq);
        remembered += then.used.length + then.withheld.length;
        expect(now).toEqual(then);
      }),
      { numRuns: 150 },
    );
    expect(remembered).toBeGreaterThan(100);
  });

  it('gives a decision nothing of its own moment or later, used or withheld', () => {
    fc.assert(
      fc.property(timelines, moments, (timeline, at) => {
        const { used, withheld } = rememberAt(tell(createMemoryStore(), timeline), at, 1000);
        for (const { lesson } of [...used, ...withheld]) expect(lesson.resolvedAt).toBeLessThan(at);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a lesson that is measured to cost', () => {
  it('is still there for a repeat of a run from before it was measured, and for no new run', () => {
    const at = NOW + 100 * HOUR;
    const features = { adx14: 0.5, rsi14: 0.6, ema20Slope: 0.7 };
    const store = createMemoryStore([lessonOf('costly', { features, resolvedAt: unixMs(NOW) })]);
    for (let seq = 10; seq < 90; seq++) {
      const withheld = seq % 4 === 0;
      const outcome = { decidedAt: NOW, resolvedAt: unixMs(NOW + HOUR), traded: false, family: null };
      const trial = { lessonId: 'L-costly' as LessonId, withheld, value: withheld ? '0.5' : '-1' };
      store.put(lessonOf(String(seq), outcome), [trial], seq);
    }
    const recalled = (firstSeq: number): readonly string[] => {
      const { used, withheld } = rememberAt(store, at, firstSeq);
      return [...used, ...withheld].map(({ lesson }) => lesson.id);
    };
    expect(recalled(5)).toContain('L-costly');
    expect(recalled(100)).not.toContain('L-costly');
    expect(recalled(100).length).toBeGreaterThan(0);
  });
});

describe('a lesson of the future that gets out of the real store', () => {
  const folder = tempFolder('mt-leak');
  afterAll(() => folder.remove());
  const faultOf = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  it('makes the run fail by name, and so does a measurement of the future', () => {
    const features = { adx14: 0.5, rsi14: 0.6, ema20Slope: 0.7 };
    const at = NOW;
    const storage = openTestStorage(folder.path);
    storage.memory.put(lessonOf('leak', { features, resolvedAt: unixMs(at - HOUR) }), [], 1);
    expect(rememberAt(storage.memory, at, 10).used.length + rememberAt(storage.memory, at, 10).withheld.length).toBe(1);
    storage.close();
    // The column by which the store looks keeps its date, the lesson itself is of the future.
    const db = openAsAttacker(folder.path);
    db.prepare("update lesson set lesson = json_set(lesson, '$.resolvedAt', ?)").run(at + HOUR);
    db.close();
    const again = openTestStorage(folder.path);
    const fault = faultOf(() => rememberAt(again.memory, at, 10));
    again.close();
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code: 'bad_data', message: expect.stringContaining('leaked lesson L-leak') });

    const arm = { n: 1, sum: 1, squares: 1 };
    const arms = new Map([['L-leak' as LessonId, { used: arm, withheld: arm, latest: unixMs(at) }]]);
    const measured = faultOf(() => rememberAt({ ...createMemoryStore(), arms: () => arms }, at, 10));
    expect(measured).toMatchObject({ code: 'bad_data', message: expect.stringContaining('measured lesson L-leak') });
  });
});
