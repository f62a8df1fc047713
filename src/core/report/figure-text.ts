import { unixMs } from '../domain/ids.ts';
import { utcText } from '../kernel/utc-text.ts';
import { type Figure, isKnown, lackText } from '../statistics/figure.ts';

/** How a number of one kind is written. */
export type NumberStyle = (value: number) => string;

const MINUS = '\u2212';
const grouped = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
};

function fixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(3).replace('-', MINUS);
  const text = size.toFixed(decimals);
  return `${value < 0 && Number(text) !== 0 ? MINUS : ''}${grouped(text)}`;
}

export const percent: NumberStyle = (value) => `${fixed(100 * value, Math.abs(value) < 0.001 && value !== 0 ? 4 : 2)}%`;
/** More digits close to zero, so that the sign of an end of an interval is never rounded away. */
const fine = (value: number): number => (Math.abs(value) < 0.01 && value !== 0 ? 4 : 2);
export const ratio: NumberStyle = (value) => fixed(value, fine(value));
export const count: NumberStyle = (value) => fixed(value, 0);
export const multiple: NumberStyle = (value) => `${value > 0 ? '+' : ''}${fixed(value, fine(value))} R`;

/** A probability is never shown as certain: beyond four digits it is "above" or "below". */
export const probability: NumberStyle = (value) =>
  value > 0.9999 ? 'above 99.99%' : value < 0.0001 ? 'below 0.01%' : `${fixed(100 * value, 2)}%`;

/** Six digits for small amounts, two decimals for those of a hundred and more. */
export function amount(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return fixed(value, 2);
  return fixed(value, Math.min(10, Math.max(2, 5 - Math.floor(Math.log10(size)))));
}

/** Exact decimal text with its thousands apart; whatever isn't plain decimal text comes back as it is. */
export const exactAmount = (text: string): string =>
  /^-?\d+(\.\d+)?$/.test(text) ? `${text.startsWith('-') ? MINUS : ''}${grouped(text.replace('-', ''))}` : text;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Two units at most: `12 d 4 h`, `3 h 20 min`, `45 min`. */
export function duration(ms: number): string {
  if (ms >= 100 * DAY_MS) return `${count(ms / DAY_MS)} d`;
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / 60_000)} min`;
  return `${fixed(ms / 60_000, ms < 600_000 ? 1 : 0)} min`;
}

/** `2024-03-01 14:00`, UTC. */
export const moment = (at: number): string => utcText(unixMs(at)).slice(0, 16).replace('T', ' ');
export const day = (at: number): string => utcText(unixMs(at)).slice(0, 10);

/** The value, or why there is none. */
export const figureText = (figure: Figure, style: NumberStyle): string =>
  isKnown(figure) ? style(figure.value) : lackText(figure);

/** `-3.1% to 12.0%`, or nothing for a fact. */
export const intervalText = (figure: Figure, style: NumberStyle): string | undefined =>
  isKnown(figure) && 'interval' in figure
    ? `${style(figure.interval.low)} to ${style(figure.interval.high)}`
    : undefined;
