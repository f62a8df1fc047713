import { useTranslation } from 'react-i18next';
import { useCycle } from '../../stores/stores-context.tsx';
import { SetupCard } from '../setup/setup-card.tsx';
import { BriefPanel } from './brief-panel.tsx';
import { DebriefPanel } from './debrief-panel.tsx';
import { FirstLook } from './first-look.tsx';
import { LaunchPanel } from './launch-panel.tsx';
import { NowPanel } from './now-panel.tsx';
import { RecentPanel } from './recent-panel.tsx';
import { RunPanel } from './run-panel.tsx';
import { StagesPanel } from './stages-panel.tsx';

// Three columns on a wide window. On a narrower one the side columns dissolve and their panels stack left of the brief, the result
// directly under the stages; the last row takes what height the brief leaves over.
const GRID =
  'grid grid-cols-1 items-start gap-3 lg:grid-cols-[20rem_minmax(0,1fr)] lg:max-2xl:grid-rows-[auto_auto_auto_1fr] 2xl:grid-cols-[20rem_minmax(0,1fr)_23rem]';
const SIDE = 'contents 2xl:flex 2xl:min-w-0 2xl:flex-col 2xl:gap-3';
const AT = {
  stages: 'min-w-0 lg:max-2xl:col-start-1 lg:max-2xl:row-start-1',
  result: 'min-w-0 lg:max-2xl:col-start-1 lg:max-2xl:row-start-2',
  run: 'min-w-0 lg:max-2xl:col-start-1 lg:max-2xl:row-start-3',
  recent: 'min-w-0 max-lg:order-last lg:max-2xl:col-start-1 lg:max-2xl:row-start-4',
  brief: 'min-w-0 lg:max-2xl:col-start-2 lg:max-2xl:row-span-4 lg:max-2xl:row-start-1',
} as const;

/** One press and what comes of it: Analyse, Brief, Run. */
export function CommandScreen() {
  const { t } = useTranslation();
  const cycle = useCycle((state) => state.opened ?? state.newest);
  const loaded = useCycle((state) => state.loaded);
  if (cycle === null && loaded) {
    return (
      <div className="flex flex-col gap-3 p-3">
        <h1 className="sr-only">{t('command.title')}</h1>
        <LaunchPanel />
        <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-3">
            <StagesPanel cycle={null} />
            <SetupCard />
          </div>
          <FirstLook />
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('command.title')}</h1>
      <LaunchPanel />
      <div className={GRID}>
        <div className={SIDE}>
          <div className={AT.stages}>
            <StagesPanel cycle={cycle} />
          </div>
          <div className={`${AT.recent} flex flex-col gap-3`}>
            <RecentPanel />
            <NowPanel />
          </div>
        </div>
        <div className={AT.brief}>
          <BriefPanel cycle={cycle} />
        </div>
        <div className={SIDE}>
          {cycle !== null && (
            <div className={`${AT.result} empty:hidden`}>
              <DebriefPanel cycle={cycle} />
            </div>
          )}
          <div className={`${AT.run} flex flex-col gap-3`}>
            <RunPanel cycle={cycle} />
            <SetupCard />
          </div>
        </div>
      </div>
    </div>
  );
}
