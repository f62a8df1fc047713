import type { PriceDecimalsOf } from '#core/cycle/price-decimals.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { projectCycle } from '#core/projections/cycle-view.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { CycleMarket } from '../cycle-terms.ts';
import type { LiveCycle } from '../live-cycle.ts';

/** Finished cycles whose candles stay at hand for their chart. */
const KEPT = 8;
/** Views of older cycles that are not projected from the journal again each time. */
const KEPT_VIEWS = 200;

type Known = { readonly live: LiveCycle; readonly market: CycleMarket };

/** The cycles of this process, and those of the journal as views. */
export type KnownCycles = {
  remember(live: LiveCycle, market: CycleMarket): void;
  get(cycle: number): Known | undefined;
  newest(): LiveCycle | undefined;
  /** A cycle of this process or of the journal. Throws Fault('not_found'). */
  view(cycle: number): CycleView;
  /** Its records have changed since. */
  forgetView(cycle: number): void;
};

/** `isRunning` keeps what still runs at hand, however many cycles have begun since. */
export function createKnownCycles(
  journal: JournalStore,
  isRunning: (cycle: number) => boolean,
  decimalsOf: PriceDecimalsOf,
): KnownCycles {
  const known = new Map<number, Known>();
  const past = new Map<number, CycleView>();
  return {
    remember(live, market) {
      known.set(live.cycle, { live, market });
      const ended = [...known.keys()].filter((cycle) => cycle !== live.cycle && !isRunning(cycle));
      for (const cycle of ended.slice(0, -KEPT)) known.delete(cycle);
    },
    get: (cycle) => known.get(cycle),
    newest: () => [...known.values()].at(-1)?.live,
    view(cycle) {
      const found = known.get(cycle)?.live.view() ?? past.get(cycle);
      if (found !== undefined) return found;
      const projection = projectCycle(journal.readCycle(cycle), decimalsOf);
      if (projection === undefined)
        throw new Fault('not_found', `there is no cycle ${cycle}`, 'see mt status for the newest');
      const { view } = projection;
      // A record may still follow while a recovery is under way, so only ended cycles are kept.
      if (view.state === 'running')
        return { ...view, state: 'interrupted', error: 'the program ended before the cycle did' };
      if (past.size >= KEPT_VIEWS) past.clear();
      past.set(cycle, view);
      return view;
    },
    forgetView: (cycle) => void past.delete(cycle),
  };
}
