import { payloadOf } from '#core/cycle/records.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { ENOUGH_EFFECTIVE, type Posterior } from '#core/domain/posterior.ts';
import type { JudgedLesson, MemoryCell } from '#core/memory/cells.ts';
import { standingOf } from '#core/memory/standing.ts';
import type { Lesson } from '#core/memory/types.ts';
import type { Uplift } from '#core/memory/uplift.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { MemoryLesson, PosteriorView } from '#shared/contract/memory.ts';

/** More than anybody has; a bound all the same. */
const ALL = 100_000;
const LONGEST_WHY = 400;

/** Lessons of before they said where they were learned are placed by the first records of their run. */
const FIRST_RECORDS = 8;

type Journal = Pick<JournalStore, 'firstSeqOfRun' | 'read'>;

function placed(lesson: Lesson, journal: Journal): Lesson {
  const first = lesson.environment === undefined ? journal.firstSeqOfRun(lesson.runId) : undefined;
  if (first === undefined) return lesson;
  const started = journal
    .read(first - 1, FIRST_RECORDS)
    .find(({ type, runId }) => type === 'cycle.started' && runId === lesson.runId);
  return started === undefined ? lesson : { ...lesson, environment: payloadOf(started, 'cycle.started').environment };
}

/** Every lesson with its standing as of the newest of them, so that the answer follows from the records and from no clock. */
export function judgedLessons(
  memory: MemoryStore,
  journal: Journal,
): {
  readonly judged: readonly JudgedLesson[];
  readonly asOf: UnixMs;
} {
  const lessons = memory.all(ALL).map((lesson) => placed(lesson, journal));
  const asOf = unixMs(lessons.reduce((newest, { resolvedAt }) => Math.max(newest, resolvedAt), 0));
  const arms = memory.arms(asOf);
  const revocations = memory.revocations();
  const judged = lessons.map((lesson) => ({
    lesson,
    standing: standingOf(lesson, asOf, arms.get(lesson.id), revocations.get(lesson.id)),
  }));
  return { judged, asOf };
}

export function lessonView({ lesson, standing }: JudgedLesson): MemoryLesson {
  const { id, runId, interval, regime, family, resolvedAt, outcomeR, outcomeMoney, fees, traded, text } = lesson;
  return {
    id,
    runId,
    // An instrument's id is its symbol and its venue: BTC/USDT.SIM.
    instrument: lesson.instrumentId.replace(/\.[^.]*$/, ''),
    interval,
    environment: lesson.environment ?? null,
    regime,
    family,
    resolvedAt,
    outcomeR,
    outcomeMoney,
    fees,
    traded,
    text,
    status: standing.status,
    why: standing.why.slice(0, LONGEST_WHY),
    uplift: upliftView(standing.uplift),
  };
}

const upliftView = (uplift: Uplift): MemoryLesson['uplift'] => ({
  used: uplift.used,
  withheld: uplift.withheld,
  ...(uplift.kind === 'estimate'
    ? { mean: uplift.mean, low: uplift.low, high: uplift.high }
    : { mean: null, low: null, high: null }),
});

const posteriorView = (posterior: Posterior): PosteriorView => ({
  n: posterior.n,
  effectiveN: posterior.effectiveN,
  needed: ENOUGH_EFFECTIVE,
  ...(posterior.kind === 'estimate'
    ? { mean: posterior.mean, low: posterior.low, high: posterior.high, above: posterior.above }
    : { mean: null, low: null, high: null, above: null }),
});

export const cellView = ({ posterior, ...cell }: MemoryCell): AppOutput<'memory.posteriors'>[number] => ({
  ...cell,
  environments: [...cell.environments],
  posterior: posteriorView(posterior),
});
