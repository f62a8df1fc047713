import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AfterPaint } from '../../components/after-paint.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { IndicatorChooser } from './indicator-chooser.tsx';
import { MarketLower } from './market-lower.tsx';
import { MarketSide } from './market-side.tsx';
import { MarketSplit } from './market-split.tsx';
import { MarketToolbar } from './market-toolbar.tsx';
import { NotKept } from './not-kept.tsx';

export function MarketScreen() {
  const { t } = useTranslation();
  const { market } = useStores();
  const chart = useStore(market.chart, (state) => state.data);
  const environment = useEngine((state) => state.status?.environment ?? null);
  return (
    <div className="flex flex-col gap-3 p-3 lg:h-full">
      <h1 className="sr-only">{t('market.title')}</h1>
      <div>
        <MarketToolbar />
        <IndicatorChooser />
        <NotKept />
      </div>
      <MarketSplit
        part="side"
        className="flex-1 lg:min-h-[30rem]"
        first={
          <MarketSplit
            part="lower"
            first={<ChartPanel className="max-lg:min-h-[30rem]" />}
            second={
              chart !== null && (
                <AfterPaint>
                  <MarketLower chart={chart} env={environment} />
                </AfterPaint>
              )
            }
          />
        }
        second={
          chart !== null && (
            <AfterPaint>
              <MarketSide chart={chart} env={environment} />
            </AfterPaint>
          )
        }
      />
    </div>
  );
}
