import { Fault } from '../kernel/fault.ts';
import { absolute, type Decimal, decimal, formatDecimal, isPositive, isZero, parseDecimal } from './decimal.ts';

/**
 * How a venue states the precision of its prices or amounts. The same digit means three things: 2 as `decimals` is a step of 0.01, as a
 * `step` it is 2, and as `significant` digits it depends on the number itself. A venue's mode is never guessed.
 */
export type VenuePrecision =
  | {
      readonly mode: 'decimals';
      /** Places after the point; below zero, that many zeros before it. */
      readonly digits: number;
    }
  | { readonly mode: 'step'; readonly step: string }
  | { readonly mode: 'significant'; readonly digits: number };

const MOST_DIGITS = 18;

/** 10^exponent, exact. */
const powerOfTen = (exponent: number): Decimal =>
  exponent < 0 ? decimal(1n, -exponent) : decimal(10n ** BigInt(exponent));

/** Exponent of the first digit that is not zero: 2 for 123.4, -3 for 0.0012. */
function magnitudeOf(value: Decimal): number {
  const { units, scale } = absolute(value);
  return units.toString().length - 1 - scale;
}

/**
 * The smallest step of a price or an amount near `value`: a tick or a lot. Only significant digits look at the value, and their step grows
 * tenfold at each power of ten. Throws Fault('bad_data') when the precision or the value makes no step.
 */
export function stepOf(precision: VenuePrecision, value: Decimal): Decimal {
  const bad = (why: string): Fault =>
    new Fault('bad_data', `a precision in ${precision.mode} ${why}`, "Check the venue's rules for this instrument.");
  if (precision.mode === 'step') {
    const step = parseDecimal(precision.step);
    if (!isPositive(step)) throw bad(`cannot be a step of ${precision.step}`);
    return step;
  }
  const { mode, digits } = precision;
  const least = mode === 'significant' ? 1 : -MOST_DIGITS;
  if (!Number.isInteger(digits) || digits < least || digits > MOST_DIGITS) throw bad(`cannot have ${digits} digits`);
  if (mode === 'decimals') return powerOfTen(-digits);
  if (isZero(value)) throw bad(`has no step at ${formatDecimal(value)}`);
  return powerOfTen(magnitudeOf(value) + 1 - digits);
}
