import { describe, expect, it } from 'vitest';
import { exactDecimal } from '#adapters/venue-ccxt/parse/exact-decimal.ts';
import { decimal, equals, formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import * as fc from '../../support/seeded-check.ts';

const textOf = (value: unknown): string | undefined => {
  const read = exactDecimal(value);
  return read === undefined ? undefined : formatDecimal(read);
};

describe('a value of ccxt as money', () => {
  it.each([
    ['0.00000001', '0.00000001'],
    ['1e-8', '0.00000001'],
    ['1.5E+3', '1500'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['+2', '2'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [123456.789, '123456.789'],
    [-5, '-5'],
  ])('reads %s exactly', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it.each([
    undefined,
    null,
    '',
    ' 1',
    '1,5',
    'NaN',
    '0x10',
    '<html>',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    {},
    [],
    true,
    '1e999',
  ])('refuses %s', (value) => {
    expect(exactDecimal(value)).toBeUndefined();
  });

  it('refuses a number that may have lost digits on its way through a float', () => {
    expect(exactDecimal(0.1 + 0.2)).toBeUndefined();
    expect(exactDecimal(1234567890.1234567)).toBeUndefined();
  });

  it('reads every decimal that it can write', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 18 }),
        (units, scale) => {
          const value = decimal(units, scale);
          const read = exactDecimal(formatDecimal(value));
          expect(read !== undefined && equals(read, value)).toBe(true);
        },
      ),
    );
  });

  it('reads the same from an exponent as from the plain text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -20, max: 20 }), (digits, exponent) => {
        const plain =
          exponent >= 0 ? parseDecimal(`${digits}${'0'.repeat(exponent)}`) : decimal(BigInt(digits), -exponent);
        const read = exactDecimal(`${digits}e${exponent}`);
        expect(read !== undefined && equals(read, plain)).toBe(true);
      }),
    );
  });
});
