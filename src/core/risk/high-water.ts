import { add, compare, type Decimal, max, ZERO } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';

/** What losses of an account are measured from. */
export type HighWater = {
  /** Highest equity ever. Only a mark above it and money of the owner move it; no stop, halt, resume or restart does. */
  readonly peakEquity: Decimal;
  /** The present UTC day, as a number of days since 1970, and the equity with which it began. */
  readonly day: number;
  readonly dayStartEquity: Decimal;
};

export const utcDayOf = (ts: UnixMs): number => Math.floor(ts / INTERVAL_MS['1d']);

export const openHighWater = (equity: Decimal, ts: UnixMs): HighWater => ({
  peakEquity: equity,
  day: utcDayOf(ts),
  dayStartEquity: equity,
});

/**
 * After a mark. `before` is the equity just before it: a day begins with what the account was worth when the day before ended. A clock that
 * went back a day begins none, because that would forget the day's loss.
 */
export function marked(water: HighWater, before: Decimal, after: Decimal, ts: UnixMs): HighWater {
  const peakEquity = max(water.peakEquity, after);
  const day = utcDayOf(ts);
  return day > water.day ? { peakEquity, day, dayStartEquity: before } : { ...water, peakEquity };
}

/**
 * After the owner has brought in money, or taken some out (below zero): neither a profit nor a loss. Taking out more than everything leaves
 * nothing to measure from.
 */
export const transferred = (water: HighWater, amount: Decimal): HighWater => ({
  ...water,
  peakEquity: notBelowZero(add(water.peakEquity, amount)),
  dayStartEquity: notBelowZero(add(water.dayStartEquity, amount)),
});

const notBelowZero = (value: Decimal): Decimal => (compare(value, ZERO) < 0 ? ZERO : value);
