import { describe, expect, it } from 'vitest';
import {
  absolute,
  compare,
  decimal,
  formatDecimal,
  isZero,
  parseDecimal,
  quantize,
  subtract,
} from '#core/domain/decimal.ts';
import { stepOf, type VenuePrecision } from '#core/domain/precision.ts';
import { Fault } from '#core/kernel/fault.ts';
import * as fc from '../../support/seeded-check.ts';

const decimals = (digits: number): VenuePrecision => ({ mode: 'decimals', digits });
const step = (text: string): VenuePrecision => ({ mode: 'step', step: text });
const significant = (digits: number): VenuePrecision => ({ mode: 'significant', digits });

/** Precision, a value, the step there, and the value floored to it: worked out by hand. */
const TABLE: readonly (readonly [VenuePrecision, string, string, string])[] = [
  [decimals(2), '27123.456', '0.01', '27123.45'],
  [decimals(0), '27123.456', '1', '27123'],
  [decimals(8), '0.123456789', '0.00000001', '0.12345678'],
  [decimals(-2), '27123.456', '100', '27100'],
  [step('2'), '27123.456', '2', '27122'],
  [step('0.5'), '27123.456', '0.5', '27123'],
  [step('0.01'), '27123.456', '0.01', '27123.45'],
  [step('0.00025'), '1.00049', '0.00025', '1.00025'],
  [significant(2), '27123.456', '1000', '27000'],
  [significant(5), '27123.456', '1', '27123'],
  [significant(5), '99999.9', '1', '99999'],
  [significant(5), '100000', '10', '100000'],
  [significant(5), '0.00123456', '0.0000001', '0.0012345'],
  [significant(1), '0.95', '0.1', '0.9'],
  [significant(8), '1', '0.0000001', '1'],
];

describe("a venue's precision", () => {
  it.each(TABLE)('%j at %s is a step of %s', (precision, value, expected, floored) => {
    const found = stepOf(precision, parseDecimal(value));
    expect(formatDecimal(found)).toBe(expected);
    expect(formatDecimal(quantize(parseDecimal(value), found, 'floor'))).toBe(floored);
  });

  it('reads one digit three ways, so that a mode taken for another shows', () => {
    const value = parseDecimal('27123.456');
    const steps = [decimals(2), step('2'), significant(2)].map((precision) => formatDecimal(stepOf(precision, value)));
    expect(steps).toEqual(['0.01', '2', '1000']);
  });

  it('of significant digits keeps exactly that many of any number', () => {
    const value = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.nat(15));
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 10 }), ([units, scale], digits) => {
        const exact = decimal(units, scale);
        const tick = stepOf(significant(digits), exact);
        const rounded = quantize(exact, tick, 'floor');
        const kept = formatDecimal(rounded).replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
        expect(kept.length).toBeLessThanOrEqual(digits);
        expect(isZero(rounded)).toBe(false);
        expect(compare(absolute(subtract(exact, rounded)), tick)).toBe(-1);
      }),
    );
  });

  it.each<readonly [string, VenuePrecision, string]>([
    ['a step of zero', step('0'), '1'],
    ['a negative step', step('-0.01'), '1'],
    ['half a digit', decimals(1.5), '1'],
    ['digits that are no number', decimals(Number.NaN), '1'],
    ['no significant digit', significant(0), '1'],
    ['significant digits of nothing', significant(5), '0'],
  ])('refuses %s', (_, precision, value) => {
    expect(() => stepOf(precision, parseDecimal(value))).toThrow(Fault);
  });
});
