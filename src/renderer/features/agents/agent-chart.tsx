import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AgentView } from '#shared/contract/agents.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { CandleChart } from '../../charts/candle-chart.tsx';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { ChartFoot } from '../../charts/chart-foot.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { rowsOf } from '../../stores/chart-history.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { linesOf, markersOf } from '../market/chart-data.ts';
import { ChartLegend } from '../market/chart-legend.tsx';
import { candleSentence, chartSummary } from '../market/chart-summary.ts';

const NO_CANDLES: readonly DrawnCandle[] = [];

/** The candles that it traded in, with its fills, and its entry, stop and target: where they are, or last were. */
export function AgentChart({ agent }: { readonly agent: AgentView }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.chart);
  const { cycle, instrument, interval, environment } = agent;
  useEffect(() => agents.openChart({ cycle, instrument }), [agents, cycle, instrument]);
  return (
    <Panel title={`${instrument} ${interval}`} note={t('market.openNote')} env={environment} flush>
      <LoadedView
        loaded={loaded}
        what={t('market.candles')}
        retry={() => void agents.chart.refresh()}
        cancel={() => agents.chart.giveUp()}
      >
        {(chart) =>
          chart === null ? <EmptyState>{t('agents.noCandles')}</EmptyState> : <Drawn chart={chart} cycle={cycle} />
        }
      </LoadedView>
    </Panel>
  );
}

function Drawn({ chart, cycle }: { readonly chart: ChartView; readonly cycle: number }) {
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<DrawnCandle | null>(null);
  const candles = useMemo(() => rowsOf(chart), [chart]);
  const markers = useMemo(() => markersOf(candles, chart.markers), [candles, chart]);
  const lines = useMemo(() => linesOf(chart), [chart]);
  const { instrument, interval, priceDecimals } = chart;
  return (
    <div className="flex flex-col">
      <ChartLegend candle={pointed ?? candles.at(-1) ?? null} decimals={priceDecimals} readings={[]} />
      <div className="relative h-96">
        <CandleChart
          identity={`${instrument} ${interval} ${cycle}`}
          candles={candles}
          live={NO_CANDLES}
          markers={markers}
          lines={lines}
          decimals={priceDecimals}
          label={t('market.chartLabel', { instrument, interval })}
          onNearStart={() => undefined}
          onPoint={setPointed}
          readout={(candle) => candleSentence(candle, priceDecimals, dateTimeText(candle.openTime, zone))}
        />
      </div>
      <ChartFoot summary={chartSummary(chart, candles)} testId="chart-summary" />
    </div>
  );
}
