import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AfterPaint } from '../../components/after-paint.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { IndicatorChooser } from './indicator-chooser.tsx';
import { MarketSide } from './market-side.tsx';
import { MarketToolbar } from './market-toolbar.tsx';

export function MarketScreen() {
  const { t } = useTranslation();
  const { market } = useStores();
  const chart = useStore(market.chart, (state) => state.data);
  const environment = useEngine((state) => state.status?.environment ?? null);
  return (
    <div className="flex h-full flex-col gap-3 p-3 max-xl:h-auto xl:min-h-[34rem]">
      <h1 className="sr-only">{t('market.title')}</h1>
      <div>
        <MarketToolbar />
        <IndicatorChooser />
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-3 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <ChartPanel />
        {chart !== null && (
          <AfterPaint>
            <MarketSide chart={chart} env={environment} />
          </AfterPaint>
        )}
      </div>
    </div>
  );
}
