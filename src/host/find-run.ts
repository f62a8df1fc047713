import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';

const LIST = 'list them with mt agents, or take a cycle from mt status --json';
const MOST_NAMED = 4;

/**
 * The records of a run by its id, by the beginning of it (with or without `R-`), or by the number of its cycle. Repeats of the same inputs
 * share an id; the newest is meant. Throws Fault `not_found`, and Fault `refused` when several runs begin so.
 */
export function findRun(journal: JournalStore, newestCycle: number, run: string): readonly JournalRecord[] {
  if (/^\d{1,9}$/.test(run) && Number(run) >= 1 && Number(run) <= newestCycle) {
    const records = journal.readCycle(Number(run));
    if (records.length > 0) return records;
  }
  const wanted = `R-${run.replace(/^r-/i, '').toLowerCase()}`;
  const found = new Map<string, readonly JournalRecord[]>();
  for (let cycle = newestCycle; cycle > 0; cycle--) {
    const records = journal.readCycle(cycle);
    const runId = records[0]?.runId;
    if (runId === undefined || found.has(runId)) continue;
    if (runId === wanted) return records;
    if (runId.startsWith(wanted)) found.set(runId, records);
  }
  const [only] = found.values();
  if (only === undefined) throw new Fault('not_found', `there is no run ${run}`, LIST);
  if (found.size === 1) return only;
  const names = [...found.keys()].slice(0, MOST_NAMED).join(', ');
  throw new Fault('refused', `${found.size} runs begin with ${run}: ${names}`, 'write more of the id');
}
