import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Select } from '../../components/select.tsx';
import type { IntervalName } from '../../stores/market-store.ts';
import { useCycle, useMarket, useStores } from '../../stores/stores-context.tsx';
import { INTERVAL_OPTIONS } from './intervals.ts';
import { LayoutTools } from './layout-tools.tsx';

const RUNNING = 'running';

/** Which candles are shown. */
export function MarketToolbar() {
  const { t } = useTranslation();
  const { market } = useStores();
  const selection = useMarket((state) => state.selection);
  const instruments = useStore(market.instruments, (state) => state.data) ?? [];
  const shownInterval = useStore(market.chart, (state) => state.data?.interval ?? null);
  const recent = useCycle((state) => state.recent);

  const symbols = instruments.map((one) => one.symbol);
  const choices = symbols.includes(selection.instrument) ? symbols : [selection.instrument, ...symbols];
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Select
        label={t('market.instrument')}
        value={selection.instrument}
        options={choices.map((symbol) => ({ value: symbol, label: symbol }))}
        onChange={(instrument) => market.select({ instrument, cycle: null })}
      />
      <Select
        label={t('market.interval')}
        value={selection.interval ?? shownInterval ?? '1h'}
        options={INTERVAL_OPTIONS}
        onChange={(interval) => market.select({ interval: interval as IntervalName })}
      />
      <Select
        label={t('market.candlesOf')}
        value={selection.cycle === null ? RUNNING : String(selection.cycle)}
        options={[
          { value: RUNNING, label: t('market.running') },
          ...recent.map((run) => ({
            value: String(run.cycle),
            label: t('market.run', { cycle: run.cycle }),
            note: run.outcome,
          })),
        ]}
        onChange={(value) => {
          const run = recent.find((one) => String(one.cycle) === value);
          if (run === undefined) market.select({ cycle: null });
          else market.select({ cycle: run.cycle, instrument: run.instrument, interval: run.interval });
        }}
      />
      <LayoutTools />
    </div>
  );
}
