import type { Regime } from '../analyst/types.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { Hash, InstrumentId, LessonId, RunId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';

/** What one cycle taught. It may be read only by decisions made at or after `resolvedAt`. */
export type Lesson = {
  readonly id: LessonId;
  readonly runId: RunId;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  /** Where the cycle traded. Records of earlier versions leave it to their run to say. */
  readonly environment?: CycleEnvironment;
  readonly regime: Regime;
  readonly family: FamilyName | null;
  readonly parameters: FamilyParameters;
  readonly specHash: Hash | null;
  readonly decidedAt: UnixMs;
  readonly resolvedAt: UnixMs;
  /** Context features by fact name, for similarity. */
  readonly features: { readonly [name: string]: number };
  /** Net result in multiples of the risk taken, and in quote money; decimal text. `0` when nothing was traded. */
  readonly outcomeR: string;
  readonly outcomeMoney: string;
  readonly fees: string;
  readonly traded: boolean;
  /** One plain sentence. */
  readonly text: string;
};

export type RecalledLesson = { readonly lesson: Lesson; readonly similarity: number };

/** What one decision says about the worth of one lesson: how it went with the lesson, or without it because it was withheld by chance. */
export type LessonTrial = {
  readonly lessonId: LessonId;
  readonly withheld: boolean;
  /** Result in multiples of the risk that the policy allowed, so that a smaller risk is a smaller result; decimal text. */
  readonly value: string;
};

/** Decisions of one kind about one lesson. */
export type Arm = { readonly n: number; readonly sum: number; readonly squares: number };
export type LessonArms = {
  readonly used: Arm;
  readonly withheld: Arm;
  /** When the newest of these outcomes was known. */
  readonly latest: UnixMs;
};

/** A lesson that a person has struck out. */
export type Revocation = { readonly lessonId: LessonId; readonly reason: string; readonly revokedAt: UnixMs };
