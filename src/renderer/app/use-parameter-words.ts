import { useTranslation } from 'react-i18next';
import type { english } from '#shared/i18n/en/words.ts';
import { useNames } from './use-names.ts';

type Unit = keyof typeof english.names.parameterUnits;

/** What the number of a parameter counts. A parameter that is not here has no unit that this window knows. */
export const PARAMETER_UNITS: Readonly<Record<string, Unit>> = {
  fastLength: 'candles',
  slowLength: 'candles',
  minAdx: 'adx',
  trailLength: 'candles',
  trailAtr: 'atr',
  length: 'candles',
  deviations: 'deviations',
  entryZone: 'share',
  rsiLength: 'candles',
  entryRsi: 'rsi',
  exitRsi: 'rsi',
  maxAdx: 'adx',
  maxBarsHeld: 'candles',
  trendLength: 'candles',
  minAtrBps: 'bps',
  maxAtrBps: 'bps',
  minVolumeShare: 'share',
  longestMinutes: 'minutes',
  tranches: 'parts',
  everyBars: 'candles',
  maxStretchAtr: 'atr',
  shockAtr: 'atr',
  exitAtr: 'atr',
  holdBars: 'candles',
  fallLength: 'candles',
  minFallAtr: 'atr',
  oversoldRsi: 'rsi',
  turnCandles: 'candles',
  minTone: 'tone',
  exitTone: 'tone',
  minItems: 'items',
  minSources: 'sources',
  maxGreed: 'index',
  maxAgeBars: 'candles',
  minMoveAtr: 'atr',
  maxMoveAtr: 'atr',
  recentBars: 'candles',
  chartWeight: 'weight',
  minScore: 'weight',
  exitScore: 'weight',
  maxBelowAtr: 'atr',
  fast: 'candles',
  slow: 'candles',
};

export type ParameterWords = {
  /** `Fast average`; a parameter of a newer engine is called by its own name. */
  readonly label: (parameter: string) => string;
  /** `candles`; undefined where none is known. */
  readonly unit: (parameter: string) => string | undefined;
  /** `Fast average 20, Slow average 50` */
  readonly list: (params: Readonly<Record<string, number>>) => string;
};

/** Parameters of strategy families in words, in the language of the window. The terminal writes their raw names: keep those in reach. */
export function useParameterWords(): ParameterWords {
  const { t } = useTranslation();
  const name = useNames();
  const label = (parameter: string): string => name('parameters', parameter);
  return {
    label,
    unit(parameter) {
      const unit = PARAMETER_UNITS[parameter];
      return unit === undefined ? undefined : t(`names.parameterUnits.${unit}`);
    },
    list: (params) =>
      Object.entries(params)
        .map(([parameter, value]) => `${label(parameter)} ${value}`)
        .join(', '),
  };
}
