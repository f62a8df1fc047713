import type { Regime } from '../analyst/types.ts';
import { isNegative, parseDecimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { heardR, type Posterior, posteriorOf } from '../domain/posterior.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import { numberText } from '../kernel/number-text.ts';
import type { RecalledLesson } from '../memory/types.ts';
import type { LessonUse } from './types.ts';

/** What memory says about a family in a moment like this one. */
export type MemoryEvidence = {
  readonly verdict: 'keep' | 'cut' | 'refuse';
  /** Share of the policy's risk that memory leaves, as decimal text: `1` at most, `0` when it refuses. */
  readonly factor: string;
  readonly posterior: Posterior;
  /** One plain sentence. */
  readonly summary: string;
  /** Every recalled lesson, with what it changed or why it changed nothing. */
  readonly uses: readonly LessonUse[];
};

/** A lesson from a moment less alike than this is shown but has no say. */
export const ENOUGH_SIMILARITY = 0.5;
/** What happened in another regime says half as much about this one. */
const OTHER_REGIME = 0.5;
/** One loss is an anecdote; two are the least that can be a majority of anything. */
const ENOUGH_TO_HALVE = 2;
/** Memory refuses when an average above zero is less probable than this. */
const REFUSED_BELOW = 0.05;

/**
 * Weighs the recalled lessons. Only trades of the same family in similar moments count, by their similarity (in which recency is a part),
 * those of another regime by half. The posterior of their expectancy decides: when an average above zero is improbable memory refuses,
 * otherwise it leaves twice that probability of the risk, at most all of it, so a run of luck is no reason to risk more. While there is not
 * enough data for a posterior, it halves the risk when most of them lost. Throws on a lesson that was not yet resolved at `now`:
 * memory of the future is a bug that must stop the run.
 */
export function weighLessons(
  lessons: readonly RecalledLesson[],
  family: FamilyName | null,
  regime: Regime,
  now: UnixMs,
): MemoryEvidence {
  for (const { lesson } of lessons) {
    if (lesson.resolvedAt > now)
      throw new Fault(
        'bad_data',
        `lesson ${lesson.id} was resolved at ${lesson.resolvedAt}, after ${now}: memory of the future`,
        'nothing was decided on it; run mt audit verify, and restore a backup if it disagrees',
      );
  }
  const counted = lessons.filter((recalled) => family !== null && hasSay(recalled, family));
  const posterior = posteriorOf(
    counted.map(({ lesson, similarity }) => ({
      id: lesson.id,
      value: heardR(lesson.outcomeR),
      weight: similarity * (lesson.regime === regime ? 1 : OTHER_REGIME),
    })),
  );
  const judged = posterior.kind === 'estimate' ? judge(posterior) : judgeFew(counted);
  const uses = lessons.map((recalled): LessonUse => {
    const { lesson, similarity } = recalled;
    const ignored = family === null ? 'no agent was spawned' : whyNotCounted(recalled, family);
    const effect = ignored === undefined ? judged.summary : `no effect: ${ignored}`;
    const { id, environment, outcomeR } = lesson;
    return { id, ...(environment === undefined ? {} : { environment }), outcomeR, similarity, effect };
  });
  return { ...judged, posterior, uses };
}

/** Whether a lesson counts when this family is thought about. */
export const hasSay = (recalled: RecalledLesson, family: FamilyName): boolean =>
  whyNotCounted(recalled, family) === undefined;

function whyNotCounted({ lesson, similarity }: RecalledLesson, family: FamilyName): string | undefined {
  if (!lesson.traded || lesson.family === null) return 'nothing was traded then';
  if (lesson.family !== family) return `it is about ${lesson.family}`;
  if (!(similarity >= ENOUGH_SIMILARITY)) return 'that moment was too different';
  return undefined;
}

type Judged = Pick<MemoryEvidence, 'verdict' | 'factor' | 'summary'>;

function judge({ n, effectiveN, mean, low, high, above }: Posterior & { readonly kind: 'estimate' }): Judged {
  const words = `${n} similar trades made ${numberText(mean, 3)} R on average (95 % interval ${numberText(low, 3)} to ${numberText(high, 3)} R, effective n ${numberText(effectiveN, 3)})`;
  if (above < REFUSED_BELOW) return { verdict: 'refuse', factor: '0', summary: `memory says no: ${words}` };
  const percent = Math.min(100, Math.round(200 * above));
  if (percent === 100) return { verdict: 'keep', factor: '1', summary: `risk kept: ${words}` };
  const factor = `0.${String(percent).padStart(2, '0')}`.replace(/0$/, '');
  return { verdict: 'cut', factor, summary: `risk cut to ${percent} %: ${words}` };
}

/** Too few for a posterior. */
function judgeFew(counted: readonly RecalledLesson[]): Judged {
  const n = counted.length;
  const kept = (why: string): Judged => ({ verdict: 'keep', factor: '1', summary: `risk kept: ${why}` });
  if (n === 0) return kept('no similar trade is remembered');
  if (n < ENOUGH_TO_HALVE) return kept('one similar trade is too few to judge by');
  const lost = counted.filter(({ lesson }) => isNegative(parseDecimal(lesson.outcomeR))).length;
  const count = `${lost} of ${n} similar trades lost`;
  return lost * 2 > n ? { verdict: 'cut', factor: '0.5', summary: `risk halved: ${count}` } : kept(count);
}
