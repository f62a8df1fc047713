import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useLab, useStores } from '../../stores/stores-context.tsx';
import { ArbitrageForm } from './arbitrage-form.tsx';
import { CompareView } from './compare-view.tsx';
import { EvolutionDetail } from './evolution-detail.tsx';
import { EvolveForm } from './evolve-form.tsx';
import { FamiliesPanel } from './families-panel.tsx';
import { LabForm } from './lab-form.tsx';
import { LabLists } from './lab-lists.tsx';
import { MeasureFamiliesForm } from './measure-families-form.tsx';
import { MeasurementDetail } from './measurement-detail.tsx';
import { MeasurementsPanel } from './measurements-panel.tsx';
import { RunDetail } from './run-detail.tsx';
import { StudyDetail } from './study-detail.tsx';
import { SwitchesPanel } from './switches-panel.tsx';
import { ValidationBoard } from './validation-board.tsx';

/** Play strategies over past candles, search their parameters, and see what a result is worth. */
export function LabScreen({ id }: { readonly id: string | null }) {
  const { t } = useTranslation();
  const { lab, measurements } = useStores();
  const comparing = useLab((state) => state.comparing);
  const actionError = useLab((state) => state.actionError);

  useEffect(() => void lab.refresh(), [lab]);
  const measured = id?.startsWith('M-') ?? false;
  useEffect(() => lab.select(measured ? null : id), [lab, id, measured]);

  // What was opened lies below the lists; whoever opens it wants to see it.
  const opened = useRef<HTMLDivElement>(null);
  const ready = useStore(lab.shown, (state) => state.data?.view.id ?? null);
  const measurement = useStore(measurements.shown, (state) => state.data?.summary.id ?? null);
  useEffect(() => {
    if (comparing || (id !== null && (ready === id || measurement === id)))
      opened.current?.scrollIntoView({ block: 'start' });
  }, [id, ready, measurement, comparing]);

  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('lab.title')}</h1>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[21rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <LabForm />
          <EvolveForm />
          <MeasureFamiliesForm />
          <ArbitrageForm />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <LabLists open={id} />
          <MeasurementsPanel open={id} />
        </div>
      </div>
      {actionError !== null && <ErrorState error={actionError} />}
      <div ref={opened} className="scroll-mt-3">
        {comparing && <CompareView />}
        {!comparing && id !== null && (measured ? <MeasurementDetail id={id} /> : <Opened id={id} />)}
      </div>
      <ValidationBoard />
      <FamiliesPanel />
      <SwitchesPanel />
    </div>
  );
}

function Opened({ id }: { readonly id: string }) {
  const { lab } = useStores();
  const loaded = useStore(lab.shown);
  const now = useStore(lab.list, (state) => state.data?.studies.find((study) => study.id === id));
  return (
    <LoadedView loaded={loaded} what={id} retry={() => void lab.shown.refresh()} cancel={lab.shown.giveUp}>
      {({ view, curve }) =>
        view.kind === 'backtest' ? (
          <RunDetail run={view} curve={curve} />
        ) : view.kind === 'evolution' ? (
          <EvolutionDetail study={view} now={now ?? view} />
        ) : (
          <StudyDetail study={view} now={now ?? view} />
        )
      }
    </LoadedView>
  );
}
