import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { decimalText } from '#shared/format/figures.ts';
import { utcText } from '#shared/format/time.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { Setting } from '../../components/setting.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { FetchProgress } from '../../stores/stored-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { FIRST_SERIES, SeriesChoice } from './series-choice.tsx';

/** Asks a venue for its candles since a day: the only thing of this section that uses the network, and only when it is pressed. */
export function FetchCandles() {
  const { t } = useTranslation();
  const { exchanges } = useStores();
  const venues = useStore(exchanges.venues);
  return (
    <>
      <Setting id="fetchCandles" label={t('stored.fetch')} note={t('stored.fetchNote')}>
        {() => null}
      </Setting>
      <LoadedView
        loaded={venues}
        what={t('exchanges.venuesLoading')}
        retry={() => void exchanges.venues.refresh()}
        cancel={exchanges.venues.giveUp}
      >
        {(list) => <FetchForm venues={list.venues.map(({ id }) => id)} />}
      </LoadedView>
    </>
  );
}

function FetchForm({ venues }: { readonly venues: readonly string[] }) {
  const { t } = useTranslation();
  const { stored } = useStores();
  const { busy, error, run } = useAct();
  const [venue, setVenue] = useState('');
  const [series, setSeries] = useState(FIRST_SERIES);
  const [day, setDay] = useState('');
  const [step, setStep] = useState<FetchProgress | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const chosen = venue === '' ? (venues[0] ?? '') : venue;
  const from = Date.parse(`${day}T00:00:00Z`);
  const count = (value: number): string => decimalText(String(value));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSaid(null);
    void run(async () => {
      try {
        const got = await stored.fetch({ ...series, venue: chosen, from }, setStep);
        setSaid(
          t('stored.fetched', { fetched: count(got.fetched), added: count(got.added), holes: count(got.gapCount) }),
        );
      } finally {
        setStep(null);
      }
    });
  };
  return (
    <form aria-label={t('stored.fetch')} onSubmit={submit} className="flex flex-col gap-3 px-3 pb-3">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Select
          label={t('stored.venue')}
          value={chosen}
          options={venues.map((id) => ({ value: id, label: id }))}
          onChange={setVenue}
        />
        <SeriesChoice value={series} onChange={setSeries} />
      </div>
      <TextField
        className="max-w-48"
        label={t('stored.since')}
        type="date"
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      {error !== null && <ErrorState error={error} />}
      <p role="status" className="text-12 text-muted empty:hidden">
        {step === null ? said : t('stored.progress', { fetched: count(step.fetched), at: utcText(step.at) })}
      </p>
      <Button type="submit" className="self-start" disabled={busy || chosen === '' || Number.isNaN(from)}>
        {t(busy ? 'stored.fetching' : 'stored.fetchDo')}
      </Button>
    </form>
  );
}
