import { type Decimal, decimal, formatDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import type { CcxtClient, CcxtExchange } from '../exchange.ts';
import { exactDecimal } from '../parse/exact-decimal.ts';
import { fieldAt, textField } from '../parse/fields.ts';

const LEVELS = 10;

/** Digits of a price or quantity as the venue sums them: at the instrument's precision, without point and leading zeros. */
function digitsOf(value: number, step: Decimal): string {
  const exact = quantizeFloat(value, step, 'half-up');
  const units = exact.units * 10n ** BigInt(Math.max(0, step.scale - exact.scale));
  return (step.scale >= exact.scale ? units : exact.units).toString();
}

function sideDigits(side: unknown, priceStep: Decimal, quantityStep: Decimal): string | undefined {
  if (!Array.isArray(side)) return undefined;
  let text = '';
  for (const row of side.slice(0, LEVELS) as readonly unknown[]) {
    const [price, quantity] = [fieldAt(row, ['0']), fieldAt(row, ['1'])];
    if (typeof price !== 'number' || typeof quantity !== 'number') return undefined;
    text += digitsOf(price, priceStep) + digitsOf(quantity, quantityStep);
  }
  return text;
}

/** 10^-digits, whatever the trailing zeros of the text were. */
function stepFrom(value: unknown): Decimal | undefined {
  const step = exactDecimal(value);
  if (step === undefined) return undefined;
  const text = formatDecimal(step);
  return decimal(1n, text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
}

/**
 * Kraken's checksum of the ten best levels on each side, asks first. Undefined when the book or the market can't be read. ccxt has this
 * check too but off, and on it fails: it sums the shortest text of each number, without the zeros that the venue counts.
 */
export function krakenChecksum(exchange: CcxtExchange, symbol: string): number | undefined {
  const book = exchange.orderbooks[symbol];
  const market = exchange.markets?.[symbol];
  const priceStep = stepFrom(fieldAt(market, ['precision', 'price']));
  const quantityStep = stepFrom(fieldAt(market, ['precision', 'amount']));
  if (priceStep === undefined || quantityStep === undefined) return undefined;
  const asks = sideDigits(fieldAt(book, ['asks']), priceStep, quantityStep);
  const bids = sideDigits(fieldAt(book, ['bids']), priceStep, quantityStep);
  if (asks === undefined || bids === undefined) return undefined;
  return exchange.crc32(asks + bids, false);
}

export type ChecksumFault = { readonly symbol: string; readonly expected: number; readonly got: number | undefined };

/** Calls `onFault` with the connection on which a book no longer matches the venue's checksum. */
export function checkKrakenBooks(
  exchange: CcxtExchange,
  onFault: (fault: ChecksumFault, client: CcxtClient) => void,
): void {
  const original = exchange.handleOrderBook;
  exchange.handleOrderBook = (client, message, ...rest) => {
    original.call(exchange, client, message, ...rest);
    const first = fieldAt(message, ['data', '0']);
    const symbol = textField(first, ['symbol']);
    const expected = fieldAt(first, ['checksum']);
    if (symbol === undefined || typeof expected !== 'number') return;
    const got = krakenChecksum(exchange, symbol);
    if (got !== expected) onFault({ symbol, expected, got }, client);
  };
}
