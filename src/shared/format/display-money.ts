import { parseMoment } from '../commands/moment.ts';
import type { Preferences } from '../contract/preferences.ts';
import { fixedText, parts, rescale, times } from './decimal-text.ts';
import { type FigureStyle, MINUS } from './figures.ts';

/** How amounts are also shown: in which currency, at which rate, and in whose way of writing. */
export type MoneyDisplay = {
  readonly currency: Preferences['displayCurrency'];
  readonly rate: Preferences['kesRate'];
  /** `en-KE`, `en-US`, `sw-KE`. */
  readonly locale: string;
};

/** Dollars, and what stands for a dollar; nothing else is converted. */
const DOLLARS: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC', 'USDP', 'FDUSD', 'TUSD', 'DAI']);

/** The way of writing for a language and a region, as `Intl` names it. A language that nobody speaks is written like English. */
export const moneyLocale = (language: string, region: 'KE' | 'US'): string =>
  `${language === 'sw' ? 'sw' : 'en'}-${region}`;

const formats = new Map<string, Intl.NumberFormat>();
function formatFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, made);
  return made;
}

/** An amount of a currency as the locale writes it: `Ksh 1,234.50`, `KES 1,234.50`, `US$1,234.50`. The sign comes first, U+2212 for a loss; exact, never through a float. */
export function currencyText(amount: string, currency: string, locale: string, style: FigureStyle = {}): string {
  const { units, scale } = rescale(parts(amount), 2);
  const plain = fixedText({ units: units < 0n ? -units : units, scale });
  // Since ES2023 a formatter takes decimal text and rounds it exactly.
  const text = formatFor(locale, currency).format(plain as `${number}`);
  const sign = units < 0n ? (style.ascii ? '-' : MINUS) : units > 0n && style.sign === 'always' ? '+' : '';
  return `${sign}${text}`;
}

/** `≈ Ksh 1,297,951.77`, or null when the amount is shown as it is: nothing to convert, or no rate to convert it at. */
export function convertedText(
  amount: string,
  asset: string,
  { currency, rate, locale }: MoneyDisplay,
  style: FigureStyle = {},
): string | null {
  if (currency === 'USD' || rate === null || !DOLLARS.has(asset)) return null;
  return `≈\u00a0${currencyText(times(amount, rate.kesPerUsd), 'KES', locale, style)}`;
}

const DAY_MS = 86_400_000;

/** Whole days from the day of a rate (`2026-11-20`) to a moment, both in UTC; never below zero. */
export function rateAgeDays(on: string, nowMs: number): number {
  const day = parseMoment(on);
  return day.kind === 'ok' ? Math.max(0, Math.floor((nowMs - day.ms) / DAY_MS)) : 0;
}
