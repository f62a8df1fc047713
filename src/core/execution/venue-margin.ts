import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isNegative,
  isPositive,
  max,
  min,
  multiply,
  negate,
  ONE,
  quantize,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { checkMargin, interestOn } from '../domain/margin.ts';
import { type Money, money } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import type { FeeSchedule } from './fees.ts';

/** Interest that is due. `event` is unique, so that it is booked once. */
export type InterestCharge = {
  readonly event: string;
  readonly instrumentId: InstrumentId;
  readonly amount: Money;
  readonly ts: UnixMs;
};

/** The account behind a venue that lends. */
export type MarginAccount = {
  /** Cash in quote at this moment, proceeds of short sales included and fees and interest taken off. */
  readonly cash: () => Decimal;
  /** Must take the amount off the cash before it returns. */
  readonly onInterest: (charge: InterestCharge) => void;
};

/** Lends the base asset. Holdings are signed here: below zero is borrowed. */
export type Lender = {
  /** Why a sale of `size` at `at` may not be made, or undefined. `fee` is in quote. */
  refusalOf(size: Decimal, at: Decimal, fee: Decimal, holding: Decimal): string | undefined;
  /** The price at which the equity has fallen to the maintenance margin, in ticks rounded up; undefined when nothing can reach it. */
  liquidationTicks(holding: Decimal): number | undefined;
  /** Charges interest for a stretch of time during which `holding` was borrowed, valued at `at`. */
  charge(holding: Decimal, at: Decimal, from: UnixMs, until: UnixMs): void;
};

/**
 * The lender of an instrument with margin terms; undefined for spot. Throws Fault('usage') on impossible terms, on terms without an account
 * or the reverse, and on fees in base, which what is borrowed cannot pay.
 */
export function createLender(
  instrument: Instrument,
  account: MarginAccount | undefined,
  { paidIn }: FeeSchedule,
  tick: Decimal,
): Lender | undefined {
  const { id, margin: terms, quote, quoteScale } = instrument;
  if ((terms === undefined) !== (account === undefined))
    throw new Fault(
      'usage',
      `${id} has ${terms === undefined ? 'an account but no margin terms' : 'margin terms but no account'}`,
      'Give both, or neither for spot.',
    );
  if (terms === undefined || account === undefined) return undefined;
  checkMargin(terms);
  if (paidIn === 'base' || paidIn === 'received')
    throw new Fault(
      'usage',
      'fees in base cannot be paid on margin',
      'Choose fees in quote or in a coin of the venue.',
    );
  return {
    refusalOf(size, at, fee, holding) {
      const after = subtract(holding, size);
      if (!isNegative(after)) return undefined;
      const needed = multiply(multiply(negate(after), at), terms.initial);
      const equity = subtract(add(account.cash(), multiply(holding, at)), fee);
      return compare(equity, needed) < 0
        ? `equity of ${formatDecimal(equity)} ${quote} is less than the initial margin of ${formatDecimal(needed)}`
        : undefined;
    },
    liquidationTicks(holding) {
      if (!isNegative(holding)) return undefined;
      // cash - owed x price = maintenance x owed x price
      const perTick = multiply(multiply(negate(holding), add(ONE, terms.maintenance)), tick);
      const { units } = divide(account.cash(), perTick, 0, 'ceil');
      if (units > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
      return Math.max(1, Number(units));
    },
    charge(holding, at, from, until) {
      if (!isNegative(holding)) return;
      const amount = interestOn(multiply(negate(holding), at), terms, until - from, quoteScale);
      if (!isPositive(amount)) return;
      account.onInterest({
        event: `interest ${id} ${until}`,
        instrumentId: id,
        amount: money(amount, quote),
        ts: until,
      });
    },
  };
}

/** What an order that may only reduce can fill of `wanted`: whole lots of what is held, or of what is borrowed. */
export function reducible(side: Side, wanted: Decimal, holding: Decimal, lot: Decimal): Decimal {
  const opposite = side === 'sell' ? holding : negate(holding);
  return min(wanted, quantize(max(ZERO, opposite), lot, 'floor'));
}
