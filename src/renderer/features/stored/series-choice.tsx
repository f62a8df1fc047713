import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppInput } from '#shared/contract/app-contract.ts';
import { Select } from '../../components/select.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { INTERVAL_OPTIONS } from '../market/intervals.ts';

/** Which series a file or a venue is asked for. */
export type SeriesName = Pick<AppInput<'market.import'>, 'instrument' | 'interval'>;

export const FIRST_SERIES: SeriesName = { instrument: 'BTC/USDT', interval: '1h' };

type Props = { readonly value: SeriesName; readonly onChange: (value: SeriesName) => void };

/** Instrument and interval, of those that the engine knows. */
export function SeriesChoice({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { market } = useStores();
  const known = useStore(market.instruments, ({ data }) => data) ?? [{ symbol: value.instrument }];
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      <Select
        label={t('stored.instrument')}
        value={value.instrument}
        options={known.map(({ symbol }) => ({ value: symbol, label: symbol }))}
        onChange={(instrument) => onChange({ ...value, instrument })}
      />
      <Select
        label={t('stored.interval')}
        value={value.interval}
        options={INTERVAL_OPTIONS}
        onChange={(interval) => onChange({ ...value, interval: interval as SeriesName['interval'] })}
      />
    </div>
  );
}
