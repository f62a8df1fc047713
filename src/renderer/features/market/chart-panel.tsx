import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AfterPaint } from '../../components/after-paint.tsx';
import { Chip } from '../../components/chip.tsx';
import { later } from '../../components/later.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useEngine, useMarket, useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';
import { marketLabel } from './market-label.ts';

// The library that draws charts is a sixth of the page.
const ChartBody = later(async () => (await import('./chart-body.tsx')).ChartBody);

/** Candles with their trades and levels, the source always named. */
export function ChartPanel({ className }: { readonly className?: string }) {
  const { t } = useTranslation();
  const { market, extras } = useStores();
  const loaded = useStore(market.chart);
  const status = useEngine((state) => state.status);
  const cycle = useMarket((state) => state.selection.cycle);
  const chart = loaded.data;
  useEffect(() => extras.watch(), [extras]);
  return (
    <MarketPanel
      title={chart === null ? t('market.chart') : `${chart.instrument} ${chart.interval}`}
      flush
      fill
      className={className}
      note={chart === null ? undefined : t('market.openNote')}
      env={status?.environment ?? null}
      actions={
        chart === null || status === null ? undefined : (
          <Chip title={chart.source}>
            {cycle === null && status.feed.seed !== null ? marketLabel(status) : chart.source}
          </Chip>
        )
      }
    >
      <LoadedView
        loaded={loaded}
        what={t('market.candles')}
        retry={() => void market.chart.refresh()}
        cancel={market.chart.giveUp}
      >
        {(data) => (
          <AfterPaint className="min-h-28 flex-1">
            <ChartBody chart={data} />
          </AfterPaint>
        )}
      </LoadedView>
    </MarketPanel>
  );
}
