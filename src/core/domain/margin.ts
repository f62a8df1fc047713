import { Fault } from '../kernel/fault.ts';
import {
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  isNegative,
  isPositive,
  multiply,
  ONE,
} from './decimal.ts';

/**
 * On what terms a venue lends the base asset to a seller. Shares are fractions of what is borrowed, valued at the market. An instrument
 * without terms is spot: nothing can be sold that is not held.
 */
export type MarginTerms = {
  /** Equity needed to open a short position; the proceeds of the sale are not counted twice. */
  readonly initial: Decimal;
  /** Equity below which the venue buys everything back. */
  readonly maintenance: Decimal;
  /** Simple interest a year of 365 days, as a fraction. */
  readonly annualInterest: Decimal;
};

const YEAR_MS = decimal(365n * 86_400_000n);

/** Throws Fault('usage') unless 0 < maintenance <= initial <= 1 and the interest is not negative. */
export function checkMargin({ initial, maintenance, annualInterest }: MarginTerms): void {
  if (!isPositive(maintenance) || compare(maintenance, initial) > 0 || compare(initial, ONE) > 0)
    throw new Fault(
      'usage',
      `margins of ${formatDecimal(initial)} and ${formatDecimal(maintenance)} are not a share of at most 1 and a smaller one above 0`,
      'Give initial and maintenance margin as fractions of the borrowed value.',
    );
  if (isNegative(annualInterest)) throw new Fault('usage', 'interest must be at least 0', 'Correct the margin terms.');
}

/** Interest on a borrowed value over `ms` milliseconds, rounded up once at `scale` decimals. */
export function interestOn(borrowed: Decimal, { annualInterest }: MarginTerms, ms: number, scale: number): Decimal {
  if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`interest over ${ms} milliseconds`);
  return divide(multiply(multiply(borrowed, annualInterest), decimal(BigInt(ms))), YEAR_MS, scale, 'up');
}
