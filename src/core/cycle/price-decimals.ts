import { parseDecimal } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Payloads } from './records.ts';

/** Decimals of the tick of what a cycle trades; null where nobody knows its instrument any more. */
export type PriceDecimalsOf = (started: Pick<Payloads['cycle.started'], 'instrumentId' | 'market'>) => number | null;

/** From the terms that the venue had when the cycle began; else from the listed instruments. */
export const priceDecimalsOf =
  (instruments: readonly Pick<Instrument, 'id' | 'tickSize'>[]): PriceDecimalsOf =>
  ({ instrumentId, market: { terms } }) =>
    terms === undefined
      ? (instruments.find(({ id }) => id === instrumentId)?.tickSize.scale ?? null)
      : parseDecimal(terms.tickSize).scale;
