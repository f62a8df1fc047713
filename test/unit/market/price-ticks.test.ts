import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, formatDecimal, multiply, parseDecimal } from '#core/domain/decimal.ts';
import { compactTicksOf, finestStep, toTicks } from '#core/market/price-ticks.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import * as fc from '../../support/seeded-check.ts';

const priced = (texts: readonly string[]): CandleColumns => {
  const prices = Float64Array.from(texts, Number);
  return { ...wanderingColumns(texts.length), open: prices, high: prices, low: prices, close: prices };
};
const step = (text: string): Decimal => parseDecimal(text);

describe('the finest step of prices', () => {
  it.each([
    ['whole prices', ['30000', '29999'], '1'],
    ['cents', ['30000.5', '29999.25', '1'], '0.01'],
    ['a satoshi', ['0.00000001', '2.5'], '0.00000001'],
    ['one candle that is finer than all others', ['10', '11', '12.125', '13'], '0.001'],
  ])('is found for %s', (_, texts, wanted) => {
    expect(formatDecimal(finestStep(priced(texts)))).toBe(wanted);
  });

  it('does not exist for a computed float', () => {
    expect(() => finestStep(priced(['1', String(0.1 + 0.2)]))).toThrow(
      expect.objectContaining({ code: 'bad_data', message: expect.stringContaining('of 2023-01-01T00:01:00Z') }),
    );
    expect(() => finestStep(priced(['NaN']))).toThrow(expect.objectContaining({ code: 'bad_data' }));
  });
});

describe('prices in ticks', () => {
  it('are exact for every price of up to 15 digits, on any tick', () => {
    const units = fc.integer({ min: 1, max: 999_999_999 });
    const tick = fc.record({ units: fc.constantFrom(1n, 5n, 25n, 10n), scale: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(units, { minLength: 1, maxLength: 20 }), tick, (counts, size) => {
        const texts = counts.map((count) => formatDecimal(multiply(decimal(BigInt(count)), size)));
        const ticks = toTicks(priced(texts), size);
        expect([...ticks.close]).toEqual(counts);
        expect([...ticks.open]).toEqual(counts);
      }),
    );
  });

  it('refuse a price between two ticks and name its candle', () => {
    expect(() => toTicks(priced(['100', '100.05', '100.07']), step('0.05'))).toThrow(
      expect.objectContaining({
        code: 'bad_data',
        message: 'the open 100.07 of the 1m candle of 2023-01-01T00:02:00Z is not a multiple of the tick 0.05',
      }),
    );
    expect(() => toTicks(priced(['0.3']), step('0.1'))).not.toThrow();
    expect(() => toTicks(priced([String(0.1 + 0.2)]), step('0.1'))).toThrow(/not a multiple/);
  });

  it('take half the memory where they fit into 32 bits, and are the same numbers', () => {
    const least = ['21474836.47', '0.01'];
    const more = ['21474836.48', '0.01'];
    const narrow = compactTicksOf(priced(least), 'close', step('0.01'));
    const wide = compactTicksOf(priced(more), 'close', step('0.01'));
    expect([narrow.BYTES_PER_ELEMENT, ...narrow]).toEqual([4, 2 ** 31 - 1, 1]);
    expect([wide.BYTES_PER_ELEMENT, ...wide]).toEqual([8, 2 ** 31, 1]);
    expect(compactTicksOf(priced(['21474836.48']), 'close', step('0.02')).BYTES_PER_ELEMENT).toBe(4);
  });

  it('refuse what is too large to be counted', () => {
    expect(() => toTicks(priced(['123456789012.5']), step('0.00000001'))).toThrow(/too large to be counted in ticks/);
    expect(() => toTicks(priced(['1']), step('0.00000000000000000000000001'))).toThrow(
      expect.objectContaining({ code: 'bad_data' }),
    );
  });
});
