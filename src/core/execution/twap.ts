import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  isPositive,
  min,
  multiply,
  quantize,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import { type Quantity, quantity } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';

/** A quantity to be bought or sold in equal parts over time. */
export type TwapPlan = {
  readonly quantity: Quantity;
  readonly slices: number;
  readonly startsAt: UnixMs;
  readonly everyMs: number;
  readonly lotSize: Decimal;
  /** A slice below it would be refused by the venue. */
  readonly minQuantity: Decimal;
};

export type TwapSlice = { readonly index: number; readonly dueAt: UnixMs; readonly quantity: Quantity };

/**
 * When to send how much. Each slice brings the total to its even share of the whole, rounded down to the lot, so that all slices add up to
 * the quantity exactly and none is ahead of its time. A venue sees child orders only, each through the gate. Throws Fault('usage') when
 * the parts would be too small.
 */
export function twapSlices(plan: TwapPlan): readonly TwapSlice[] {
  const { slices, startsAt, everyMs, lotSize, minQuantity } = plan;
  if (!Number.isSafeInteger(slices) || slices < 1) throw usage(`${slices} is not a number of parts`);
  if (!Number.isSafeInteger(everyMs) || everyMs <= 0) throw usage(`${everyMs} ms is not a time between parts`);
  let done: Decimal = ZERO;
  return Array.from({ length: slices }, (_, index) => {
    const share = divide(
      multiply(plan.quantity, decimal(BigInt(index + 1))),
      decimal(BigInt(slices)),
      plan.quantity.scale + 18,
      'down',
    );
    const upTo = index + 1 === slices ? plan.quantity : quantize(share, lotSize, 'floor');
    const size = subtract(upTo, done);
    done = upTo;
    if (!isPositive(size) || compare(size, minQuantity) < 0)
      throw usage(
        `part ${index + 1} of ${slices} would be ${formatDecimal(size)}, below the least quantity ${formatDecimal(minQuantity)}`,
      );
    return { index, dueAt: unixMs(startsAt + index * everyMs), quantity: quantity(size) };
  });
}

const usage = (message: string): Fault =>
  new Fault('usage', `TWAP: ${message}`, 'Choose fewer parts or a larger quantity.');

/** Walks through a plan as time passes. What a slice left unfilled is carried into the next one, never beyond the whole. */
export type TwapSchedule = {
  /** The child order that is due now, once; undefined when none is. `filled` is what all children have filled so far. */
  due(now: UnixMs, filled: Decimal): Quantity | undefined;
  readonly finished: () => boolean;
};

export function createTwap(plan: TwapPlan): TwapSchedule {
  const slices = twapSlices(plan);
  let sent = 0;
  let target: Decimal = ZERO;
  return {
    due(now, filled) {
      const before = sent;
      for (let slice = slices[sent]; slice !== undefined && slice.dueAt <= now; slice = slices[sent]) {
        target = add(target, slice.quantity);
        sent += 1;
      }
      if (sent === before) return undefined;
      const missing = min(subtract(target, filled), subtract(plan.quantity, filled));
      const size = quantize(missing, plan.lotSize, 'floor');
      return isPositive(size) && compare(size, plan.minQuantity) >= 0 ? quantity(size) : undefined;
    },
    finished: () => sent === slices.length,
  };
}
