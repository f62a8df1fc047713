import { add, type Decimal, negate, ZERO } from './decimal.ts';
import type { Instrument } from './instrument.ts';
import type { Fill } from './order.ts';

/** What of a fill's fee comes out of the base asset: it reduces the holding. */
export const baseFeeOf = ({ fee }: Pick<Fill, 'fee'>, { base }: Pick<Instrument, 'base'>): Decimal =>
  fee.asset === base ? fee.amount : ZERO;

/** What a fill adds to the holding, or takes from it when negative, a fee in base included. */
export const holdingChange = (fill: Fill, instrument: Pick<Instrument, 'base'>): Decimal =>
  add(fill.side === 'buy' ? fill.quantity : negate(fill.quantity), negate(baseFeeOf(fill, instrument)));
