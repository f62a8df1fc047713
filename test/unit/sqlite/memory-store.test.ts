import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentId, type LessonId, type RunId, unixMs } from '#core/domain/ids.ts';
import type { JournalDraft } from '#core/journal/types.ts';
import type { Json } from '#core/kernel/canonical-json.ts';
import type { Lesson } from '#core/memory/types.ts';
import { openTestStorage, START } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const BTC = 'BTC/USDT.SIM' as InstrumentId;
const ETH = 'ETH/USDT.SIM' as InstrumentId;
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

const lesson = (id: string, resolved: number, edit: Partial<Lesson> = {}): Lesson => ({
  id: id as LessonId,
  runId: 'R-1' as RunId,
  instrumentId: BTC,
  interval: '1h',
  regime: 'ranging',
  family: null,
  parameters: { lookback: 20 },
  specHash: null,
  decidedAt: unixMs(START + resolved - 10),
  resolvedAt: unixMs(START + resolved),
  features: { atr: 0.1 + 0.2 },
  outcomeR: '-0.37',
  outcomeMoney: '-12.30',
  fees: '0.10',
  traded: true,
  text: 'Sold too late.',
  ...edit,
});
const ids = (lessons: readonly Lesson[]): readonly string[] => lessons.map((item) => item.id);

describe('the memory store', () => {
  it('gives a lesson back exactly, after a restart too', () => {
    storage.memory.put(lesson('L-1', 5), [], 1);
    storage.close();
    storage = openTestStorage(folder.path);
    expect(storage.memory.known(unixMs(START + 5), 10)).toEqual([lesson('L-1', 5)]);
    expect(storage.memory.count()).toBe(1);
  });

  it('never tells a lesson before it was resolved', () => {
    for (const at of [5, 6, 7]) storage.memory.put(lesson(`L-${at}`, at), [], at);
    expect(ids(storage.memory.known(unixMs(START + 4), 10))).toEqual([]);
    expect(ids(storage.memory.known(unixMs(START + 6), 10))).toEqual(['L-6', 'L-5']);
  });

  it('answers the newest first, of one instrument when asked, and no more than wanted', () => {
    storage.memory.put(lesson('L-b', 5, { instrumentId: ETH }), [], 1);
    storage.memory.put(lesson('L-a', 5), [], 2);
    storage.memory.put(lesson('L-c', 9, { instrumentId: ETH }), [], 3);
    const now = unixMs(START + 100);
    expect(ids(storage.memory.known(now, 10))).toEqual(['L-c', 'L-a', 'L-b']);
    expect(ids(storage.memory.known(now, 1))).toEqual(['L-c']);
    expect(ids(storage.memory.known(now, 10, ETH))).toEqual(['L-c', 'L-b']);
  });

  it('counts a repeated run once, with its newest outcome', () => {
    storage.memory.put(lesson('L-1', 5), [], 1);
    storage.memory.put(lesson('L-1', 8, { outcomeR: '1.10' }), [], 2);
    expect(storage.memory.count()).toBe(1);
    expect(storage.memory.known(unixMs(START + 7), 10)).toEqual([]);
    expect(storage.memory.known(unixMs(START + 8), 10)[0]?.outcomeR).toBe('1.10');
  });

  it('reads from the journal what a crash kept from its tables, once', () => {
    const told = (type: 'memory.lesson' | 'memory.revoked', payload: unknown): JournalDraft => ({
      runId: 'R-1' as RunId,
      ts: unixMs(START + 50),
      type,
      payload: JSON.parse(JSON.stringify(payload)) as Json,
    });
    const trials = [{ lessonId: 'L-0', withheld: true, value: '-0.5' }];
    storage.memory.put(lesson('L-0', 3), [], 0);
    const cycle = storage.journal.beginCycle();
    storage.journal.append(cycle, [
      told('memory.lesson', { lesson: lesson('L-1', 5), trials }),
      told('memory.revoked', { lessonId: 'L-0', reason: 'a bad feed' }),
    ]);
    for (const start of ['after the crash', 'once more']) {
      storage.close();
      storage = openTestStorage(folder.path);
      const now = unixMs(START + 100);
      expect(ids(storage.memory.known(now, 10)), start).toEqual(['L-1']);
      expect(ids(storage.memory.known(now, 10, undefined, 2))).toEqual(['L-1', 'L-0']);
      expect(storage.memory.arms(now).get('L-0' as LessonId)?.withheld).toEqual({ n: 1, sum: -0.5, squares: 0.25 });
      expect(storage.memory.revocations().get('L-0' as LessonId)?.reason).toBe('a bad feed');
      expect(storage.memory.count()).toBe(2);
    }
  });
});
