import { describe, expect, it } from 'vitest';
import { compare, opposite, parts, plus, round, stepDecimals, times, trimmed } from '#shared/format/decimal-text.ts';
import * as fc from '../../support/seeded-check.ts';

const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
  .map(([negative, units, scale]) => {
    const digits = units.toString().padStart(scale + 1, '0');
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return negative && units > 0n ? `-${text}` : text;
  });

describe('decimal text', () => {
  it('rounds half away from zero on exact digits, where a float would not', () => {
    expect(round('1.005', 2)).toBe('1.01');
    expect(round('-1.005', 2)).toBe('-1.01');
    expect(round('156271140.71145', 4)).toBe('156271140.7115');
  });

  it('never shows a negative zero', () => {
    expect(round('-0.004', 2)).toBe('0.00');
    expect(opposite('0')).toBe('0');
  });

  it('multiplies and adds without losing a digit', () => {
    expect(times('123456789012345678901.123', '0.001')).toBe('123456789012345678.901123');
    expect(plus('123456789012345678901.123', '0.001')).toBe('123456789012345678901.124');
  });

  it.each(['1e5', '.5', 'NaN', ' 1', '', '1.', 'undefined'])('refuses %j', (text) => {
    expect(() => parts(text)).toThrow(/not a plain decimal/);
  });

  it('knows the decimals of a tick', () => {
    expect([stepDecimals('0.01'), stepDecimals('0.0100'), stepDecimals('1'), stepDecimals('0.00000001')]).toEqual([
      2, 2, 0, 8,
    ]);
  });

  it('drops trailing zeros only after the point', () => {
    expect([trimmed('0.0500'), trimmed('100'), trimmed('100.00'), trimmed('-2.50')]).toEqual([
      '0.05',
      '100',
      '100',
      '-2.5',
    ]);
  });

  it('a sum and its parts always agree', () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        expect(compare(plus(plus(a, b), opposite(b)), a)).toBe(0);
        expect(compare(plus(a, b), plus(b, a))).toBe(0);
      }),
    );
  });

  it('rounding is never off by more than half a unit of the last place', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: 0, max: 8 }), (text, decimals) => {
        const difference = plus(round(text, decimals), opposite(text));
        const half = `0.${'0'.repeat(decimals)}5`;
        expect(compare(difference, half)).not.toBe(1);
        expect(compare(difference, `-${half}`)).not.toBe(-1);
      }),
    );
  });
});
