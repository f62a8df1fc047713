import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useAct } from '../../app/use-act.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const SIMULATED = 'simulated';
const INTERVAL = '1h';

const BOUNDS = {
  population: { least: 2, most: 500 },
  generations: { least: 1, most: 200 },
  candles: { least: 100, most: 500_000 },
  seed: { least: 0, most: 999_999_999 },
} as const;
type Field = keyof typeof BOUNDS;
const FIELDS = Object.keys(BOUNDS) as readonly Field[];
const LABELS = {
  population: 'breeding.evolvePopulation',
  generations: 'breeding.generations',
  candles: 'breeding.evolveCandles',
  seed: 'breeding.evolveSeed',
} as const;

const isIn = (field: Field, text: string): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= BOUNDS[field].least && Number(text) <= BOUNDS[field].most;

/** Starts an evolution; its progress, cancel and resume are those of every study. */
export function EvolveForm() {
  const { t } = useTranslation();
  const named = useNames();
  const { breeding, lab } = useStores();
  const [, navigate] = useLocation();
  const strategies = useStore(breeding.strategies, ({ data }) => data) ?? [];
  const imported = useStore(lab.imported, ({ data }) => data) ?? [];
  const { busy, error, run } = useAct();
  const [families, setFamilies] = useState<readonly string[]>([]);
  const [source, setSource] = useState(SIMULATED);
  const [draft, setDraft] = useState<Readonly<Record<Field, string>>>({
    population: '8',
    generations: '4',
    candles: '5000',
    seed: '1',
  });
  const [tried, setTried] = useState(false);
  // A yardstick has no agents, and what needs news has none in candles alone.
  const breedable = strategies.filter(({ regimes, needs }) => regimes.length > 0 && needs === null);
  const series = imported.find(({ instrument, interval }) => `${instrument} ${interval}` === source);
  const shown = FIELDS.filter((field) => series === undefined || (field !== 'candles' && field !== 'seed'));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (families.length === 0 || !shown.every((field) => isIn(field, draft[field].trim()))) return;
    const whole = (field: Field): number => Number(draft[field].trim());
    const market =
      series === undefined
        ? ({
            market: { kind: 'generator', seed: whole('seed'), candles: whole('candles') },
            interval: INTERVAL,
          } as const)
        : ({ market: { kind: 'imported' }, instrument: series.instrument, interval: series.interval } as const);
    void run(async () => {
      const id = await breeding.evolve({
        ...market,
        families: [...families],
        population: whole('population'),
        generations: whole('generations'),
      });
      await lab.list.refresh();
      navigate(`/lab/${id}`);
    });
  };

  return (
    <Panel title={t('breeding.evolve')} note={t('breeding.evolveNote')}>
      <Disclosure summary={t('breeding.evolveOpen')}>
        <form onSubmit={submit} className="flex flex-col gap-3" aria-label={t('breeding.evolve')}>
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 text-11 text-muted">{t('breeding.evolveFamilies')}</legend>
            {breedable.map(({ name }) => (
              <label key={name} className="flex min-h-6 items-center gap-2 text-12">
                <input
                  type="checkbox"
                  checked={families.includes(name)}
                  onChange={({ target }) =>
                    setFamilies(target.checked ? [...families, name] : families.filter((one) => one !== name))
                  }
                  className="size-4 accent-accent"
                />
                {named('families', name)}
              </label>
            ))}
          </fieldset>
          {tried && families.length === 0 && (
            <p role="alert" className="text-12 text-danger">
              {t('breeding.evolveMissing')}
            </p>
          )}
          <Select
            className="w-full justify-between"
            label={t('lab.candles')}
            value={source}
            options={[
              { value: SIMULATED, label: t('breeding.simulated') },
              ...imported.map(({ instrument, interval, candles }) => ({
                value: `${instrument} ${interval}`,
                label: `${instrument} ${interval}`,
                note: `${candles}`,
              })),
            ]}
            onChange={setSource}
          />
          <div className="grid grid-cols-2 gap-3">
            {shown.map((field) => (
              <TextField
                key={field}
                label={t(LABELS[field])}
                wrong={tried && !isIn(field, draft[field].trim()) ? t('breeding.wrongWhole', BOUNDS[field]) : undefined}
                inputMode="numeric"
                value={draft[field]}
                onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
              />
            ))}
          </div>
          {error !== null && <ErrorState error={error} />}
          <div className="flex justify-end">
            <Button kind="primary" type="submit" disabled={busy}>
              {busy ? t('breeding.evolveStarting') : t('breeding.evolveStart')}
            </Button>
          </div>
        </form>
      </Disclosure>
    </Panel>
  );
}
