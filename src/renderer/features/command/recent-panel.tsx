import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { said } from '../../app/said.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';

/** The last runs; each opens as it was. */
export function RecentPanel() {
  const { t } = useTranslation();
  const { cycle } = useStores();
  const recent = useCycle((state) => state.recent);
  const shown = useCycle((state) => (state.opened ?? state.newest)?.cycle ?? null);
  if (recent.length === 0) return null;
  return (
    <Panel title={t('run.recent')} flush>
      <ul className="p-1">
        {recent.map((run) => (
          <li key={run.cycle}>
            <button
              type="button"
              aria-current={run.cycle === shown ? 'true' : undefined}
              onClick={() => void cycle.open(run.cycle)}
              className={clsx(
                'fade figure grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-control px-2 py-1.5 text-left text-12',
                run.cycle === shown ? 'bg-bg3' : 'hover:bg-bg2',
              )}
            >
              <span className="figure-mono min-w-7 text-faint" title={run.runId}>
                {run.cycle}
              </span>
              <span
                className={clsx('truncate', run.cycle === shown ? 'text-ink' : 'text-muted')}
                title={said(run.outcome)}
              >
                {said(run.outcome)}
              </span>
              <Moment ms={run.startedAt} form="clock" className="text-11 text-faint" />
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
