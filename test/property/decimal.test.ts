import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  equals,
  formatDecimal,
  isMultipleOf,
  isZero,
  multiply,
  negate,
  parseDecimal,
  quantize,
  quantizeFloat,
  type RoundingMode,
  subtract,
  toFloat,
  ZERO,
} from '#core/domain/decimal.ts';
import * as fc from '../support/seeded-check.ts';

const MODES: readonly RoundingMode[] = ['down', 'up', 'floor', 'ceil', 'half-up'];
const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat(20))
  .map(([units, scale]) => decimal(units, scale));
const step = fc.tuple(fc.bigInt({ min: 1n, max: 10_000n }), fc.nat(10)).map(([units, scale]) => decimal(units, scale));
const mode = fc.constantFrom(...MODES);

/** Where a rounding mode may move a value. */
function isRoundedAs(value: Decimal, rounded: Decimal, how: RoundingMode): boolean {
  const direction = compare(rounded, value);
  switch (how) {
    case 'floor':
      return direction <= 0;
    case 'ceil':
      return direction >= 0;
    case 'down':
      return compare(absolute(rounded), absolute(value)) <= 0;
    case 'up':
      return compare(absolute(rounded), absolute(value)) >= 0;
    case 'half-up':
      return true;
  }
}

describe('decimal laws', () => {
  it('text and number are one: parse and format are inverse, equal numbers have equal text', () => {
    fc.assert(
      fc.property(anyDecimal, fc.nat(10), (value, zeros) => {
        const text = formatDecimal(value);
        expect(equals(parseDecimal(text), value)).toBe(true);
        expect(formatDecimal(parseDecimal(text))).toBe(text);
        expect(formatDecimal(decimal(value.units * 10n ** BigInt(zeros), value.scale + zeros))).toBe(text);
      }),
    );
  });

  it('addition and multiplication commute, associate and distribute exactly', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, anyDecimal, (a, b, c) => {
        expect(equals(add(a, b), add(b, a))).toBe(true);
        expect(equals(add(add(a, b), c), add(a, add(b, c)))).toBe(true);
        expect(equals(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        expect(equals(subtract(add(a, b), b), a)).toBe(true);
        expect(isZero(add(a, negate(a)))).toBe(true);
      }),
    );
  });

  it('a rounded quotient differs from the true one by less than one unit, on the side its mode names', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, fc.nat(20), mode, (a, b, scale, how) => {
        fc.pre(!isZero(b));
        const quotient = divide(a, b, scale, how);
        // |quotient x b - a| < |b| units of the scale, without dividing again.
        const error = absolute(subtract(multiply(quotient, b), a));
        const unit = absolute(multiply(b, decimal(1n, scale)));
        expect(compare(error, unit)).toBe(-1);
        if (how === 'half-up') expect(compare(multiply(error, decimal(2n)), unit)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('quantize gives a whole number of steps, less than one step away, on the side its mode names', () => {
    fc.assert(
      fc.property(anyDecimal, step, mode, (value, grid, how) => {
        const rounded = quantize(value, grid, how);
        expect(isMultipleOf(rounded, grid)).toBe(true);
        expect(compare(absolute(subtract(rounded, value)), grid)).toBe(-1);
        expect(isRoundedAs(value, rounded, how)).toBe(true);
        expect(equals(quantize(rounded, grid, how), rounded)).toBe(true);
        if (isMultipleOf(value, grid)) expect(equals(rounded, value)).toBe(true);
      }),
    );
  });

  it('a float that lies on the tick grid becomes exactly that tick, whatever the mode', () => {
    const ticks = fc.tuple(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(ticks, mode, ([units, scale], how) => {
        const exact = decimal(BigInt(units), scale);
        const float = Number(formatDecimal(exact));
        expect(formatDecimal(quantizeFloat(float, decimal(1n, scale), how))).toBe(formatDecimal(exact));
      }),
    );
  });

  it('any finite float rounds to a tick beside it and nothing else ever does', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), step, mode, (float, grid, how) => {
        fc.pre(float === 0 || Math.abs(float) > 1e-30);
        const rounded = quantizeFloat(float, grid, how);
        expect(isMultipleOf(rounded, grid)).toBe(true);
        const tolerance = toFloat(grid) * (1 + 1e-9) + Math.abs(float) * 1e-12;
        expect(Math.abs(toFloat(rounded) - float)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  it('text that is not a plain decimal never becomes one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (/^-?\d+(\.\d+)?$/.test(text)) return;
        expect(() => parseDecimal(text)).toThrow(TypeError);
      }),
    );
    expect(isZero(ZERO)).toBe(true);
  });
});
