import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { CandleChart } from '../../charts/candle-chart.tsx';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { Chip } from '../../components/chip.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { rowsOf } from '../../stores/chart-history.ts';
import { useEngine, useMarket, useStores } from '../../stores/stores-context.tsx';
import { linesOf, markersOf } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import { candleSentence, chartSummary } from './chart-summary.ts';
import { marketLabel } from './market-label.ts';

function ChartBody({ chart }: { readonly chart: AppOutput<'market.chart'> }) {
  const { t } = useTranslation();
  const { market } = useStores();
  const live = useMarket((state) => state.live);
  const cycle = useMarket((state) => state.selection.cycle);
  const [pointed, setPointed] = useState<DrawnCandle | null>(null);
  const past = useStore(market.history);
  const candles = useMemo(() => past.candles.concat(rowsOf(chart)), [past.candles, chart]);
  const markers = useMemo(() => {
    const first = chart.columns.openTime[0] ?? 0;
    // Of a run the chart knows all fills, also those that a page before it brings.
    const own = chart.markers.filter(({ ts }) => ts >= first || past.markers.length === 0);
    return markersOf(candles, past.markers.concat(own));
  }, [candles, past.markers, chart]);
  const lines = useMemo(() => linesOf(chart), [chart]);
  const all = useMemo(() => {
    const last = candles.at(-1)?.openTime ?? 0;
    return [...candles, ...live.filter((candle) => candle.openTime > last)];
  }, [candles, live]);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ChartLegend candle={pointed ?? all.at(-1) ?? null} decimals={chart.priceDecimals} />
      <div className="relative min-h-64 flex-1">
        <CandleChart
          identity={`${chart.instrument} ${chart.interval} ${cycle ?? 'running'}`}
          candles={candles}
          live={live}
          markers={markers}
          lines={lines}
          decimals={chart.priceDecimals}
          label={`${chart.instrument} ${chart.interval} candles with volume.`}
          onNearStart={() => void market.history.loadEarlier()}
          onPoint={setPointed}
          readout={(candle) => candleSentence(candle, chart.priceDecimals, dateTimeText(candle.openTime, zone))}
        />
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-t border-hair px-3 py-2">
        <p data-testid="chart-summary" className="figure min-w-0 flex-1 basis-80 text-12 text-muted">
          {chartSummary(chart, all)}
        </p>
        {past.error !== null && (
          <p role="status" className="basis-full text-12 text-warn">
            {t('figures.earlierFailed', { why: past.error.message })}
          </p>
        )}
        <ChartCredit />
      </div>
    </div>
  );
}

/** Candles with their trades and levels, the source always named. */
export function ChartPanel({ className }: { readonly className?: string }) {
  const { market } = useStores();
  const loaded = useStore(market.chart);
  const status = useEngine((state) => state.status);
  const cycle = useMarket((state) => state.selection.cycle);
  const chart = loaded.data;
  return (
    <Panel
      title={chart === null ? 'Chart' : `${chart.instrument} ${chart.interval}`}
      flush
      fill
      className={clsx('min-h-[30rem]', className)}
      note={chart === null ? undefined : 'times are the open of each candle, in your zone'}
      env={status?.environment ?? null}
      actions={
        chart === null || status === null ? undefined : (
          <Chip title={chart.source}>
            {cycle === null && status.feed.seed !== null ? marketLabel(status) : chart.source}
          </Chip>
        )
      }
    >
      <LoadedView loaded={loaded} what="candles" retry={() => void market.chart.refresh()}>
        {(data) => <ChartBody chart={data} />}
      </LoadedView>
    </Panel>
  );
}
