import { useCycle } from '../../stores/stores-context.tsx';
import { BriefPanel } from './brief-panel.tsx';
import { LaunchPanel } from './launch-panel.tsx';
import { RecentPanel } from './recent-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { RunPanel } from './run-panel.tsx';
import { StagesPanel } from './stages-panel.tsx';

/** One press and what comes of it, left to right: Analyse, Brief, Run. */
export function CommandScreen() {
  const cycle = useCycle((state) => state.opened ?? state.newest);
  return (
    <div className="flex min-h-full flex-col gap-3 p-3">
      <h1 className="sr-only">Command</h1>
      <LaunchPanel />
      <div className="grid min-h-0 flex-1 grid-cols-1 items-start gap-3 lg:grid-cols-[20rem_minmax(0,1fr)] 2xl:grid-cols-[19rem_minmax(0,1fr)_23rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <StagesPanel cycle={cycle} />
          <div className="max-lg:hidden">
            <RecentPanel />
          </div>
        </div>
        <BriefPanel cycle={cycle} />
        <div className="flex min-w-0 flex-col gap-3 lg:max-2xl:col-span-2 lg:max-2xl:grid lg:max-2xl:grid-cols-2 lg:max-2xl:items-start">
          {cycle !== null && <ResultPanel cycle={cycle} />}
          <RunPanel cycle={cycle} />
          <div className="lg:hidden">
            <RecentPanel />
          </div>
        </div>
      </div>
    </div>
  );
}
