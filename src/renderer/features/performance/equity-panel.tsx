import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerformanceView } from '#shared/contract/performance.ts';
import { floatText } from '#shared/format/figures.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { ChartFoot } from '../../charts/chart-foot.tsx';
import { CurvesChart } from '../../charts/curves-chart.tsx';
import { EmptyState } from '../../components/states.tsx';

/** Equity above, what of the highest is missing below; the same in a sentence. */
export function EquityPanel({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  const { curve } = view;
  const drawn = useMemo(() => {
    const time = Float64Array.from(curve.time);
    return {
      curves: [{ look: 'first' as const, time, values: Float64Array.from(curve.equity) }],
      falls: [{ look: 'first' as const, time, values: Float64Array.from(curve.depth) }],
    };
  }, [curve]);
  if (curve.time.length < 2) return <EmptyState>{t('performance.noCurve')}</EmptyState>;
  const amount = (value: number | undefined): string => floatText(value ?? Number.NaN, 2);
  const summary = t('performance.equitySummary', {
    from: amount(curve.equity[0]),
    to: amount(curve.equity.at(-1)),
    start: dateTimeText(curve.time[0] ?? 0, zone),
    end: dateTimeText(curve.time.at(-1) ?? 0, zone),
    low: amount(Math.min(...curve.equity)),
    high: amount(Math.max(...curve.equity)),
    drawdown: `${floatText(Math.max(...curve.depth) * 100, 2)}%`,
  });
  return (
    <>
      <div className="relative h-72">
        <CurvesChart curves={drawn.curves} falls={drawn.falls} unit="amount" label={summary} />
      </div>
      <ChartFoot summary={summary} />
    </>
  );
}
