import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { useMarket, useStores } from '../../stores/stores-context.tsx';
import { AlertList } from './alert-list.tsx';
import { PriceAlerts } from './price-alerts.tsx';

/** Where a notification leads that is about no other screen: the whole list, and the prices that are watched. */
export function AlertsScreen() {
  const { t } = useTranslation();
  const { market } = useStores();
  const instruments = useStore(market.instruments).data ?? [];
  const shown = useMarket((state) => state.selection.instrument);
  const [symbol, setSymbol] = useState(shown);
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('alerts.title')}</h1>
      <Panel
        title={t('alerts.price.title')}
        env="simulated"
        flush
        actions={
          <Select
            label={t('alerts.price.instrument')}
            value={symbol}
            options={instruments.map((one) => ({ value: one.symbol, label: one.symbol }))}
            onChange={setSymbol}
          />
        }
      >
        <PriceAlerts symbol={symbol} />
      </Panel>
      <Panel title={t('alerts.title')} flush>
        <AlertList onLeave={() => undefined} />
      </Panel>
    </div>
  );
}
