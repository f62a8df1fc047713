import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Field } from '../lab/field.tsx';
import { wholeWrong } from '../lab/measure-draft.ts';
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
  const { performance } = useStores();
  const { since, error, measured } = useStore(performance.measuring);
  const [key, setKey] = useState('');
  const [moments, setMoments] = useState('500');
  const chosen = series.find((one) => keyOf(one) === key) ?? series[0];
  const wrong = wholeWrong(moments, LEAST, MOST) ? `${LEAST}..${MOST}` : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen === undefined || wrong !== undefined || since !== null) return;
    void performance.measure(chosen, Number(moments));
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
        <Button type="submit" disabled={chosen === undefined || wrong !== undefined || since !== null}>
          {t(since === null ? 'scorecard.measureNow' : 'scorecard.measuring')}
        </Button>
      </div>
      {since !== null && (
        <p role="status" className="text-12 text-muted">
          {t('scorecard.measuringSince')} <Moment ms={since} form="short" />
        </p>
      )}
      {error !== null && <ErrorState error={error} />}
      {measured !== null && (
        <section aria-label={t('scorecard.measuredOn', { series: measured.series })} className="-mx-4">
          <h3 className="px-4 text-12 font-bold">{t('scorecard.measuredOn', { series: measured.series })}</h3>
          <ScorecardCard card={measured.card} />
        </section>
      )}
    </form>
  );
}
