import { Play } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { LabFamilyView } from '#shared/contract/lab.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { useParameterWords } from '../../app/use-parameter-words.ts';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useLab, useStores } from '../../stores/stores-context.tsx';
import { INTERVAL_OPTIONS } from '../market/intervals.ts';
import { Field } from './field.tsx';
import {
  backtestOf,
  FIRST_DRAFT,
  type LabDraft,
  type LabKind,
  searchOf,
  wrongFields,
  wrongParameter,
} from './lab-draft.ts';
import { MarketFields } from './market-fields.tsx';

const KINDS = ['backtest', 'search', 'walk-forward'] as const satisfies readonly LabKind[];
/** Names left, choices right, under each other. */
const WIDE = 'w-full justify-between';
const METHODS = ['random', 'grid', 'adaptive'].map((value) => ({ value, label: value }));
const OBJECTIVES = ['sharpe', 'sortino', 'calmar', 'return'].map((value) => ({ value, label: value }));

/** Starts a back-test, a search or a walk-forward. Nothing here trades: it plays over past or simulated candles. */
export function LabForm() {
  const { t } = useTranslation();
  const { lab } = useStores();
  const families = useStore(lab.families);
  return (
    <Panel title={t('lab.play')} note={t('lab.playNote')}>
      <LoadedView
        loaded={families}
        what={t('lab.theStrategies')}
        retry={() => void lab.families.refresh()}
        cancel={lab.families.giveUp}
      >
        {(list) => <Form families={list} />}
      </LoadedView>
    </Panel>
  );
}

function Form({ families }: { readonly families: readonly LabFamilyView[] }) {
  const { t } = useTranslation();
  const { lab, market } = useStores();
  const named = useNames();
  const words = useParameterWords();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<LabDraft>(() => ({
    ...FIRST_DRAFT,
    strategy: families[0]?.name ?? FIRST_DRAFT.strategy,
  }));
  const instruments = useStore(market.instruments, (state) => state.data);
  const imported = useStore(lab.imported, (state) => state.data) ?? [];
  const busy = useLab((state) => state.busy);
  const error = useLab((state) => state.error);
  const set = (change: Partial<LabDraft>): void => setDraft({ ...draft, ...change });

  const family = families.find(({ name }) => name === draft.strategy) ?? families[0];
  if (family === undefined) return null;
  const wrong = wrongFields(draft);
  const wrongParams = family.parameters.map((parameter) =>
    wrongParameter(draft.kind, parameter, draft.params[parameter.name]),
  );
  const usable = Object.keys(wrong).length === 0 && wrongParams.every((why) => why === undefined);
  const series = imported.filter(({ interval }) => INTERVAL_OPTIONS.some(({ value }) => value === interval));
  const chosen = series.find(
    ({ instrument, interval }) => instrument === draft.instrument && interval === draft.interval,
  );

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!usable || busy !== null) return;
    const started =
      draft.kind === 'backtest'
        ? lab.backtest(backtestOf(draft, family))
        : draft.kind === 'search'
          ? lab.search(searchOf(draft, family))
          : lab.walkForward(searchOf(draft, family));
    void started.then((id) => (id === null ? undefined : navigate(`/lab/${id}`)));
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-3" aria-label={t('lab.whatToPlay')}>
      <div className="flex flex-col gap-2">
        <Select
          className={WIDE}
          label={t('lab.what')}
          value={draft.kind}
          options={KINDS.map((value) => ({ value, label: t(`lab.kinds.${value}`) }))}
          onChange={(kind) => set({ kind: kind as LabKind, params: {} })}
        />
        <Select
          className={WIDE}
          label={t('lab.strategy')}
          value={draft.strategy}
          options={families.map(({ name }) => ({ value: name, label: named('families', name) }))}
          onChange={(strategy) => set({ strategy, params: {} })}
        />
      </div>
      <div className="flex flex-col gap-2">
        <Select
          className={WIDE}
          label={t('lab.candles')}
          value={draft.source}
          options={[
            { value: 'generator', label: t('lab.simulated') },
            ...(series.length > 0 ? [{ value: 'imported', label: t('lab.imported') }] : []),
          ]}
          onChange={(source) => {
            const [first] = series;
            set(
              source === 'imported' && first !== undefined
                ? { source, instrument: first.instrument, interval: first.interval }
                : { source: 'generator' },
            );
          }}
        />
        {draft.source === 'imported' ? (
          <Select
            className={WIDE}
            label={t('lab.series')}
            value={`${draft.instrument} ${draft.interval}`}
            options={series.map(({ instrument, interval, candles }) => ({
              value: `${instrument} ${interval}`,
              label: `${instrument} ${interval}`,
              note: `${candles}`,
            }))}
            onChange={(value) => {
              const found = series.find(({ instrument, interval }) => `${instrument} ${interval}` === value);
              if (found !== undefined) set({ instrument: found.instrument, interval: found.interval });
            }}
          />
        ) : (
          <>
            <Select
              className={WIDE}
              label={t('lab.instrument')}
              value={draft.instrument}
              options={(instruments ?? [{ symbol: draft.instrument }]).map(({ symbol }) => ({
                value: symbol,
                label: symbol,
              }))}
              onChange={(instrument) => set({ instrument })}
            />
            <Select
              className={WIDE}
              label={t('lab.interval')}
              value={draft.interval}
              options={INTERVAL_OPTIONS}
              onChange={(interval) => set({ interval: interval as LabDraft['interval'] })}
            />
          </>
        )}
      </div>
      {draft.source === 'imported' && chosen !== undefined && chosen.gaps > 0 && (
        <p className="text-11 text-warn">{t('lab.gaps', { missing: chosen.missing, count: chosen.gaps })}</p>
      )}

      <fieldset className="min-w-0 border-t border-hair pt-2">
        <legend className="sr-only">{t('lab.parametersOf', { name: named('families', family.name) })}</legend>
        <p className="mb-2 text-11 text-faint">
          {said(family.summary)} {draft.kind === 'backtest' ? t('lab.emptyUsual') : t('lab.emptySearched')}
        </p>
        <div className="grid grid-cols-2 gap-x-3 gap-y-2">
          {family.parameters.map((parameter, index) => (
            <Field
              key={`${family.name} ${parameter.name}`}
              label={words.label(parameter.name)}
              unit={words.unit(parameter.name)}
              code={parameter.name}
              numeric={draft.kind === 'backtest'}
              value={draft.params[parameter.name] ?? ''}
              placeholder={
                draft.kind === 'backtest' ? String(parameter.usual) : `${parameter.least}..${parameter.most}`
              }
              note={said(parameter.summary)}
              wrong={wrongParams[index]}
              onChange={(text) => set({ params: { ...draft.params, [parameter.name]: text } })}
            />
          ))}
        </div>
      </fieldset>

      <fieldset className="grid min-w-0 grid-cols-2 gap-x-3 gap-y-2 border-t border-hair pt-2">
        <legend className="sr-only">{t('lab.money')}</legend>
        <MarketFields values={draft} wrong={wrong} made={draft.source === 'generator'} onChange={set} />
        {draft.kind !== 'backtest' && (
          <>
            <Field
              label={t('lab.budget')}
              numeric
              value={draft.budget}
              wrong={wrong.budget}
              onChange={(budget) => set({ budget })}
            />
            <div className="col-span-2 flex flex-col gap-2">
              <Select
                className={WIDE}
                label={t('lab.method')}
                value={draft.method}
                options={METHODS.filter(({ value }) => value !== 'adaptive' || draft.kind === 'search')}
                onChange={(method) => set({ method: method as LabDraft['method'] })}
              />
              <Select
                className={WIDE}
                label={t('lab.chooseBy')}
                value={draft.objective}
                options={OBJECTIVES}
                onChange={(objective) => set({ objective: objective as LabDraft['objective'] })}
              />
            </div>
          </>
        )}
      </fieldset>
      {error !== null && <ErrorState error={error} />}
      <div className="flex justify-end">
        <Button
          kind="primary"
          type="submit"
          disabled={!usable || busy !== null}
          icon={<Play aria-hidden size={12} fill="currentColor" />}
        >
          {busy === null ? t(`lab.playKinds.${draft.kind}`) : t('lab.playing')}
        </Button>
      </div>
    </form>
  );
}
