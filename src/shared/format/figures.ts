import { fixedText, parts, rescale, times, trimmed } from './decimal-text.ts';

/** U+2212, as wide as a plus sign, for screens; ASCII for the command line and CSV. */
export const MINUS = '\u2212';
export type FigureStyle = {
  /** `auto` shows only a minus, `always` a plus too (never on zero). */
  readonly sign?: 'auto' | 'always';
  /** ASCII minus instead of U+2212. */
  readonly ascii?: boolean;
};

/** Decimals of a float price nobody knows the tick of. */
const FLOAT_DECIMALS = 8;

export type Direction = 'up' | 'down' | 'flat';
/** Direction is never colour alone: each has its own shape. */
export const DIRECTION_GLYPH: Readonly<Record<Direction, string>> = { up: '▲', down: '▼', flat: '•' };

/** The direction of the figure as it is shown: what rounds to zero is flat. */
export function directionOf(text: string, decimals = 2): Direction {
  const { units } = rescale(parts(text), decimals);
  return units === 0n ? 'flat' : units > 0n ? 'up' : 'down';
}

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** Grouped text of a decimal. `decimals` rounds half away from zero; left out, every given digit is shown. */
export function decimalText(text: string, decimals?: number, style: FigureStyle = {}): string {
  const value = decimals === undefined ? parts(text) : rescale(parts(text), decimals);
  const plain = fixedText({ units: value.units < 0n ? -value.units : value.units, scale: value.scale });
  const [whole = '0', fraction] = plain.split('.');
  const sign = value.units < 0n ? (style.ascii ? '-' : MINUS) : value.units > 0n && style.sign === 'always' ? '+' : '';
  return `${sign}${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Decimals an amount of an asset is shown with: two for dollars and their stablecoins, eight for coins. */
export function assetDecimals(asset: string): number {
  return /^(USD[A-Z]?|USDT|USDC|DAI|EUR|GBP|KES)$/.test(asset) ? 2 : 8;
}

/** `10,042.18 USDT`; a no-break space keeps the asset with its amount. */
export function moneyText(text: string, asset: string, style: FigureStyle = {}): string {
  return `${decimalText(text, assetDecimals(asset), style)}\u00a0${asset}`;
}

/** A fraction as decimal text shown as a percentage: `0.0123` is `1.23%`. */
export function percentText(fraction: string, decimals = 2, style: FigureStyle = {}): string {
  return `${decimalText(times(fraction, '100'), decimals, style)}%`;
}

/** A percentage with no more decimals than it needs: `0.005` is `0.5%`. */
export function shortPercentText(fraction: string): string {
  return `${decimalText(trimmed(times(fraction, '100')))}%`;
}

/** Result in multiples of the planned risk, always signed: `+0.80 R`. */
export function rText(r: string, style: FigureStyle = {}): string {
  return `${decimalText(r, 2, { sign: 'always', ...style })}\u00a0R`;
}

/** A price at the decimals of the instrument's tick, never rounded by size of the number; as it was written where nobody knows the tick. */
export const priceText = (price: string, decimals: number | null, style: FigureStyle = {}): string =>
  decimalText(price, decimals ?? undefined, style);

/** A quantity without trailing zeros. */
export const quantityText = (quantity: string): string => decimalText(trimmed(quantity));

/** Signed figure with its shape, as plain text: `▲ +42.18`. */
export function signedText(text: string, decimals = 2, style: FigureStyle = {}): string {
  return `${DIRECTION_GLYPH[directionOf(text, decimals)]} ${decimalText(text, decimals, { sign: 'always', ...style })}`;
}

/** A float made for drawing or judging (an indicator, a confidence), as text. Never use it on money. */
export function floatText(value: number, decimals: number, style: FigureStyle = {}): string {
  if (!Number.isFinite(value)) return 'unknown';
  return decimalText(value.toFixed(decimals), decimals, style);
}

/** The same of a price that is a float, such as a candle's: with every digit that a float can be trusted with where no tick is known. */
export const floatPriceText = (price: number, decimals: number | null): string =>
  decimals === null ? decimalText(trimmed(price.toFixed(FLOAT_DECIMALS))) : floatText(price, decimals);

/** `0.71` as text of a confidence between 0 and 1. */
export const confidenceText = (confidence: number): string => confidence.toFixed(2);

/** `0.78 bps better` or `1.2 bps worse`: what an order book would have given, against the simulation. */
export const slippageText = (bps: string): string =>
  `${bps.startsWith('-') ? `${bps.slice(1)} bps better` : `${bps} bps worse`} than simulated`;
