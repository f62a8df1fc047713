import { parts, rescale, trimmed } from '#shared/format/decimal-text.ts';
import { factText } from '#shared/format/facts.ts';
import {
  assetDecimals,
  DIRECTION_GLYPH,
  type Direction,
  decimalText,
  directionOf,
  MINUS,
  moneyText,
  percentText,
  priceText,
  rText,
} from '#shared/format/figures.ts';
import { clockText, dateTimeText } from '#shared/format/time.ts';
import { type Span, span, type Tone } from './line.ts';

// Figures of the terminal: the shared ones in ASCII, so that what is copied from here can be pasted into a calculator or a script.

const ascii = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll(MINUS, '-');

export const money = (text: string, asset: string): string => ascii(moneyText(text, asset, { ascii: true }));
export const percent = (fraction: string): string => percentText(fraction, 2, { ascii: true });
export const multiples = (r: string): string => ascii(rText(r, { ascii: true }));
/** Every digit, grouped. */
export const exact = (text: string): string => decimalText(trimmed(text), undefined, { ascii: true });
/** With the decimals of its tick. */
export const price = (text: string, decimals: number | null): string => priceText(text, decimals, { ascii: true });
export const fact = (view: Parameters<typeof factText>[0]): string => ascii(factText(view));

const TONES: Readonly<Record<Direction, Tone>> = { up: 'up', down: 'down', flat: 'muted' };

const signed = (direction: Direction, text: string): Span =>
  span(`${DIRECTION_GLYPH[direction]} ${text}`, TONES[direction]);

/** A gain or loss: shape, sign and colour together. */
export const signedMoney = (text: string, asset: string): Span =>
  signed(directionOf(text, assetDecimals(asset)), ascii(moneyText(text, asset, { sign: 'always', ascii: true })));

export const signedPercent = (fraction: string): Span =>
  signed(directionOf(fraction, 4), percentText(fraction, 2, { sign: 'always', ascii: true }));

export const signedMultiples = (r: string): Span => signed(directionOf(r), multiples(r));

/** Amounts with the same number of decimals, so that their points stand under each other; nothing is rounded. */
export function alignedExact(amounts: readonly string[]): readonly string[] {
  const scale = Math.max(2, ...amounts.map((text) => parts(trimmed(text)).scale));
  return amounts.map((text) => {
    const value = rescale(parts(text), scale);
    return decimalText(text, value.scale, { ascii: true });
  });
}

// The terminal shows market time in UTC: `--at` is UTC too, and what is printed must be usable as an argument.
export const moment = (ms: number): string => `${dateTimeText(ms, 'UTC')} UTC`;
export const clock = (ms: number): string => clockText(ms, 'UTC');
