/**
 * Float prices as whole numbers of a tick. A float that was read from decimal text of at most 15 digits names that text exactly, so
 * the way back is exact as well: m / 10^d is one correctly rounded division of two exact floats, and equal to the price only for the
 * decimal that was written.
 */
import { type Decimal, decimal, formatDecimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import { PART } from '../kernel/parts.ts';
import { utcText } from '../kernel/utc-text.ts';
import { PRICE_FIELDS } from './candle-columns.ts';
import type { CandleColumns, TickColumns } from './types.ts';

// Powers of ten up to 10^22 are exact floats.
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Decimals of up to 15 digits and floats correspond one to one; beyond, two neighbours may share a float. */
const EXACT_BELOW = 1e15;

const MOST_IN_32_BITS = 2 ** 31 - 1;

type PriceField = (typeof PRICE_FIELDS)[number];

/** Whole ticks. */
export type TickColumn = Float64Array | Int32Array;

/**
 * The finest power of ten of which every price is a whole number: 0.01 for a file in cents, 1 for whole prices. Throws Fault
 * `bad_data` for a price that no decimal of at most 15 digits names, such as a float that was computed.
 */
export function finestStep(columns: CandleColumns): Decimal {
  let scale = 0;
  for (const field of PRICE_FIELDS) scale = decimalsOf(columns, field, scale);
  return decimal(1n, scale);
}

/** Decimals that the column needs, at least `least`. */
function decimalsOf(columns: CandleColumns, field: PriceField, least: number): number {
  const prices = columns[field];
  let scale = least;
  for (let at = 0; at < prices.length; ) {
    const power = POWERS[scale] as number;
    const end = Math.min(prices.length, at + PART);
    at = wholeUntil(prices, power, at, end);
    if (at === end) continue;
    scale += 1;
    if (scale >= POWERS.length || (prices[at] as number) * power >= EXACT_BELOW) throw notDecimal(columns, field, at);
  }
  return scale;
}

/** The first price from `begin` on that is no whole number of 1 / power, or `end`. */
function wholeUntil(prices: Float64Array, power: number, begin: number, end: number): number {
  for (let i = begin; i < end; i++) {
    const price = prices[i] as number;
    if (Math.round(price * power) / power !== price) return i;
  }
  return end;
}

/**
 * Prices as whole numbers of `tick`. Throws Fault `bad_data` that names the first candle whose price is not a multiple of the tick, or is
 * too large to be counted exactly in ticks; nothing is rounded. The open times are shared with the columns, not copied.
 */
export function toTicks(columns: CandleColumns, tick: Decimal): TickColumns {
  if (tick.units <= 0n) throw new RangeError('a tick is above zero');
  return {
    interval: columns.interval,
    length: columns.length,
    tick,
    openTime: columns.openTime,
    open: ticksOf(columns, 'open', tick),
    high: ticksOf(columns, 'high', tick),
    low: ticksOf(columns, 'low', tick),
    close: ticksOf(columns, 'close', tick),
  };
}

function ticksOf(columns: CandleColumns, field: PriceField, tick: Decimal): Float64Array {
  checkTicks(columns, field, tick);
  return filled(new Float64Array(columns.length), columns[field], tickScale(tick));
}

/**
 * One column as in `toTicks`, in half the memory where every value fits into 32 bits, as it does for nearly every market: a run reads it
 * three times for each candle.
 */
export function compactTicksOf(columns: CandleColumns, field: PriceField, tick: Decimal): TickColumn {
  const { length } = columns;
  const narrow = checkTicks(columns, field, tick) <= MOST_IN_32_BITS;
  return filled(narrow ? new Int32Array(length) : new Float64Array(length), columns[field], tickScale(tick));
}

function filled<C extends TickColumn>(into: C, prices: Float64Array, scale: TickScale): C {
  for (let begin = 0; begin < prices.length; begin += PART) fillPart(into, prices, scale, begin);
  return into;
}

function fillPart(into: TickColumn, prices: Float64Array, scale: TickScale, begin: number): void {
  const end = Math.min(prices.length, begin + PART);
  for (let i = begin; i < end; i++) into[i] = ticksIn(prices[i] as number, scale);
}

/** How prices are turned into ticks: times `power` they are whole, and `step` of that are one tick. */
export type TickScale = { readonly power: number; readonly step: number };

/** Throws Fault `bad_data` for a tick in which nothing can be counted. */
export function tickScale(tick: Decimal): TickScale {
  const { units, scale } = lowestTerms(tick);
  const power = POWERS[scale];
  const step = Number(units);
  if (power !== undefined && step < EXACT_BELOW) return { power, step };
  throw new Fault(
    'bad_data',
    `a tick of ${formatDecimal(tick)} cannot be counted exactly`,
    'choose a tick with at most 22 decimals and 15 digits',
  );
}

/** A price that `checkTicks` let through, in ticks. */
export const ticksIn = (price: number, { power, step }: TickScale): number => Math.round(price * power) / step;

/** Throws what `toTicks` throws for one column, without making another; answers the largest number of ticks, sign apart. */
export function checkTicks(columns: CandleColumns, field: PriceField, tick: Decimal): number {
  const prices = columns[field];
  const scale = tickScale(tick);
  let largest = 0;
  for (let begin = 0; begin < prices.length; begin += PART) {
    const ofPart = largestInPart(prices, scale, begin);
    if (ofPart < 0) throw offTick(columns, field, -1 - ofPart, tick);
    if (ofPart > largest) largest = ofPart;
  }
  return largest / scale.step;
}

/** The largest scaled price of one part, sign apart; -1 - index for the first price that does not fit. */
function largestInPart(prices: Float64Array, { power, step }: TickScale, begin: number): number {
  const end = Math.min(prices.length, begin + PART);
  let largest = 0;
  for (let i = begin; i < end; i++) {
    const price = prices[i] as number;
    const size = Math.abs(Math.round(price * power));
    // Written so that NaN and infinities fail as well. The remainder takes as long as all the rest, and a step of one leaves none.
    if (!(size < EXACT_BELOW && size / power === Math.abs(price)) || (step !== 1 && size % step !== 0)) return -1 - i;
    if (size > largest) largest = size;
  }
  return largest;
}

/** 0.10 as 0.1: fewer decimals leave more room for digits. */
function lowestTerms({ units, scale }: Decimal): Decimal {
  let [left, decimals] = [units, scale];
  while (decimals > 0 && left % 10n === 0n) {
    left /= 10n;
    decimals -= 1;
  }
  return { units: left, scale: decimals };
}

const nameOf = (columns: CandleColumns, field: PriceField, index: number): string =>
  `the ${field} ${columns[field][index]} of the ${columns.interval} candle of ${utcText((columns.openTime[index] ?? 0) as UnixMs)}`;

const notDecimal = (columns: CandleColumns, field: PriceField, index: number): Fault =>
  new Fault(
    'bad_data',
    `${nameOf(columns, field, index)} is not a decimal number of at most 15 digits`,
    'give prices as they were quoted, not as they were computed',
  );

function offTick(columns: CandleColumns, field: PriceField, index: number, tick: Decimal): Fault {
  const price = columns[field][index] ?? Number.NaN;
  const large = Math.abs(price) >= EXACT_BELOW / 10 ** lowestTerms(tick).scale;
  return large
    ? new Fault(
        'bad_data',
        `${nameOf(columns, field, index)} is too large to be counted in ticks of ${formatDecimal(tick)}`,
        'choose a coarser tick, or check the unit of the prices',
      )
    : new Fault(
        'bad_data',
        `${nameOf(columns, field, index)} is not a multiple of the tick ${formatDecimal(tick)}`,
        "give the instrument's own candles, or leave the instrument out so that the tick is taken from the data",
      );
}
