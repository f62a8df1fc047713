import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { FileField } from '../../components/file-field.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { MarketFields } from './market-fields.tsx';
import { amountWrong, bpsWrong, wholeWrong } from './measure-draft.ts';

const SIMULATED = 'simulated';
const INTERVAL = '1h';
const MOST_CANDLES = 33_000;
const MOST_SEED = 999_999_999;

/** Starts the families' study. It takes minutes on years of candles, and goes on in the engine whatever is looked at meanwhile. */
export function MeasureFamiliesForm() {
  const { t } = useTranslation();
  const named = useNames();
  const { breeding, lab, measurements } = useStores();
  const [, navigate] = useLocation();
  const strategies = useStore(breeding.strategies, ({ data }) => data) ?? [];
  const imported = useStore(lab.imported, ({ data }) => data) ?? [];
  const error = useStore(measurements, ({ errors }) => errors.families) ?? null;
  const running = useStore(
    measurements.list,
    ({ data }) => data?.some(({ kind, state }) => kind === 'families' && state === 'running') ?? false,
  );
  const [only, setOnly] = useState<readonly string[]>([]);
  const [source, setSource] = useState(SIMULATED);
  const [draft, setDraft] = useState({ candles: '10000', seed: '1', feeBps: '10', cash: '', news: '' });
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const series = imported.find(({ instrument, interval }) => `${instrument} ${interval}` === source);
  // A yardstick is no family that an agent is made of.
  const families = strategies.filter(({ regimes }) => regimes.length > 0);
  const word = t('measuring.wrongNumber');
  const wrong = {
    candles: series === undefined && wholeWrong(draft.candles, 100, MOST_CANDLES) ? `100..${MOST_CANDLES}` : undefined,
    seed: series === undefined && wholeWrong(draft.seed, 0, MOST_SEED) ? `0..${MOST_SEED}` : undefined,
    feeBps: bpsWrong(draft.feeBps) ? word : undefined,
    cash: draft.cash.trim() !== '' && amountWrong(draft.cash) ? word : undefined,
  };
  const usable = Object.values(wrong).every((why) => why === undefined);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!usable || running) return;
    const news = draft.news.trim();
    void measurements
      .families({
        ...(series === undefined
          ? {
              market: { kind: 'generator', seed: Number(draft.seed), candles: Number(draft.candles) },
              interval: INTERVAL,
            }
          : { market: { kind: 'imported' }, instrument: series.instrument, interval: series.interval }),
        feeBps: draft.feeBps.trim(),
        ...(draft.cash.trim() === '' ? {} : { cash: draft.cash.trim() }),
        ...(only.length === 0 ? {} : { only: [...only] }),
        ...(news === '' ? {} : { news: [news] }),
      })
      .then((id) => (id === null ? undefined : navigate(`/lab/${id}`)));
  };

  return (
    <Panel title={t('measuring.families')} note={t('measuring.familiesNote')}>
      <Disclosure lazy summary={t('measuring.familiesOpen')}>
        <form onSubmit={submit} className="flex flex-col gap-3" aria-label={t('measuring.families')}>
          <Select
            className="w-full justify-between"
            label={t('lab.candles')}
            value={source}
            options={[
              { value: SIMULATED, label: t('lab.simulated') },
              ...imported.map(({ instrument, interval, candles }) => ({
                value: `${instrument} ${interval}`,
                label: `${instrument} ${interval}`,
                note: `${candles}`,
              })),
            ]}
            onChange={setSource}
          />
          {series === undefined && <p className="text-11 text-warn">{t('measuring.noRegimes')}</p>}
          <fieldset className="flex min-w-0 flex-col gap-1">
            <legend className="mb-1 text-11 text-muted">{t('measuring.familiesOf')}</legend>
            {families.map(({ name, needs }) => (
              <label key={name} className="flex min-h-6 items-center gap-2 text-12">
                <input
                  type="checkbox"
                  checked={only.includes(name)}
                  onChange={({ target }) =>
                    setOnly(target.checked ? [...only, name] : only.filter((one) => one !== name))
                  }
                  className="size-4 accent-accent"
                />
                {named('families', name)}
                {needs !== null && <span className="text-11 text-faint">{t('breeding.needsNews')}</span>}
              </label>
            ))}
            <p className="text-11 text-faint">{t('measuring.familiesAll')}</p>
          </fieldset>
          <div className="grid grid-cols-2 gap-x-3 gap-y-2">
            <MarketFields values={draft} wrong={wrong} made={series === undefined} onChange={set} />
            <div className="col-span-2">
              <FileField
                label={t('measuring.newsFile')}
                value={draft.news}
                note={t('measuring.newsFileNote')}
                onChange={(text) => set({ news: text })}
              />
            </div>
          </div>
          {running && <p className="text-11 text-muted">{t('measuring.runs')}</p>}
          {error !== null && <ErrorState error={error} />}
          <div className="flex justify-end">
            <Button kind="primary" type="submit" disabled={!usable || running}>
              {t('measuring.start')}
            </Button>
          </div>
        </form>
      </Disclosure>
    </Panel>
  );
}
