import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { FileField } from '../../components/file-field.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { ArbitrageAsked } from '../../stores/measurements-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { INTERVAL_OPTIONS } from '../market/intervals.ts';
import { Field } from './field.tsx';
import {
  amountWrong,
  bpsWrong,
  keyOfSeries,
  type MarketDraft,
  marketFaults,
  marketOf,
  NEW_MARKET,
  wholeWrong,
} from './measure-draft.ts';

const LEAST_MARKETS = 2;
const MOST_MARKETS = 24;
const FILE = 'file';

type MarketProps = {
  readonly n: number;
  readonly market: MarketDraft;
  readonly series: readonly StoredSeriesView[];
  readonly tried: boolean;
  readonly onChange: (market: MarketDraft) => void;
  readonly onRemove: (() => void) | undefined;
};

function MarketFields({ n, market, series, tried, onChange, onRemove }: MarketProps) {
  const { t } = useTranslation();
  const faults = marketFaults(market);
  const wrong = (field: (typeof faults)[number], why: string): string | undefined =>
    tried && faults.includes(field) ? why : undefined;
  const set = (change: Partial<MarketDraft>): void => onChange({ ...market, ...change });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-t border-hair pt-2">
      <legend className="sr-only">{t('measuring.marketN', { n })}</legend>
      <div className="flex items-center gap-1.5">
        <Select
          className="w-full min-w-0 justify-between"
          label={t('measuring.marketN', { n })}
          value={market.series === '' ? FILE : market.series}
          options={[
            ...series.map((one) => ({
              value: keyOfSeries(one),
              label: keyOfSeries(one),
              note: `${one.candles}`,
            })),
            { value: FILE, label: t('measuring.aFile') },
          ]}
          onChange={(value) => set({ series: value === FILE ? '' : value })}
        />
        {onRemove !== undefined && (
          <Button kind="quiet" aria-label={t('measuring.removeMarket', { n })} onClick={onRemove}>
            <X aria-hidden size={13} />
          </Button>
        )}
      </div>
      <div className="grid grid-cols-2 gap-x-3 gap-y-2">
        {market.series === '' && (
          <>
            <Field
              label={t('measuring.venue')}
              value={market.venue}
              note={t('measuring.venueNote')}
              wrong={wrong('venue', t('measuring.wrongVenue'))}
              onChange={(venue) => set({ venue })}
            />
            <Field
              label={t('measuring.pair')}
              value={market.instrument}
              placeholder="BTC/USDT"
              wrong={wrong('instrument', t('measuring.wrongPair'))}
              onChange={(instrument) => set({ instrument })}
            />
            <div className="col-span-2">
              <FileField
                label={t('measuring.path')}
                accept=".csv,.gz"
                value={market.path}
                wrong={wrong('path', t('measuring.missing'))}
                onChange={(path) => set({ path })}
              />
            </div>
          </>
        )}
        <Field
          label={t('measuring.takerFee')}
          unit={t('measuring.units.bps')}
          numeric
          value={market.feeBps}
          placeholder={t('measuring.usual', { value: 10 })}
          wrong={wrong('feeBps', t('measuring.wrongNumber'))}
          onChange={(feeBps) => set({ feeBps })}
        />
      </div>
    </fieldset>
  );
}

const TERMS = {
  halfSpreadBps: { label: 'halfSpread', unit: 'bps', usual: '2', wrong: bpsWrong },
  leastBps: { label: 'leastProfit', unit: 'bps', usual: '10', wrong: bpsWrong },
  most: { label: 'most', unit: 'quote', usual: '10000', wrong: amountWrong },
  latency: { label: 'latency', unit: 'candleUnit', usual: '1', wrong: (text: string) => wholeWrong(text, 0, 100) },
  stock: { label: 'stock', unit: 'tradeUnit', usual: '5', wrong: (text: string) => wholeWrong(text, 0, 1_000_000) },
} as const;
type Term = keyof typeof TERMS;
const TERM_NAMES = Object.keys(TERMS) as readonly Term[];

/** Starts a measurement of spreads between markets. Nothing is ever ordered: the family is detect-only. */
export function ArbitrageForm() {
  const { t } = useTranslation();
  const { lab, measurements } = useStores();
  const [, navigate] = useLocation();
  const imported = useStore(lab.imported, ({ data }) => data) ?? [];
  const error = useStore(measurements, ({ errors }) => errors.arbitrage) ?? null;
  const running = useStore(
    measurements.list,
    ({ data }) => data?.some(({ kind, state }) => kind === 'arbitrage' && state === 'running') ?? false,
  );
  const [interval, setInterval] = useState<string>('1m');
  const [markets, setMarkets] = useState<readonly MarketDraft[]>([NEW_MARKET, NEW_MARKET]);
  const [terms, setTerms] = useState<Readonly<Partial<Record<Term, string>>>>({});
  const [tried, setTried] = useState(false);
  const series = imported.filter((one) => one.interval === interval);
  const wrongTerm = (term: Term): boolean => {
    const text = terms[term]?.trim() ?? '';
    return text !== '' && TERMS[term].wrong(text);
  };
  const usable = markets.every((market) => marketFaults(market).length === 0) && !TERM_NAMES.some(wrongTerm);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!usable || running) return;
    const { latency, ...texts } = Object.fromEntries(
      Object.entries(terms)
        .map(([name, text]) => [name, text.trim()] as const)
        .filter(([, text]) => text !== ''),
    ) as Partial<Record<Term, string>>;
    void measurements
      .arbitrage({
        markets: markets.map(marketOf),
        interval: interval as ArbitrageAsked['interval'],
        ...texts,
        ...(latency === undefined ? {} : { latency: Number(latency) }),
      })
      .then((id) => (id === null ? undefined : navigate(`/lab/${id}`)));
  };

  return (
    <Panel title={t('measuring.arbitrage')} note={t('measuring.arbitrageNote')}>
      <Disclosure lazy summary={t('measuring.arbitrageOpen')}>
        <form onSubmit={submit} className="flex flex-col gap-3" aria-label={t('measuring.arbitrage')}>
          <p className="text-11 text-faint">{t('measuring.noVenues')}</p>
          <Select
            className="w-full justify-between"
            label={t('lab.interval')}
            value={interval}
            options={INTERVAL_OPTIONS}
            onChange={(next) => {
              setInterval(next);
              setMarkets(markets.map((market) => ({ ...market, series: '' })));
            }}
          />
          {markets.map((market, place) => (
            <MarketFields
              key={place}
              n={place + 1}
              market={market}
              series={series}
              tried={tried}
              onChange={(next) => setMarkets(markets.with(place, next))}
              onRemove={markets.length > LEAST_MARKETS ? () => setMarkets(markets.toSpliced(place, 1)) : undefined}
            />
          ))}
          {markets.length < MOST_MARKETS && (
            <Button
              className="self-start"
              icon={<Plus aria-hidden size={13} />}
              onClick={() => setMarkets([...markets, NEW_MARKET])}
            >
              {t('measuring.addMarket')}
            </Button>
          )}
          <div className="grid grid-cols-2 gap-x-3 gap-y-2 border-t border-hair pt-2">
            {TERM_NAMES.map((term) => {
              const { label, unit, usual } = TERMS[term];
              return (
                <Field
                  key={term}
                  label={t(`measuring.terms.${label}`)}
                  unit={t(`measuring.units.${unit}`)}
                  numeric
                  value={terms[term] ?? ''}
                  placeholder={t('measuring.usual', { value: usual })}
                  wrong={wrongTerm(term) ? t('measuring.wrongNumber') : undefined}
                  onChange={(text) => setTerms({ ...terms, [term]: text })}
                />
              );
            })}
          </div>
          {running && <p className="text-11 text-muted">{t('measuring.runs')}</p>}
          {error !== null && <ErrorState error={error} />}
          <div className="flex justify-end">
            <Button kind="primary" type="submit" disabled={running}>
              {t('measuring.start')}
            </Button>
          </div>
        </form>
      </Disclosure>
    </Panel>
  );
}
