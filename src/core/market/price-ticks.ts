/**
 * Float prices as whole numbers of a tick. A float that was read from decimal text of at most 15 digits names that text exactly, so
 * the way back is exact as well: m / 10^d is one correctly rounded division of two exact floats, and equal to the price only for the
 * decimal that was written.
 */
import { type Decimal, decimal, formatDecimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import { utcText } from '../kernel/utc-text.ts';
import { PRICE_FIELDS } from './candle-columns.ts';
import type { CandleColumns, TickColumns } from './types.ts';

// Powers of ten up to 10^22 are exact floats.
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Decimals of up to 15 digits and floats correspond one to one; beyond, two neighbours may share a float. */
const EXACT_BELOW = 1e15;

type PriceField = (typeof PRICE_FIELDS)[number];

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
  let power = POWERS[scale] as number;
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i] as number;
    while (Math.round(price * power) / power !== price) {
      scale += 1;
      if (scale >= POWERS.length || price * power >= EXACT_BELOW) throw notDecimal(columns, field, i);
      power = POWERS[scale] as number;
    }
  }
  return scale;
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
  const prices = columns[field];
  const { units, scale } = lowestTerms(tick);
  const power = POWERS[scale];
  const step = Number(units);
  if (power === undefined || step >= EXACT_BELOW)
    throw new Fault(
      'bad_data',
      `a tick of ${formatDecimal(tick)} cannot be counted exactly`,
      'choose a tick with at most 22 decimals and 15 digits',
    );
  const ticks = new Float64Array(prices.length);
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i] as number;
    const scaled = Math.round(price * power);
    // Written so that NaN and infinities fail as well.
    if (!(scaled < EXACT_BELOW && scaled > -EXACT_BELOW && scaled / power === price && scaled % step === 0))
      throw offTick(columns, field, i, tick);
    ticks[i] = scaled / step;
  }
  return ticks;
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
