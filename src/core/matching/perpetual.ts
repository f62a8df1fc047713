import {
  add,
  compare,
  type Decimal,
  divide,
  isNegative,
  isPositive,
  multiply,
  negate,
  ONE,
  subtract,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';

/*
 * Arithmetic of perpetual contracts and of borrowed positions. Nothing in the product trades them yet: PERPETUALS_ENABLED stays false until
 * orders, gate and ledger know short positions. Quantities are signed here: above zero long, below zero short.
 */
export const PERPETUALS_ENABLED = false;

/** A funding rate as a venue published it: what longs pay to shorts at that instant, as a fraction of the notional at the mark price. */
export type FundingRate = { readonly at: UnixMs; readonly rate: Decimal; readonly markPrice: Decimal };

/** A holding from a moment on, until the next entry. */
export type HeldFrom = { readonly from: UnixMs; readonly quantity: Decimal };

/**
 * What a position received (above zero) or paid by funding: at each recorded instant rate x mark price x what was open at that very
 * instant. Instants are taken from the record and not from a clock, so that a venue that changes its interval changes nothing here.
 * A position opened at the instant itself is open; one closed at it is not. Throws Fault('bad_data') when the record is not in order.
 */
export function fundingOf(rates: readonly FundingRate[], holdings: readonly HeldFrom[]): Decimal {
  refuseDisorder(
    rates.map(({ at }) => at),
    'funding rates',
  );
  refuseDisorder(
    holdings.map(({ from }) => from),
    'holdings',
  );
  return sum(
    rates.map(({ at, rate, markPrice }) => {
      const held = holdings.findLast(({ from }) => from <= at)?.quantity ?? ZERO;
      return negate(multiply(multiply(held, markPrice), rate));
    }),
  );
}

/** Up to which notional which share of it must remain as margin; `deduction` makes the steps meet (the usual table of venues). */
export type MaintenanceTier = {
  readonly upTo: Decimal | undefined;
  readonly rate: Decimal;
  readonly deduction: Decimal;
};

/** Margin that must remain for a notional: notional x rate - deduction of its tier. Throws Fault('bad_data') on a table without an end. */
export function maintenanceMargin(notional: Decimal, tiers: readonly MaintenanceTier[]): Decimal {
  const tier = tiers.find(({ upTo }) => upTo === undefined || compare(notional, upTo) <= 0);
  if (tier === undefined)
    throw new Fault(
      'bad_data',
      'the maintenance table ends below the notional',
      'Give a last tier without an upper end.',
    );
  return subtract(multiply(notional, tier.rate), tier.deduction);
}

export type MarginPosition = {
  /** Signed. */
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  /** Collateral, funding paid and received included. */
  readonly margin: Decimal;
};

/**
 * True when the venue would liquidate: collateral plus result at the MARK price no longer covers the maintenance margin. The last traded
 * price does not come in: one print on a thin book liquidates nobody.
 */
export function isLiquidated(
  { quantity, entryPrice, margin }: MarginPosition,
  markPrice: Decimal,
  tiers: readonly MaintenanceTier[],
): boolean {
  const result = multiply(quantity, subtract(markPrice, entryPrice));
  const size = multiply(isNegative(quantity) ? negate(quantity) : quantity, markPrice);
  return isPositive(size) && compare(add(margin, result), maintenanceMargin(size, tiers)) <= 0;
}

const YEAR_MS = 365n * 86_400_000n;

/**
 * Interest on what was borrowed, simple, for every whole hour begun, at a yearly rate, rounded up at `scale` decimals: 365 days of 24 hours.
 */
export function borrowInterest(
  borrowed: Decimal,
  yearlyRate: Decimal,
  from: UnixMs,
  until: UnixMs,
  scale: number,
): Decimal {
  if (until < from) throw new RangeError('interest of a time that runs backwards');
  const hours = BigInt(Math.ceil((until - from) / 3_600_000));
  const share = { units: hours * 3_600_000n, scale: 0 };
  return divide(
    multiply(multiply(borrowed, yearlyRate), share),
    multiply(ONE, { units: YEAR_MS, scale: 0 }),
    scale,
    'up',
  );
}

function refuseDisorder(times: readonly UnixMs[], what: string): void {
  for (let i = 1; i < times.length; i++)
    if ((times[i] as UnixMs) <= (times[i - 1] as UnixMs))
      throw new Fault('bad_data', `${what} are not in order of time`, 'Sort them, oldest first, each moment once.');
}
