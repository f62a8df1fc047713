import type { RiskPolicyView } from '../contract/limits.ts';
import { trimmed } from './decimal-text.ts';
import { percentText } from './figures.ts';

type Unit = 'percent' | 'count' | 'ms' | 'ranges';

/** What each limit means, and what its number counts. */
const LIMIT: Readonly<Record<keyof RiskPolicyView, { readonly unit: Unit; readonly means: string }>> = {
  priceCollar: { unit: 'percent', means: 'of the newest price: how far from it an order may lie' },
  maxOrderFraction: { unit: 'percent', means: 'of equity: one order' },
  maxSymbolFraction: { unit: 'percent', means: 'of equity: one instrument with its open entries' },
  maxGrossFraction: { unit: 'percent', means: 'of equity: everything together' },
  maxOpenOrders: { unit: 'count', means: 'orders that may rest at once' },
  maxOpenOrderFraction: { unit: 'percent', means: 'of equity: all entries that rest' },
  maxOrdersPerSecond: { unit: 'count', means: 'new entries in a second' },
  maxOrdersPerMinute: { unit: 'count', means: 'new entries in a minute' },
  maxRepeatsPerMinute: { unit: 'count', means: 'entries on one side of one instrument in a minute' },
  duplicateWindowMs: { unit: 'ms', means: 'within which the same order again is refused' },
  dayLoss: { unit: 'percent', means: 'lost in a UTC day: then only what reduces passes' },
  halveAt: { unit: 'percent', means: 'below the peak: half the size' },
  reduceOnlyAt: { unit: 'percent', means: 'below the peak: only what reduces passes' },
  haltAt: { unit: 'percent', means: 'below the peak: cancel, close and halt' },
  maxDrawdown: { unit: 'percent', means: 'below the peak: never, even at the worst that was planned for' },
  gapFraction: { unit: 'percent', means: 'of the price: jump past a stop that the reserve is made for' },
  gapAtr: { unit: 'ranges', means: 'mean ranges (ATR) added to that reserve' },
  maxOpenRisk: { unit: 'percent', means: 'of equity: all that open entries and positions may lose, gaps included' },
  maxPositions: { unit: 'count', means: 'positions at once on an account' },
  maxAgents: { unit: 'count', means: 'cycles at once' },
};

const WITH_UNIT: Readonly<Record<Unit, (value: string) => string>> = {
  percent: (value) => percentText(value, 2),
  count: (value) => value,
  ms: (value) => `${value} ms`,
  ranges: (value) => trimmed(value),
};

export const limitMeaning = (name: keyof RiskPolicyView): string => LIMIT[name].means;

/** `1.00%`, `20`, `2000 ms`. */
export const limitText = (name: keyof RiskPolicyView, value: string | number): string =>
  WITH_UNIT[LIMIT[name].unit](String(value));
