import type { TFunction } from 'i18next';
import { floatText } from '#shared/format/figures.ts';
import type { DrawnIndicators } from '../../charts/indicator-layer.ts';

const KINDS = ['sma', 'ema', 'bollinger', 'vwap', 'rsi', 'macd', 'atr', 'adx'] as const;
type Kind = (typeof KINDS)[number];
const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name);
const LINES = ['upper', 'middle', 'lower', 'histogram', 'macd', 'signal', 'adx', 'plus', 'minus'] as const;
const isLine = (name: string): name is (typeof LINES)[number] => (LINES as readonly string[]).includes(name);

/** `ema:21` as a person reads it: `EMA 21`. */
export function indicatorName(id: string, t: TFunction): string {
  const [kind = '', ...numbers] = id.split(':');
  return isKind(kind) ? t(`market.indicators.names.${kind}`, { numbers: numbers.join(' · ') }) : id;
}

export type IndicatorReading = { readonly id: string; readonly name: string; readonly value: string };

/** What each indicator says at one candle. Prices have the decimals of their instrument, the others two. */
export function readingsAt(
  indicators: DrawnIndicators | null,
  openTime: number | undefined,
  decimals: number,
  t: TFunction,
): readonly IndicatorReading[] {
  if (indicators === null || openTime === undefined) return [];
  const index = indicators.openTime.indexOf(openTime);
  if (index < 0) return [];
  return indicators.series.flatMap(({ id, place, lines }) =>
    lines.map(({ name, values }) => {
      const value = values[index] ?? Number.NaN;
      const whole = indicatorName(id, t);
      return {
        id: `${id} ${name}`,
        name: lines.length > 1 && isLine(name) ? `${whole} ${t(`market.indicators.lines.${name}`)}` : whole,
        value: Number.isFinite(value)
          ? floatText(value, place === 'overlay' ? decimals : 2)
          : t('market.indicators.none'),
      };
    }),
  );
}
