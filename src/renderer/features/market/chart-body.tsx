import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChartView } from '#shared/contract/market.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { usePreference } from '../../app/preferences.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { zone } from '../../app/zone.ts';
import { CandleChart } from '../../charts/candle-chart.tsx';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import type { MovableStop } from '../../charts/stop-drag.ts';
import { ErrorState } from '../../components/states.tsx';
import { rowsOf } from '../../stores/chart-history.ts';
import { useMarket, useStores } from '../../stores/stores-context.tsx';
import { lineAt, linesOf, markersOf } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import { candleSentence, chartSummary } from './chart-summary.ts';
import { readingsAt } from './indicator-words.ts';
import { INTERVALS } from './intervals.ts';
import { stopBounds } from './stop-bounds.ts';

/** The candles of the running market or of a run, with everything that stands around them, drawn and in words. */
export function ChartBody({ chart }: { readonly chart: ChartView }) {
  const { t } = useTranslation();
  const named = useNames();
  const { market, extras, stop } = useStores();
  const live = useMarket((state) => state.live);
  const cycle = useMarket((state) => state.selection.cycle);
  const chosen = usePreference('chartIndicators');
  const { data: computed, error } = useStore(extras.indicators);
  const reading = useStore(extras.reading, (state) => state.data);
  const draft = useStore(stop, (state) => state.draft);
  const [pointed, setPointed] = useState<DrawnCandle | null>(null);

  const past = useStore(market.history);
  const candles = useMemo(() => past.candles.concat(rowsOf(chart)), [past.candles, chart]);
  const markers = useMemo(() => {
    const first = chart.columns.openTime[0] ?? 0;
    // Of a run the chart knows all fills, also those that a page before it brings.
    const own = chart.markers.filter(({ ts }) => ts >= first || past.markers.length === 0);
    return markersOf(candles, past.markers.concat(own), t);
  }, [candles, past.markers, chart, t]);
  const all = useMemo(() => {
    const last = candles.at(-1)?.openTime ?? 0;
    return [...candles, ...live.filter((candle) => candle.openTime > last)];
  }, [candles, live]);
  const newest = all.at(-1);
  const isOfThis = (one: { readonly instrument: string; readonly interval: string } | null): boolean =>
    one !== null && one.instrument === chart.instrument && one.interval === chart.interval;
  const indicators = isOfThis(computed) && chosen.length > 0 ? computed : null;
  const shownReading = isOfThis(reading) ? reading : null;
  const bands = useMemo(
    () =>
      shownReading === null || !chosen.includes('regime')
        ? []
        : shownReading.bands.map(({ from, to, regime }) => ({ from, to, regime, name: named('regimes', regime) })),
    [shownReading, chosen, named],
  );
  const lines = useMemo(
    () => [
      ...linesOf(chart, t),
      ...(draft !== null && draft.instrument === chart.instrument && Number.isFinite(Number(draft.to))
        ? [lineAt('draft', draft.to, t)]
        : []),
    ],
    [chart, draft, t],
  );
  const stops = useMemo(
    () =>
      newest === undefined
        ? []
        : chart.lines.flatMap((line) => stopBounds(line, newest.close, chart.priceDecimals) ?? []),
    [chart, newest],
  );
  const carry = ({ agentId }: MovableStop, price: number): void =>
    stop.draft({ agentId, instrument: chart.instrument, to: price.toFixed(chart.priceDecimals) });
  const nextInterval = (key: string): void => {
    const step = key === ']' ? 1 : key === '[' ? -1 : 0;
    const interval = step === 0 || cycle !== null ? undefined : INTERVALS[INTERVALS.indexOf(chart.interval) + step];
    if (interval !== undefined) market.select({ interval });
  };
  const readings = readingsAt(indicators, (pointed ?? newest)?.openTime, chart.priceDecimals, t);
  const lastRegime = shownReading?.bands.at(-1)?.regime;

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ChartLegend candle={pointed ?? newest ?? null} decimals={chart.priceDecimals} readings={readings} />
      {error !== null && <ErrorState error={error} retry={() => void extras.indicators.refresh()} />}
      <div className="relative min-h-28 flex-1">
        <CandleChart
          identity={`${chart.instrument} ${chart.interval} ${cycle ?? 'running'}`}
          candles={candles}
          live={live}
          markers={markers}
          lines={lines}
          decimals={chart.priceDecimals}
          label={t('market.chartLabel', { instrument: chart.instrument, interval: chart.interval })}
          volume={chosen.includes('volume')}
          indicators={indicators}
          bands={bands}
          stops={stops}
          onStop={carry}
          onKey={nextInterval}
          onNearStart={() => void market.history.loadEarlier()}
          onPoint={setPointed}
          readout={(candle) => {
            const sentence = candleSentence(candle, chart.priceDecimals, dateTimeText(candle.openTime, zone));
            const values = readingsAt(indicators, candle.openTime, chart.priceDecimals, t);
            return values.length === 0
              ? sentence
              : t('market.withIndicators', {
                  candle: sentence,
                  indicators: values.map(({ name, value }) => t('market.valueOf', { name, value })).join(', '),
                });
          }}
        />
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-t border-hair px-3 py-2">
        {/* Three lines beside the panels, however low the chart is made; the rest of them scrolls. */}
        <p
          data-testid="chart-summary"
          tabIndex={0}
          className="figure min-w-0 flex-1 basis-80 overflow-y-auto text-12 text-muted lg:max-h-[3.2rem]"
        >
          {chartSummary(chart, all, lastRegime === undefined ? undefined : named('regimes', lastRegime))}
        </p>
        {past.error !== null && (
          <p role="status" className="basis-full text-12 text-warn">
            {t('figures.earlierFailed', { why: said(past.error.message) })}
          </p>
        )}
        <ChartCredit />
      </div>
    </div>
  );
}
