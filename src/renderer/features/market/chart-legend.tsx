import { useTranslation } from 'react-i18next';
import { floatText } from '#shared/format/figures.ts';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { Price, Signed } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import type { IndicatorReading } from './indicator-words.ts';

type Props = {
  readonly candle: DrawnCandle | null;
  readonly decimals: number;
  readonly readings?: readonly IndicatorReading[];
};

/** The candle under the pointer or the keyboard, else the newest. */
export function ChartLegend({ candle, decimals, readings = [] }: Props) {
  const { t } = useTranslation();
  if (candle === null) return null;
  const change = candle.open === 0 ? 0 : (candle.close / candle.open - 1) * 100;
  const direction = Math.abs(change) < 0.005 ? 'flat' : change > 0 ? 'up' : 'down';
  const figures = [
    ['O', candle.open],
    ['H', candle.high],
    ['L', candle.low],
    ['C', candle.close],
  ] as const;
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-0.5 px-3 text-12">
      <span className="text-muted" title={t('figures.openedMeans')}>
        {t('figures.opened')} <Moment ms={candle.openTime} />
      </span>
      {figures.map(([name, value]) => (
        <span key={name} className="figure-mono whitespace-nowrap">
          <span className="text-faint">{name} </span>
          <Price value={value} decimals={decimals} />
        </span>
      ))}
      <span className="figure-mono whitespace-nowrap" data-num="">
        <span className="text-faint">V </span>
        {floatText(candle.volume, 2)}
      </span>
      <Signed direction={direction}>{floatText(change, 2, { sign: 'always' })}%</Signed>
      {readings.map(({ id, name, value }) => (
        <span key={id} className="figure-mono whitespace-nowrap" data-num="">
          <span className="text-faint">{name} </span>
          {value}
        </span>
      ))}
    </div>
  );
}
