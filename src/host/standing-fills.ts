import { payloadOf } from '#core/cycle/records.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { CycleView, FillView } from '#shared/contract/cycle.ts';
import type { CycleRunner } from './cycle-runner.ts';
import { lastReset } from './portfolio/last-reset.ts';

/** Cycles whose fills are shown. */
const FILL_CYCLES = 40;

/** Fills of the newest cycles on the standing account since it began, oldest first. */
export const fillsOfCycles = (newest: number, runner: CycleRunner, journal: JournalStore): readonly FillView[] =>
  cyclesOnStanding(newest, runner, journal, FILL_CYCLES).flatMap(({ fills }) => fills);

/** The newest `most` cycles of those that traded on the standing account since it was opened or begun anew, oldest first. */
export function cyclesOnStanding(
  newest: number,
  runner: CycleRunner,
  journal: JournalStore,
  most: number,
): readonly CycleView[] {
  const since = lastReset(journal)?.seq ?? 0;
  const isStanding = (cycle: number): boolean => {
    const first = (runner.live(cycle)?.records() ?? journal.readCycle(cycle))[0];
    return (
      first !== undefined &&
      first.seq > since &&
      first.type === 'cycle.started' &&
      payloadOf(first, 'cycle.started').account === 'standing'
    );
  };
  const cycles = Array.from({ length: Math.min(most, newest) }, (_, index) => newest - index).toReversed();
  return cycles.filter(isStanding).map((cycle) => runner.view(cycle));
}
