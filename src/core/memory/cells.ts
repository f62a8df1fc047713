import { REGIMES, type Regime } from '../analyst/types.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { UnixMs } from '../domain/ids.ts';
import { heardR, type Posterior, posteriorOf } from '../domain/posterior.ts';
import { FAMILIES, type FamilyName } from '../domain/strategy.ts';
import { recency } from './recall.ts';
import type { Standing } from './standing.ts';
import type { Lesson } from './types.ts';

export type JudgedLesson = { readonly lesson: Lesson; readonly standing: Standing };
type Where = CycleEnvironment | null;

/** What is known of a family in a regime, and of the lessons behind it. */
export type MemoryCell = {
  readonly regime: Regime;
  readonly family: FamilyName;
  readonly lessons: number;
  /** Where they were learned, each once, in alphabetical order; null last, of those that no record places. */
  readonly environments: readonly Where[];
  readonly active: number;
  readonly decayed: number;
  readonly revoked: number;
  /** Of the active ones. By recency alone: likeness to a moment is a decision's affair. */
  readonly posterior: Posterior;
  /** Lessons whose uplift has an estimate, and those of them that raised the result. */
  readonly measured: number;
  readonly raising: number;
};

/** Every regime and family of which there is a lesson with a trade, in their fixed order. */
export function cellsOf(judged: readonly JudgedLesson[], asOf: UnixMs): readonly MemoryCell[] {
  return REGIMES.flatMap((regime) =>
    FAMILIES.flatMap((family) => {
      const here = judged.filter(({ lesson }) => lesson.traded && lesson.regime === regime && lesson.family === family);
      return here.length === 0 ? [] : [cellOf(regime, family, here, asOf)];
    }),
  );
}

function cellOf(regime: Regime, family: FamilyName, here: readonly JudgedLesson[], asOf: UnixMs): MemoryCell {
  const count = (status: Standing['status']): number =>
    here.filter(({ standing }) => standing.status === status).length;
  const uplifts = here.flatMap(({ standing: { uplift } }) => (uplift.kind === 'estimate' ? [uplift.mean] : []));
  return {
    regime,
    family,
    lessons: here.length,
    environments: environmentsOf(here),
    active: count('active'),
    decayed: count('decayed'),
    revoked: count('revoked'),
    posterior: posteriorOf(
      here
        .filter(({ standing }) => standing.status === 'active')
        .map(({ lesson }) => ({
          id: lesson.id,
          value: heardR(lesson.outcomeR),
          weight: recency(asOf - lesson.resolvedAt),
        })),
    ),
    measured: uplifts.length,
    raising: uplifts.filter((mean) => mean > 0).length,
  };
}

function environmentsOf(here: readonly JudgedLesson[]): readonly Where[] {
  const known = new Set(here.map(({ lesson }) => lesson.environment ?? null));
  const named = [...known].filter((one) => one !== null).toSorted();
  return known.has(null) ? [...named, null] : named;
}
