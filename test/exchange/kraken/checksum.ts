import { crc32 } from 'node:zlib';
import type { Level } from '../core/book.ts';
import { formatFixed } from '../core/fixed.ts';
import { LOT_DECIMALS } from './pairs.ts';

const LEVELS = 10;

/** CRC-32 over the digits of the ten best asks and then bids: price and quantity without their point and leading zeros. */
export function bookChecksum(asks: readonly Level[], bids: readonly Level[], priceDecimals: number): number {
  const digits = (text: string): string => text.replace('.', '').replace(/^0+/, '');
  const side = (levels: readonly Level[]): string =>
    levels
      .slice(0, LEVELS)
      .map(({ price, total }) => digits(formatFixed(price, priceDecimals)) + digits(formatFixed(total, LOT_DECIMALS)))
      .join('');
  return crc32(side(asks) + side(bids));
}
