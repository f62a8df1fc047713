import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartView } from '#shared/contract/market.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { CandleChart } from '../../charts/candle-chart.tsx';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { ChartFoot } from '../../charts/chart-foot.tsx';
import { rowsOf } from '../../stores/chart-history.ts';
import { linesOf, markersOf } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import { candleSentence, chartSummary } from './chart-summary.ts';

const NO_CANDLES: readonly DrawnCandle[] = [];

type Props = {
  readonly chart: ChartView;
  /** Changes when something else is drawn; the view then begins anew. */
  readonly identity: string;
};

/** Candles that stand still, with what was traded on them: of a run that goes on elsewhere or is over. */
export function RunChart({ chart, identity }: Props) {
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<DrawnCandle | null>(null);
  const candles = useMemo(() => rowsOf(chart), [chart]);
  const markers = useMemo(() => markersOf(candles, chart.markers, t), [candles, chart, t]);
  const lines = useMemo(() => linesOf(chart, t), [chart, t]);
  const { instrument, interval, priceDecimals } = chart;
  return (
    <div className="flex flex-col">
      <ChartLegend candle={pointed ?? candles.at(-1) ?? null} decimals={priceDecimals} readings={[]} />
      <div className="relative h-96">
        <CandleChart
          identity={`${instrument} ${interval} ${identity}`}
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
