import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { progressShare } from '#shared/format/lab.ts';
import { durationText } from '#shared/format/time.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ProgressBar, StudyState } from './run-state.tsx';

const SECOND_MS = 1000;

/** How long it takes or took; a running one counts on by itself. */
export function Elapsed({ of: { startedAt, endedAt } }: { readonly of: MeasurementSummary }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (endedAt !== null) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [endedAt]);
  return <span className="figure-mono">{durationText(Math.max(0, (endedAt ?? now) - startedAt))}</span>;
}

/** How far it is where the engine can count it; arbitrage has one step only. */
export function MeasurementProgress({ of: { id, kind, progress } }: { readonly of: MeasurementSummary }) {
  const { t } = useTranslation();
  if (progress === null) return <span className="text-faint">–</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <ProgressBar label={t('lab.progressOf', { id })} share={progressShare(progress.done, progress.planned)} />
      <span className="figure">
        {t(kind === 'scorecard' ? 'measuring.momentsDone' : 'measuring.familiesDone', progress)}
      </span>
    </span>
  );
}

export function StopButton({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { measurements } = useStores();
  const { busy, error, run } = useAct();
  return (
    <>
      <Button
        disabled={busy}
        aria-label={t('measuring.stopOne', { id })}
        onClick={() => void run(() => measurements.stop(id))}
      >
        {t('measuring.stop')}
      </Button>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

/** What was measured since the engine started, whoever asked for it: this window, another one, or a terminal. */
export function MeasurementsPanel({ open }: { readonly open: string | null }) {
  const { t } = useTranslation();
  const { measurements } = useStores();
  const loaded = useStore(measurements.list);
  useEffect(() => void measurements.list.refresh(), [measurements]);
  return (
    <Panel title={t('measuring.measurements')} env="simulated" flush note={t('measuring.measurementsNote')}>
      <LoadedView
        loaded={loaded}
        what={t('measuring.theMeasurements')}
        retry={() => void measurements.list.refresh()}
        cancel={measurements.list.giveUp}
      >
        {(list) =>
          list.length === 0 ? (
            <EmptyState>{t('measuring.none')}</EmptyState>
          ) : (
            <div className="max-h-56 overflow-y-auto">
              <Table
                label={t('measuring.measurements')}
                columns={[
                  { label: t('measuring.measurement') },
                  { label: t('lab.kind') },
                  { label: t('lab.state') },
                  { label: t('lab.progress') },
                  { label: t('measuring.time'), align: 'right' },
                  { label: t('lab.action') },
                  { label: t('measuring.on') },
                  { label: t('lab.played'), align: 'right' },
                ]}
              >
                {list.map((one) => (
                  <tr
                    key={one.id}
                    aria-current={one.id === open ? 'true' : undefined}
                    className={clsx('fade', one.id === open ? 'bg-bg3' : 'hover:bg-bg2')}
                  >
                    <Cell>
                      <Link
                        href={`/lab/${one.id}`}
                        className="figure-mono text-accent underline-offset-2 hover:underline"
                      >
                        {one.id}
                      </Link>
                    </Cell>
                    <Cell>{t(`measuring.kinds.${one.kind}`)}</Cell>
                    <Cell>
                      <StudyState study={one} />
                    </Cell>
                    <Cell>
                      <MeasurementProgress of={one} />
                    </Cell>
                    <Cell align="right">
                      <Elapsed of={one} />
                    </Cell>
                    <Cell>{one.state === 'running' && <StopButton id={one.id} />}</Cell>
                    <Cell className="max-w-64 truncate text-muted">
                      <span title={one.source}>{one.source}</span> <span className="text-faint">{one.interval}</span>
                    </Cell>
                    <Cell align="right">
                      <Moment ms={one.startedAt} form="short" className="text-muted" />
                    </Cell>
                  </tr>
                ))}
              </Table>
            </div>
          )
        }
      </LoadedView>
    </Panel>
  );
}
