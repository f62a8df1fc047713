import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MeasurementView } from '#shared/contract/measurements.ts';
import { said } from '../../app/said.ts';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ScorecardCard } from '../performance/scorecard-card.tsx';
import { ArbitrageReport } from './arbitrage-report.tsx';
import { FamilyReport } from './family-report.tsx';
import { Elapsed, MeasurementProgress, StopButton } from './measurements-panel.tsx';
import { ReportButtons, STUDY_FORMS } from './report-buttons.tsx';
import { StudyState } from './run-state.tsx';

function Head({ view: { summary } }: { readonly view: MeasurementView }) {
  const { t } = useTranslation();
  const { id, kind, source, interval, state, cause } = summary;
  return (
    <Panel
      title={`${t(`measuring.kinds.${kind}`)} ${id}`}
      actions={
        state === 'completed' && kind !== 'scorecard' ? (
          <ReportButtons id={id} forms={STUDY_FORMS} />
        ) : state === 'running' ? (
          <StopButton id={id} />
        ) : undefined
      }
    >
      <Pairs
        className="max-w-3xl"
        pairs={[
          { label: t('lab.state'), value: <StudyState study={summary} /> },
          ...(summary.progress === null
            ? []
            : [{ label: t('lab.progress'), value: <MeasurementProgress of={summary} /> }]),
          { label: t('measuring.time'), value: <Elapsed of={summary} /> },
          { label: t('measuring.on'), value: <span className="break-all">{`${source} ${interval}`}</span> },
          ...(cause === null
            ? []
            : [
                {
                  label: t('lab.cause'),
                  value: (
                    <span className="text-danger">
                      {said(cause.message)}. {said(cause.remedy)}
                    </span>
                  ),
                },
              ]),
        ]}
      />
      {state === 'running' && <p className="mt-2 text-12 text-muted">{t('measuring.stillRunning')}</p>}
      {state === 'canceled' && <p className="mt-2 text-12 text-muted">{t('measuring.stopped')}</p>}
    </Panel>
  );
}

/** One measurement: how far it is while it runs, and what came of it. */
export function MeasurementDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { measurements } = useStores();
  const loaded = useStore(measurements.shown);
  useEffect(() => measurements.look(id), [measurements, id]);
  return (
    <LoadedView
      loaded={loaded}
      what={id}
      retry={() => void measurements.shown.refresh()}
      cancel={measurements.shown.giveUp}
    >
      {(view) =>
        view === null ? null : (
          <section aria-label={t('measuring.measurementOf', { id })} className="flex flex-col gap-3">
            <Head view={view} />
            {view.families !== null && <FamilyReport study={view.families} />}
            {view.arbitrage !== null && <ArbitrageReport found={view.arbitrage} />}
            {view.scorecard !== null && (
              <Panel title={t('scorecard.title')} flush>
                <ScorecardCard card={view.scorecard} />
              </Panel>
            )}
          </section>
        )
      }
    </LoadedView>
  );
}
