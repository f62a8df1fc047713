import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CycleEnvironment } from '#core/domain/environment.ts';
import { type InstrumentId, type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import type { Json } from '#core/kernel/canonical-json.ts';
import { cellsOf } from '#core/memory/cells.ts';
import type { Lesson } from '#core/memory/types.ts';
import { judgedLessons, lessonView } from '#host/memory/memory-views.ts';
import { openTestStorage, START } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder();
let storage = openTestStorage(folder.path);
beforeEach(() => {
  storage.close();
  folder.remove();
  folder = tempFolder();
  storage = openTestStorage(folder.path);
});
afterEach(() => {
  storage.close();
  folder.remove();
});

const lesson = (id: string, runId: string, environment?: CycleEnvironment): Lesson => ({
  id: id as LessonId,
  runId: runId as RunId,
  instrumentId: 'BTC/USDT.BINANCE' as InstrumentId,
  interval: '1h',
  ...(environment === undefined ? {} : { environment }),
  regime: 'ranging',
  family: 'mean-reversion',
  parameters: {},
  specHash: null,
  decidedAt: unixMs(START),
  resolvedAt: unixMs(START + 10),
  features: {},
  outcomeR: '0.5',
  outcomeMoney: '5',
  fees: '0.1',
  traded: true,
  text: 'Won.',
});

/** A run as its first records tell it; `environment` only where it began at all. */
function ranOn(runId: string, environment?: CycleEnvironment): void {
  const cycle = storage.journal.beginCycle();
  const first = environment === undefined ? [] : [{ type: 'cycle.started' as const, payload: { environment } as Json }];
  storage.journal.append(
    cycle,
    [...first, { type: 'market.snapshot' as const, payload: {} as Json }].map((one) => ({
      runId: runId as RunId,
      ts: unixMs(START),
      ...one,
    })),
  );
}
const where = () => {
  const { judged } = judgedLessons(storage.memory, storage.journal);
  return Object.fromEntries(judged.map((one) => [one.lesson.id, lessonView(one).environment]));
};

describe('where a lesson was learned', () => {
  it('is what the lesson says, else what its own run says, else unknown', () => {
    ranOn('R-other', 'simulated');
    ranOn('R-paper', 'paper');
    ranOn('R-mute');
    storage.memory.put(lesson('L-says', 'R-other', 'shadow'), [], 11);
    storage.memory.put(lesson('L-older', 'R-paper'), [], 12);
    storage.memory.put(lesson('L-mute', 'R-mute'), [], 13);
    storage.memory.put(lesson('L-lost', 'R-lost'), [], 14);
    expect(where()).toEqual({ 'L-says': 'shadow', 'L-older': 'paper', 'L-mute': null, 'L-lost': null });
  });

  it('is counted together with what else is known of a family, each environment once and the unknown last', () => {
    ranOn('R-paper', 'paper');
    for (const [id, environment] of [
      ['L-1', 'simulated'],
      ['L-2', 'simulated'],
      ['L-3', 'shadow'],
    ] as const)
      storage.memory.put(lesson(id, 'R-x', environment), [], 11);
    storage.memory.put(lesson('L-4', 'R-lost'), [], 12);
    storage.memory.put(lesson('L-5', 'R-paper'), [], 13);
    const { judged, asOf } = judgedLessons(storage.memory, storage.journal);
    expect(cellsOf(judged, asOf).map(({ environments }) => environments)).toEqual([
      ['paper', 'shadow', 'simulated', null],
    ]);
  });
});
