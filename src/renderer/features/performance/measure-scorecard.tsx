import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { useAct } from '../../app/use-act.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Field } from '../lab/field.tsx';
import { wholeWrong } from '../lab/measure-draft.ts';
import { Elapsed, MeasurementProgress, StopButton } from '../lab/measurements-panel.tsx';
import { ScorecardCard } from './scorecard-card.tsx';

/** The contract's own bounds of how many moments are asked about. */
const LEAST = 30;
const MOST = 5_000;

/** Has every analyst call the moments of recorded candles, on a card of its own: the one above is of calls that were made when it counted. */
export function MeasureScorecard() {
  const { t } = useTranslation();
  const { stored } = useStores();
  const series = useStore(stored.series);
  useEffect(() => void stored.series.refresh(), [stored]);
  return (
    <LoadedView
      loaded={series}
      what={t('scorecard.theCandles')}
      retry={() => void stored.series.refresh()}
      cancel={stored.series.giveUp}
    >
      {(list) => {
        if (list.length > 0) return <Form series={differing(list)} />;
        return (
          <EmptyState
            action={
              <Link href="/settings/data" className={buttonClass('plain')}>
                {t('scorecard.toCandles')}
              </Link>
            }
          >
            {t('scorecard.noCandles')}
          </EmptyState>
        );
      }}
    </LoadedView>
  );
}

type Series = Pick<StoredSeriesView, 'instrument' | 'interval'>;
/** One of each market and interval: where several venues have it, the engine takes what came from a file, or says that it cannot choose. */
const differing = (list: readonly Series[]): readonly Series[] => [
  ...new Map(list.map((one) => [keyOf(one), one])).values(),
];
const keyOf = ({ instrument, interval }: Series): string => `${instrument} ${interval}`;

function Form({ series }: { readonly series: readonly Series[] }) {
  const { t } = useTranslation();
  const { measurements } = useStores();
  const refused = useStore(measurements, ({ errors }) => errors.scorecard ?? null);
  const newest = useNewest();
  const act = useAct();
  const [key, setKey] = useState('');
  const [moments, setMoments] = useState('500');
  const chosen = series.find((one) => keyOf(one) === key) ?? series[0];
  const wrong = wholeWrong(moments, LEAST, MOST) ? `${LEAST}..${MOST}` : undefined;
  const unready = chosen === undefined || wrong !== undefined || act.busy || newest?.state === 'running';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (unready) return;
    const { instrument, interval } = chosen;
    void act.run(() =>
      measurements.scorecard({ instrument, interval, market: { kind: 'imported' }, moments: Number(moments) }),
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" aria-label={t('scorecard.measure')}>
      <p className="text-11 text-faint">{t('scorecard.measureNote')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t('scorecard.candles')}
          value={chosen === undefined ? '' : keyOf(chosen)}
          options={series.map((one) => ({ value: keyOf(one), label: keyOf(one) }))}
          onChange={setKey}
        />
        <Field label={t('scorecard.moments')} numeric value={moments} wrong={wrong} onChange={setMoments} />
        <Button type="submit" disabled={unready}>
          {t(newest?.state === 'running' ? 'scorecard.measuring' : 'scorecard.measureNow')}
        </Button>
      </div>
      {refused !== null && <ErrorState error={refused} />}
      {newest !== undefined && <Newest of={newest} refused={refused !== null} />}
    </form>
  );
}

/** The newest measurement of the analysts since the engine started, whoever began it: this window, another one, or a terminal. */
function useNewest(): MeasurementSummary | undefined {
  const { measurements } = useStores();
  useEffect(() => void measurements.list.refresh(), [measurements]);
  return useStore(measurements.list, ({ data }) => data?.find(({ kind }) => kind === 'scorecard'));
}

/** How far it is while it runs, with what stops it, and its card once it has one. */
function Newest({ of, refused }: { readonly of: MeasurementSummary; readonly refused: boolean }) {
  const { t } = useTranslation();
  const { performance } = useStores();
  const { id, state, source, interval, cause } = of;
  const measured = useStore(performance.measured);
  useEffect(() => {
    if (state === 'completed') performance.showMeasured(id);
  }, [performance, id, state]);
  if (state === 'running')
    return (
      <div role="status" className="flex flex-wrap items-center gap-3 text-12 text-muted">
        <span>{t('scorecard.measuringOn', { series: `${source} ${interval}` })}</span>
        <MeasurementProgress of={of} />
        <Elapsed of={of} />
        <StopButton id={id} />
      </div>
    );
  if (state === 'canceled')
    return (
      <p role="status" className="text-12 text-muted">
        {t('measuring.stopped')}
      </p>
    );
  if (state === 'failed') return refused || cause === null ? null : <ErrorState error={{ ...cause, code: 'failed' }} />;
  const card = measured.data?.summary.id === id ? measured.data.scorecard : null;
  if (card === null)
    return measured.error === null ? null : (
      <ErrorState error={measured.error} retry={() => void performance.measured.refresh()} />
    );
  const series = `${source} ${interval}`;
  return (
    <section aria-label={t('scorecard.measuredOn', { series })} className="-mx-4">
      <h3 className="px-4 text-12 font-bold">{t('scorecard.measuredOn', { series })}</h3>
      <ScorecardCard card={card} />
    </section>
  );
}
