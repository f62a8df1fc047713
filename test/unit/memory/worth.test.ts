import { describe, expect, it } from 'vitest';
import { type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { LONGEST_AGE_MS, standingOf, TRIALS_TO_PROVE } from '#core/memory/standing.ts';
import { trialsOf } from '#core/memory/trials.ts';
import type { Arm, LessonArms } from '#core/memory/types.ts';
import { ENOUGH_TRIALS, upliftOf } from '#core/memory/uplift.ts';
import { drawLessons, WITHHELD_SHARE } from '#core/memory/withholding.ts';
import { lessonOf, NOW, recalled } from '#test/support/spawn-inputs.ts';

const armOf = (values: readonly number[]): Arm => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});
const armsOf = (used: readonly number[], withheld: readonly number[]): LessonArms => ({
  used: armOf(used),
  withheld: armOf(withheld),
  latest: NOW,
});
const around = (mean: number, n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => mean + (i % 2 === 0 ? 1 : -1));

describe('the uplift of a lesson', () => {
  it('is the average with it minus the average without, by hand', () => {
    // Squared errors of the means: 10/9/10 on either side; t of 18 degrees of freedom is 2.101.
    const half = 2.101 * Math.sqrt((2 * 10) / 9 / 10);
    const uplift = upliftOf(armsOf(around(0.5, 10), around(-0.25, 10)));
    expect(uplift).toMatchObject({ kind: 'estimate', used: 10, withheld: 10, mean: 0.75 });
    if (uplift.kind !== 'estimate') throw new Error('expected an estimate');
    expect(uplift.low).toBeCloseTo(0.75 - half, 2);
    expect(uplift.high).toBeCloseTo(0.75 + half, 2);
    expect(uplift.ceiling).toBeLessThan(uplift.high);
    expect(uplift.ceiling).toBeGreaterThan(uplift.mean);
  });

  it('is not given below its number on either side', () => {
    for (const [used, withheld] of [
      [ENOUGH_TRIALS - 1, 50],
      [50, ENOUGH_TRIALS - 1],
      [0, 0],
    ] as const)
      expect(upliftOf(armsOf(around(1, used), around(0, withheld)))).toEqual({
        kind: 'not_enough_data',
        used,
        withheld,
        needed: ENOUGH_TRIALS,
      });
  });

  it('holds the true difference about as often as it says, when one side never trades too', () => {
    for (const spread of [1.5, 0]) {
      let held = 0;
      const trials = 1000;
      for (let trial = 0; trial < trials; trial++) {
        const rng = createRng(trial);
        const draw = (n: number, mean: number, deviation: number) =>
          Array.from({ length: n }, () => mean + deviation * rng.normal());
        const uplift = upliftOf(armsOf(draw(45, 0, spread), draw(15, 0.3, 1.5)));
        if (uplift.kind === 'estimate' && uplift.low <= -0.3 && uplift.high >= -0.3) held++;
      }
      expect(held / trials).toBeGreaterThan(0.93);
      expect(held / trials).toBeLessThan(0.97);
    }
  });
});

describe('what a decision says of the lessons that it weighed', () => {
  it('is its result in R of the risk that the policy allowed, with and without them', () => {
    const [a, b, c] = ['L-a', 'L-b', 'L-c'] as LessonId[] as [LessonId, LessonId, LessonId];
    const weighing = { withheld: [b, c], weighed: [a, b], factor: '0.5' };
    expect(trialsOf(weighing, { outcomeR: '-1.2' })).toEqual([
      { lessonId: a, withheld: false, value: '-0.6' },
      { lessonId: b, withheld: true, value: '-0.6' },
    ]);
  });
});

describe('a lesson', () => {
  const lesson = lessonOf('a');
  const standing = (arms?: LessonArms, later = 0) => standingOf(lesson, unixMs(NOW + later), arms);

  it('is active until something is known against it', () => {
    expect(standing()).toMatchObject({ status: 'active', why: 'too few decisions to measure it yet' });
    expect(standing(armsOf(around(0.2, 40), around(0, 15)))).toMatchObject({
      status: 'active',
      why: expect.stringMatching(
        /^nothing is proven yet: 0\.\d+ R a decision \(95 % interval .*; 40 with it, 15 without\)$/,
      ),
    });
    expect(standing(armsOf(around(2, 40), around(0, 15))).why).toMatch(/^it helps: /);
  });

  it('decays when it is measured to cost', () => {
    expect(standing(armsOf(around(-1, 30), around(0.5, 12)))).toMatchObject({
      status: 'decayed',
      why: expect.stringMatching(/^it costs: -1\.\d+ R a decision/),
    });
  });

  it('decays when enough decisions leave it worth next to nothing, and not before', () => {
    const side = TRIALS_TO_PROVE * 0.75;
    const without = TRIALS_TO_PROVE - side;
    const flat = (n: number) => around(0, n).map((value) => value * 0.1);
    expect(standing(armsOf(flat(side), flat(without)))).toMatchObject({
      status: 'decayed',
      why: expect.stringMatching(/^it is worth nothing: /),
    });
    expect(standing(armsOf(flat(side - 1), flat(without))).status).toBe('active');
    // As flat, but as wide as trades are: nobody knows yet.
    expect(standing(armsOf(around(0, side), around(0, without))).status).toBe('active');
  });

  it('decays with age, unless it is measured to help', () => {
    expect(standing(undefined, LONGEST_AGE_MS - 3_600_000).status).toBe('active');
    expect(standing(undefined, LONGEST_AGE_MS)).toMatchObject({
      status: 'decayed',
      why: expect.stringMatching(/more than three years ago, and no gain was measured$/),
    });
    expect(standing(armsOf(around(2, 40), around(0, 15)), LONGEST_AGE_MS).status).toBe('active');
  });

  it('is revoked with the reason of whoever struck it out, whatever was measured', () => {
    const revocation = { lessonId: lesson.id, reason: 'a bad feed', revokedAt: NOW };
    expect(standingOf(lesson, NOW, armsOf(around(2, 40), around(0, 15)), revocation)).toMatchObject({
      status: 'revoked',
      why: 'a bad feed',
    });
  });
});

describe('withholding', () => {
  const lessons = Array.from({ length: 24 }, (_, i) => recalled(lessonOf(String(i))));
  const drawn = (run: number) => drawLessons(lessons, `R-${run}` as RunId);
  const ids = (list: readonly { readonly lesson: { readonly id: string } }[]) => list.map(({ lesson }) => lesson.id);

  it('leaves every lesson out of about the stated share of decisions, and no pair more often together', () => {
    const runs = 4000;
    const times = new Map<string, number>();
    let together = 0;
    for (let run = 0; run < runs; run++) {
      const out = new Set(ids(drawn(run).withheld));
      for (const id of out) times.set(id, (times.get(id) ?? 0) + 1);
      if (out.has('L-0') && out.has('L-1')) together++;
    }
    for (const { lesson } of lessons) {
      const share = (times.get(lesson.id) ?? 0) / runs;
      expect(Math.abs(share - WITHHELD_SHARE), lesson.id).toBeLessThan(0.03);
    }
    expect(Math.abs(together / runs - WITHHELD_SHARE ** 2)).toBeLessThan(0.02);
  });

  it('is the same for the same run, keeps the order, and does not depend on the other lessons', () => {
    const { used, withheld } = drawn(7);
    expect(drawn(7)).toEqual({ used, withheld });
    expect(used.length + withheld.length).toBe(lessons.length);
    expect(ids(used)).toEqual(ids(lessons).filter((id) => !ids(withheld).includes(id)));
    const half = drawLessons(lessons.slice(0, 12), 'R-7' as RunId);
    expect(ids(half.withheld)).toEqual(ids(withheld).filter((id) => Number(id.slice(2)) < 12));
    expect(ids(drawn(8).withheld)).not.toEqual(ids(withheld));
  });
});
