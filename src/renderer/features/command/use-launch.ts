import type { LaunchState } from '../../stores/launch-store.ts';
import { useCycle, useEngine, useLaunchState, useStores } from '../../stores/stores-context.tsx';

export type Launch = LaunchState & {
  readonly starting: boolean;
  readonly running: boolean;
  /** Why a press would do nothing, in words; null when it would start a cycle. */
  readonly blocked: string | null;
  readonly choose: (change: Partial<LaunchState>) => void;
  readonly start: () => void;
};

/** Everything about the one button: what it would do, why it can't, and the press itself. */
export function useLaunch(): Launch {
  const { cycle, launch } = useStores();
  const choice = useLaunchState((state) => state);
  const starting = useCycle((state) => state.starting);
  const running = useCycle((state) => state.newest?.state === 'running');
  const trading = useEngine((state) => state.status?.tradingState ?? null);

  const mode = useEngine((state) => state.status?.mode ?? null);

  const blocked =
    trading === null
      ? 'The state of the engine is not known yet.'
      : trading === 'halted'
        ? 'Trading is halted. Resume it first, at the top right.'
        : trading === 'reducing'
          ? 'Entries are halted. Resume first, at the top right.'
          : mode === 'manual'
            ? 'The mode is manual: agents take no new risk. Change it at the top, or order by hand.'
            : running
              ? 'A cycle is running. There is never more than one.'
              : null;

  return {
    ...choice,
    starting,
    running,
    blocked,
    choose: (change) => launch.setState(change),
    start() {
      if (blocked !== null || starting) return;
      const { instrument, interval } = choice;
      void cycle.start({ instrument, trigger: 'button', ...(interval === null ? {} : { interval }) });
    },
  };
}
