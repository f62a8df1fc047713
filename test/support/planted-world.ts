import { type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { featuresOf } from '#core/memory/features.ts';
import { remember } from '#core/memory/remember.ts';
import { standingOf } from '#core/memory/standing.ts';
import { trialsOf } from '#core/memory/trials.ts';
import type { Arm, Lesson, LessonArms, RecalledLesson } from '#core/memory/types.ts';
import { hasSay, type MemoryEvidence, weighLessons } from '#core/spawner/memory-evidence.ts';
import { contextOf, lessonOf, NOW } from './spawn-inputs.ts';

const HOUR = 3_600_000;
const FACTS = { adx14: 30, rsi14: 60, ema20Slope: 0.1, drift168: 1, efficiency24: 0.3 };
/** Its hash is of another moment, which nothing here looks at. */
const CONTEXT = contextOf(FACTS);
const FAMILY = 'trend-following';
export const PLANTED = 'L-planted' as LessonId;

/** What the memory knows before the first decision, and what trades really bring from then on. */
export type PlantedWorld = {
  /** Results of the lessons that are there, in R. */
  readonly known: readonly number[];
  /** Result that the planted lesson claims. */
  readonly planted: number;
  /** True average of a trade. */
  readonly truth: number;
  readonly withheldShare: number;
};

export type PlantedEnd = {
  /** Decisions until the planted lesson had no say any more; undefined when it still had one at the end. */
  readonly demotedAt: number | undefined;
  readonly why: string;
  readonly arms: LessonArms | undefined;
};

/** Stops and runners: six in ten lose 1 R and the others win 0.5 to 3.5 R, shifted to the wanted average (of 0.2 R unshifted). */
const tradeResult = (truth: number, rng: Rng): number => (rng.next() < 0.6 ? -1 : 0.5 + 3 * rng.next()) - 0.2 + truth;

const EMPTY: Arm = { n: 0, sum: 0, squares: 0 };
const more = ({ n, sum, squares }: Arm, value: number): Arm => ({
  n: n + 1,
  sum: sum + value,
  squares: squares + value * value,
});

/**
 * Decisions one after the other, an hour apart, by the real recall, withholding, weighing and measuring; only the market is made up. What
 * happens teaches nothing further here, so that the planted lesson stands against a memory that stays as it is: in a growing one a false
 * lesson is outweighed as well, and it could not be seen which of the two found it.
 */
export function liveThrough(world: PlantedWorld, decisions: number, seed: number): PlantedEnd {
  const lesson = (id: string, result: number): Lesson =>
    lessonOf(id, { features: featuresOf(contextOf(FACTS)), outcomeR: result.toFixed(4), family: FAMILY });
  const lessons = [...world.known.map((result, i) => lesson(`known${i}`, result)), lesson('planted', world.planted)];
  const planted = lessons.find(({ id }) => id === PLANTED);
  if (planted === undefined) throw new Error('nothing was planted');
  const arms = new Map<LessonId, LessonArms>();
  const rng = createRng(seed);
  const store = { known: () => lessons, arms: () => arms };
  const weighed = weighedIn.get(world) ?? new Map<string, MemoryEvidence>();
  weighedIn.set(world, weighed);
  for (let decision = 1; decision <= decisions; decision++) {
    const at = unixMs(NOW + decision * HOUR);
    const runId = `R-${seed}-${decision}` as RunId;
    const context = { ...CONTEXT, asOf: at };
    const { used, withheld } = remember({
      memory: store,
      runId,
      firstSeq: Number.MAX_SAFE_INTEGER,
      context,
      regime: 'trending_up',
      limit: 24,
      withheldShare: world.withheldShare,
    });
    const evidence = weighOnce(weighed, used, decision);
    const result = evidence.verdict === 'refuse' ? 0 : tradeResult(world.truth, rng);
    const heard = [...used, ...withheld].filter((one) => hasSay(one, FAMILY)).map((one) => one.lesson.id);
    const weighing = { withheld: withheld.map((one) => one.lesson.id), weighed: heard, factor: evidence.factor };
    for (const { lessonId, withheld: without, value } of trialsOf(weighing, { outcomeR: result.toFixed(4) })) {
      const found = arms.get(lessonId) ?? { used: EMPTY, withheld: EMPTY, latest: at };
      const side = without ? 'withheld' : 'used';
      arms.set(lessonId, { ...found, [side]: more(found[side], Number(value)), latest: at });
    }
    const standing = standingOf(planted, at, arms.get(PLANTED));
    if (standing.status !== 'active') return { demotedAt: decision, why: standing.why, arms: arms.get(PLANTED) };
  }
  const end = standingOf(planted, unixMs(NOW + decisions * HOUR), arms.get(PLANTED));
  return { demotedAt: undefined, why: end.why, arms: arms.get(PLANTED) };
}

/** Answers of one world, for all seeds of it. */
const weighedIn = new WeakMap<PlantedWorld, Map<string, MemoryEvidence>>();

/** The same lessons weigh the same; recency changes slowly, so each answer is kept for a hundred decisions. */
function weighOnce(
  weighed: Map<string, MemoryEvidence>,
  used: readonly RecalledLesson[],
  decision: number,
): MemoryEvidence {
  const key = `${Math.floor(decision / 100)} ${used.map((one) => one.lesson.id).join(' ')}`;
  const evidence = weighed.get(key) ?? weighLessons(used, FAMILY, 'trending_up', unixMs(NOW + 1e10));
  weighed.set(key, evidence);
  return evidence;
}
