import type { RiskPolicyView } from '../contract/limits.ts';
import { names } from '../i18n/en/names.ts';
import { trimmed } from './decimal-text.ts';
import { percentText } from './figures.ts';

type Unit = 'percent' | 'count' | 'ms' | 'ranges';

/** What the number of each limit counts. */
const UNIT: Readonly<Record<keyof RiskPolicyView, Unit>> = {
  priceCollar: 'percent',
  maxOrderFraction: 'percent',
  maxSymbolFraction: 'percent',
  maxGrossFraction: 'percent',
  maxOpenOrders: 'count',
  maxOpenOrderFraction: 'percent',
  maxOrdersPerSecond: 'count',
  maxOrdersPerMinute: 'count',
  maxRepeatsPerMinute: 'count',
  duplicateWindowMs: 'ms',
  dayLoss: 'percent',
  halveAt: 'percent',
  reduceOnlyAt: 'percent',
  haltAt: 'percent',
  maxDrawdown: 'percent',
  gapFraction: 'percent',
  gapAtr: 'ranges',
  maxOpenRisk: 'percent',
  maxPositions: 'count',
  maxAgents: 'count',
};

const WITH_UNIT: Readonly<Record<Unit, (value: string) => string>> = {
  percent: (value) => percentText(value, 2),
  count: (value) => value,
  ms: (value) => `${value} ms`,
  ranges: (value) => trimmed(value),
};

export const limitMeaning = (name: keyof RiskPolicyView): string => names.limitMeanings[name];

/** `1.00%`, `20`, `2000 ms`. */
export const limitText = (name: keyof RiskPolicyView, value: string | number): string =>
  WITH_UNIT[UNIT[name]](String(value));
