import type { Decimal } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { basisPoints, type Money, money, notional, type Price, type Quantity } from '../domain/money.ts';

/**
 * Fee of one fill in the quote asset: notional x basis points, rounded up to the decimals that the venue keeps, so that the
 * simulation never charges less than a venue would.
 */
export const feeOf = (at: Price, size: Quantity, feeBps: Decimal, instrument: Instrument): Money =>
  money(basisPoints(notional(at, size), feeBps, instrument.quoteScale, 'up'), instrument.quote);
