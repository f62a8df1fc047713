import { type Decimal, decimal, formatDecimal, isMultipleOf, isPositive, quantizeFloat } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';

/**
 * The integers of one market: prices as whole ticks, quantities as whole lots. Both are JS numbers below 2^53 and therefore exact;
 * their product is money and is only ever a bigint.
 */
export type Grid = {
  readonly tick: Decimal;
  readonly lot: Decimal;
  /** Decimals of `amount`. */
  readonly moneyScale: number;
  /** Throws Fault('bad_data') that calls the value `what` when it is off the grid or too large to be counted exactly. */
  ticksOf(value: Decimal, what: string): number;
  lotsOf(value: Decimal, what: string): number;
  priceOf(ticks: number): Decimal;
  quantityOf(lots: number): Decimal;
  /** ticks x lots as units of 10^-moneyScale of the quote asset. */
  amount(ticks: number, lots: number): bigint;
  /** The tick at or below, and at or above, a float price of a candle. */
  ticksDown(price: number): number;
  ticksUp(price: number): number;
  /** Whole lots in a float volume, rounded down. */
  lotsIn(volume: number): number;
};

/** Floats and decimals of up to 15 digits correspond one to one. */
const EXACT_BELOW = 1e15;
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

export function createGrid(tick: Decimal, lot: Decimal): Grid {
  for (const [name, step] of [
    ['tick', tick],
    ['lot', lot],
  ] as const)
    if (!isPositive(step))
      throw new Fault('bad_data', `the ${name} ${formatDecimal(step)} is not positive`, 'Correct the instrument.');
  const tickUnits = tick.units;
  const unitsPerAmount = tick.units * lot.units;
  const power = POWERS[tick.scale] ?? Number.NaN;
  const step = Number(tickUnits);
  const lotFloat = Number(formatDecimal(lot));

  /** The exact integer of 10^-scale that a float names; NaN when it is not one of at most 15 digits. */
  const named = (price: number): number => {
    const scaled = Math.round(price * power);
    return scaled < EXACT_BELOW && scaled / power === price ? scaled : Number.NaN;
  };
  const slow = (price: number, mode: 'floor' | 'ceil'): number =>
    wholeSteps(quantizeFloat(price, tick, mode), tick, 'a price', 'ticks');

  return {
    tick,
    lot,
    moneyScale: tick.scale + lot.scale,
    ticksOf: (value, what) => wholeSteps(value, tick, what, 'ticks'),
    lotsOf: (value, what) => wholeSteps(value, lot, what, 'lots'),
    priceOf: (ticks) => decimal(BigInt(ticks) * tickUnits, tick.scale),
    quantityOf: (lots) => decimal(BigInt(lots) * lot.units, lot.scale),
    amount: (ticks, lots) => BigInt(ticks) * BigInt(lots) * unitsPerAmount,
    ticksDown: (price) => {
      const units = named(price);
      return Number.isNaN(units) ? slow(price, 'floor') : Math.floor(units / step);
    },
    ticksUp: (price) => {
      const units = named(price);
      return Number.isNaN(units) ? slow(price, 'ceil') : Math.ceil(units / step);
    },
    lotsIn: (volume) => Math.min(Math.floor(volume / lotFloat), Number.MAX_SAFE_INTEGER),
  };
}

function wholeSteps(value: Decimal, step: Decimal, what: string, name: 'ticks' | 'lots'): number {
  if (!isMultipleOf(value, step))
    throw new Fault(
      'bad_data',
      `${what} ${formatDecimal(value)} is not a whole number of ${name} of ${formatDecimal(step)}`,
      'Round it to the step of the instrument first.',
    );
  const scale = Math.max(value.scale, step.scale);
  const count = (value.units * 10n ** BigInt(scale - value.scale)) / (step.units * 10n ** BigInt(scale - step.scale));
  const exact = Number(count);
  if (!Number.isSafeInteger(exact))
    throw new Fault(
      'bad_data',
      `${what} ${formatDecimal(value)} is more than 2^53 ${name} of ${formatDecimal(step)}`,
      `Choose a coarser ${name === 'ticks' ? 'tick' : 'lot'}; amounts this large cannot be counted exactly.`,
    );
  return exact;
}
