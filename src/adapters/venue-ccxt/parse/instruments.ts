import { z } from 'zod';
import { type Decimal, decimal, isPositive, max, multiply } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset } from '#core/domain/money.ts';
import { stepOf, type VenuePrecision } from '#core/domain/precision.ts';
import { exactDecimal } from './exact-decimal.ts';
import { fieldAt, isRecord } from './fields.ts';
import { instrumentIdOf, venueCode } from './symbols.ts';

/** ccxt's numbers for how a venue counts precision. */
export const PRECISION_MODES = { 2: 'decimals', 3: 'significant', 4: 'step' } as const;

const CODE = /^[A-Z0-9]{1,20}$/;
/** Digits of the quote asset where the venue does not say. */
const USUAL_QUOTE_SCALE = 8;

const marketShape = z.looseObject({
  symbol: z.string().max(60),
  base: z.string().regex(CODE),
  quote: z.string().regex(CODE),
  spot: z.literal(true),
});

/** How ccxt's number is to be read under the venue's mode. Undefined for a mode or a number that makes no precision. */
export function venuePrecision(mode: number, value: unknown): VenuePrecision | undefined {
  const kind = PRECISION_MODES[mode as keyof typeof PRECISION_MODES];
  const parsed = exactDecimal(value);
  if (kind === undefined || parsed === undefined) return undefined;
  if (kind === 'step') return isPositive(parsed) ? { mode: kind, step: plainStep(parsed) } : undefined;
  return parsed.scale === 0 || parsed.units % 10n ** BigInt(parsed.scale) === 0n
    ? { mode: kind, digits: Number(parsed.units / 10n ** BigInt(parsed.scale)) }
    : undefined;
}

const plainStep = ({ units, scale }: Decimal): string => {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

const safeStep = (precision: VenuePrecision, near: Decimal): Decimal | undefined => {
  try {
    return stepOf(precision, near);
  } catch {
    return undefined;
  }
};

export type InstrumentReading = {
  readonly exchangeId: string;
  readonly precisionMode: number;
  /** A price near which significant digits are counted; other modes do not look at it. */
  readonly near?: Decimal;
};

/** One spot market of ccxt as an instrument; undefined for anything else and for rules that can't be read. */
export function instrumentOf(market: unknown, reading: InstrumentReading): Instrument | undefined {
  const parsed = marketShape.safeParse(market);
  if (!parsed.success || fieldAt(market, ['active']) === false) return undefined;
  const { symbol, base, quote } = parsed.data;
  if (symbol !== `${base}/${quote}`) return undefined;
  const near = reading.near ?? decimal(1n);
  const step = (what: string): Decimal | undefined => {
    const precision = venuePrecision(reading.precisionMode, fieldAt(market, ['precision', what]));
    return precision === undefined ? undefined : safeStep(precision, near);
  };
  const tickSize = step('price');
  const lotSize = step('amount');
  if (tickSize === undefined || lotSize === undefined) return undefined;
  const least = (path: readonly string[]): Decimal | undefined => {
    const value = exactDecimal(fieldAt(market, path));
    return value !== undefined && isPositive(value) ? value : undefined;
  };
  const minQuantity = max(least(['limits', 'amount', 'min']) ?? lotSize, lotSize);
  const quoteStep = step('quote');
  return {
    id: instrumentIdOf(symbol, reading.exchangeId),
    symbol,
    venue: venueCode(reading.exchangeId),
    base: asset(base),
    quote: asset(quote),
    tickSize,
    lotSize,
    minQuantity,
    // A venue without a least value takes anything its steps can say.
    minNotional: least(['limits', 'cost', 'min']) ?? multiply(tickSize, minQuantity),
    quoteScale: quoteStep === undefined ? USUAL_QUOTE_SCALE : quoteStep.scale,
  };
}

/** All spot instruments of the venue by id. */
export function instrumentsOf(markets: unknown, reading: InstrumentReading): readonly Instrument[] {
  if (!isRecord(markets)) return [];
  return Object.values(markets).flatMap((market) => instrumentOf(market, reading) ?? []);
}
