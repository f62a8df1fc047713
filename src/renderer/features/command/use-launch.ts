import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import type { LaunchState } from '../../stores/launch-store.ts';
import { useCycle, useLaunchState, useStores } from '../../stores/stores-context.tsx';
import { useStaleFeed } from '../shell/use-feed-age.ts';
import { rowsNow } from './preflight.ts';

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
  const { cycle, launch, preflight } = useStores();
  const choice = useLaunchState((state) => state);
  const starting = useCycle((state) => state.starting);
  const running = useCycle((state) => state.newest?.state === 'running');
  const { t } = useTranslation();
  const answer = useStore(preflight, (state) => state.data);
  const stale = useStaleFeed();
  const refused = answer === null ? undefined : rowsNow(answer, stale).find(({ state }) => state === 'blocked');

  const blocked =
    answer === null
      ? t('command.stateUnknown')
      : refused !== undefined
        ? t('command.blockedBy', {
            row: t(`command.row.${refused.name}`),
            detail: said(refused.detail),
            remedy: sentence(said(refused.remedy ?? '')),
          })
        : running
          ? t('command.running')
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
