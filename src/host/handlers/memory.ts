import { draft } from '#core/cycle/records.ts';
import type { LessonId } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { cellsOf } from '#core/memory/cells.ts';
import type { Standing } from '#core/memory/standing.ts';
import { WITHHELD_SHARE } from '#core/memory/withholding.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { trailOf } from '../memory/lesson-decisions.ts';
import { cellView, judgedLessons, lessonView } from '../memory/memory-views.ts';
import type { EngineParts } from '../parts.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

type MemoryHandlers = Pick<
  AppHandlers,
  'memory.list' | 'memory.show' | 'memory.posteriors' | 'memory.summary' | 'memory.revoke'
>;

export function createMemoryHandlers({ storage, market }: EngineParts): MemoryHandlers {
  const { memory, journal } = storage;
  const find = (id: string) => {
    const found = judgedLessons(memory, journal).judged.find(({ lesson }) => lesson.id === id);
    if (found === undefined) throw new Fault('not_found', `there is no lesson ${id}`, 'mt memory ls lists them');
    return found;
  };
  const cells = () => {
    const { judged, asOf } = judgedLessons(memory, journal);
    return { judged, cells: cellsOf(judged, asOf).map(cellView) };
  };
  return {
    'memory.list': ({ limit }) => judgedLessons(memory, journal).judged.slice(0, limit).map(lessonView),
    'memory.show'({ id }) {
      const found = find(id);
      const { decidedAt, specHash, parameters, features } = found.lesson;
      const { origin, decisions } = trailOf(found.lesson.id, journal);
      if (origin === undefined)
        throw new Fault('bad_data', `lesson ${id} is in no record of the journal`, 'run mt audit verify');
      const { seq, cycle, hash } = origin;
      return {
        lesson: lessonView(found),
        decidedAt,
        specHash,
        parameters: { ...parameters },
        features: { ...features },
        recordedSeq: seq,
        cycle,
        recordHash: hash,
        decisions: [...decisions],
      };
    },
    'memory.posteriors': () => cells().cells,
    'memory.summary'() {
      const { judged, cells: found } = cells();
      const count = (status: Standing['status']) => judged.filter(({ standing }) => standing.status === status).length;
      const measured = judged.flatMap(({ standing: { uplift } }) => (uplift.kind === 'estimate' ? [uplift] : []));
      return {
        lessons: judged.length,
        active: count('active'),
        decayed: count('decayed'),
        revoked: count('revoked'),
        withheldShare: WITHHELD_SHARE,
        measured: measured.length,
        proven: measured.filter(({ low }) => low > 0).length,
        cells: found,
      };
    },
    'memory.revoke'({ id, reason }) {
      const { standing } = find(id);
      if (standing.status === 'revoked')
        throw new Fault('refused', `lesson ${id} is revoked already: ${standing.why}`, 'there is nothing to revoke');
      const lessonId = id as LessonId;
      const now = market.clock.now();
      const [record] = journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, now, 'memory.revoked', { lessonId, reason })]);
      // After the journal, which is the truth; the next look at memory reads the record when this fails.
      if (record !== undefined) memory.revoke({ lessonId, reason, revokedAt: now }, record.seq);
      const { decisions } = trailOf(lessonId, journal);
      return { id, reason, decisions: decisions.filter(({ evidence }) => evidence === 'used') };
    },
  };
}
