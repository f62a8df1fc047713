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
  isNegative,
  isPositive,
  isZero,
  max,
  min,
  multiply,
  negate,
  parseDecimal,
  quantize,
  quantizeFloat,
  type RoundingMode,
  subtract,
  sum,
  toFloat,
  ZERO,
} from '#core/domain/decimal.ts';

const d = parseDecimal;
const text = (value: Decimal): string => formatDecimal(value);

describe('decimal', () => {
  it('adds a tenth and two tenths to exactly three tenths', () => {
    expect(text(add(d('0.1'), d('0.2')))).toBe('0.3');
  });

  it('keeps a hundred-millionth beside a quadrillion', () => {
    expect(text(add(d('1000000000000000'), d('0.00000001')))).toBe('1000000000000000.00000001');
    expect(text(subtract(d('1000000000000000.00000001'), d('1000000000000000')))).toBe('0.00000001');
    expect(text(add(d('123456789012345678901.123'), d('0.001')))).toBe('123456789012345678901.124');
  });

  it('multiplies without losing a digit', () => {
    expect(text(multiply(d('42113.07'), d('0.00123457')))).toBe('51.9915328299');
  });

  it.each(['1e5', '.5', '5.', 'NaN', 'Infinity', ' 1', '1 ', '', '+1', '--1', '0x10', '1,5', '1_000', '-'])(
    'refuses %j as text of a number',
    (bad) => {
      expect(() => d(bad)).toThrow(TypeError);
    },
  );

  it('refuses more than sixty decimals', () => {
    expect(text(d(`0.${'0'.repeat(59)}1`))).toBe(`0.${'0'.repeat(59)}1`);
    expect(() => d(`0.${'0'.repeat(60)}1`)).toThrow(RangeError);
    expect(() => decimal(1n, -1)).toThrow(RangeError);
    expect(() => decimal(1n, 1.5)).toThrow(RangeError);
  });

  it('writes canonical text: no trailing zero, no negative zero, no leading zero', () => {
    expect(['1.500', '-0', '-0.00', '0007', '10', '-00.10'].map((value) => text(d(value)))).toEqual([
      '1.5',
      '0',
      '0',
      '7',
      '10',
      '-0.1',
    ]);
  });

  it('compares by value, not by scale', () => {
    expect(compare(d('1.0'), d('1.000'))).toBe(0);
    expect(equals(d('0'), d('0.000'))).toBe(true);
    expect(compare(d('-1'), d('0.1'))).toBe(-1);
    expect(compare(d('2'), d('1.999999'))).toBe(1);
    expect(text(min(d('1'), d('-1')))).toBe('-1');
    expect(text(max(d('1'), d('-1')))).toBe('1');
    expect(text(sum([d('0.1'), d('0.2'), d('-0.3')]))).toBe('0');
    expect(text(sum([]))).toBe('0');
    expect(text(absolute(negate(d('3.1'))))).toBe('3.1');
    expect([isZero(ZERO), isPositive(ZERO), isNegative(ZERO)]).toEqual([true, false, false]);
  });

  it.each<[RoundingMode, string, string]>([
    ['down', '3', '-3'],
    ['up', '4', '-4'],
    ['floor', '3', '-4'],
    ['ceil', '4', '-3'],
    ['half-up', '4', '-4'],
  ])('rounds 7/2 and -7/2 %s to %s and %s', (mode, positive, negative) => {
    expect(text(divide(d('7'), d('2'), 0, mode))).toBe(positive);
    expect(text(divide(d('-7'), d('2'), 0, mode))).toBe(negative);
    expect(text(divide(d('7'), d('-2'), 0, mode))).toBe(negative);
  });

  it('rounds half-up only from the half on', () => {
    expect(text(divide(d('1'), d('3'), 4, 'half-up'))).toBe('0.3333');
    expect(text(divide(d('2'), d('3'), 4, 'half-up'))).toBe('0.6667');
    expect(text(divide(d('0.00005'), d('1'), 4, 'half-up'))).toBe('0.0001');
  });

  it('refuses to divide by zero and to round to a step that is not positive', () => {
    expect(() => divide(d('1'), ZERO, 2, 'down')).toThrow(RangeError);
    expect(() => quantize(d('1'), ZERO, 'down')).toThrow(RangeError);
    expect(() => quantize(d('1'), d('-0.1'), 'down')).toThrow(RangeError);
  });

  it('rounds to steps that are no power of ten', () => {
    expect(text(quantize(d('1.37'), d('0.25'), 'down'))).toBe('1.25');
    expect(text(quantize(d('1.37'), d('0.25'), 'up'))).toBe('1.5');
    expect(text(quantize(d('1.0002'), d('0.001'), 'floor'))).toBe('1');
    expect([isMultipleOf(d('1.25'), d('0.25')), isMultipleOf(d('1.3'), d('0.25')), isMultipleOf(d('1'), ZERO)]).toEqual(
      [true, false, false],
    );
  });

  it('takes floats on the tick exactly, whatever their exponent', () => {
    expect(text(quantizeFloat(0.1 + 0.2, d('0.01'), 'down'))).toBe('0.3');
    expect(text(quantizeFloat(1.005, d('0.001'), 'down'))).toBe('1.005');
    expect(text(quantizeFloat(1e-8, d('0.00000001'), 'down'))).toBe('0.00000001');
    expect(text(quantizeFloat(1.5e-7, d('0.00000001'), 'down'))).toBe('0.00000015');
    expect(text(quantizeFloat(1e15, d('0.01'), 'down'))).toBe('1000000000000000');
    expect(text(quantizeFloat(1.25e21, d('0.01'), 'down'))).toBe('1250000000000000000000');
    expect(text(quantizeFloat(-2.5e-7, d('0.0000001'), 'floor'))).toBe('-0.0000003');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('lets no %s become a price', (bad) => {
    expect(() => quantizeFloat(bad, d('0.01'), 'down')).toThrow(RangeError);
  });

  it('gives floats for display', () => {
    expect(toFloat(d('42113.07'))).toBe(42113.07);
  });
});
