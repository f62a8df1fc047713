import { type Judgement, REGIMES, type Regime } from '../analyst/types.ts';
import { DIRECTIONS, type Direction, type Forecast, type Label } from './types.ts';

/** Candles after a call over which its outcome is judged: a day of hourly ones. */
export const HORIZON_CANDLES = 24;

/** A judgement's confidence as a probability: it goes to the label that is named, the rest is shared by all labels alike. */
export function namedForecast<L extends Label>(
  labels: readonly L[],
  named: L | undefined,
  confidence: number,
): Forecast {
  if (!(confidence >= 0 && confidence <= 1)) throw new RangeError(`not a confidence: ${confidence}`);
  const sure = named === undefined ? 0 : confidence;
  const share = (1 - sure) / labels.length;
  return Object.fromEntries(labels.map((label) => [label, label === named ? share + sure : share])) as Forecast;
}

export const regimeForecast = ({ regime, confidence }: Pick<Judgement, 'regime' | 'confidence'>): Forecast =>
  namedForecast<Regime>(REGIMES, regime, confidence);

/**
 * Which way the price goes, as a judgement has it: its bias. Without one a ranging market is called flat; any other says nothing about
 * direction, and all three are alike.
 */
export function directionForecast({
  regime,
  bias,
  confidence,
}: Pick<Judgement, 'regime' | 'bias' | 'confidence'>): Forecast {
  const named: Direction | undefined =
    bias === 'long' ? 'up' : bias === 'short' ? 'down' : regime === 'ranging' ? 'flat' : undefined;
  return namedForecast<Direction>(DIRECTIONS, named, confidence);
}

export const probabilityOf = (forecast: Forecast, label: Label): number => forecast[label] ?? 0;

/** The label that it finds likeliest; the first of equals in the order of `labels`. */
export const likeliest = <L extends Label>(forecast: Forecast, labels: readonly L[]): L =>
  labels.reduce((best, label) => (probabilityOf(forecast, label) > probabilityOf(forecast, best) ? label : best));
