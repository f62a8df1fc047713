import { describe, expect, it } from 'vitest';
import { decimal, formatDecimal, multiply, parseDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { halfSpreadOf } from '#core/execution/venue-grid.ts';
import { checkHistory, type InstrumentLimits, limitsAt } from '#core/execution/versioned-limits.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createGrid } from '#core/matching/grid.ts';
import { type TakerPrice, takerPrice } from '#core/matching/taker-price.ts';
import type { GridCandle } from '#core/matching/types.ts';
import * as fc from '../../support/seeded-check.ts';
import { instrument } from '../../support/trading-builders.ts';

const d = parseDecimal;

describe('the grid of a market', () => {
  it('counts prices in ticks and quantities in lots, and goes back to the same decimals', () => {
    const grid = createGrid(d('0.05'), d('0.001'));
    expect(grid.ticksOf(d('100.15'), 'a price')).toBe(2003);
    expect(formatDecimal(grid.priceOf(2003))).toBe('100.15');
    expect(grid.lotsOf(d('1.5'), 'a quantity')).toBe(1500);
    expect(formatDecimal(grid.quantityOf(1500))).toBe('1.5');
    expect(formatDecimal(decimal(grid.amount(2003, 1500), grid.moneyScale))).toBe('150.225');
  });

  it('refuses what is off it, naming the value and the step', () => {
    const grid = createGrid(d('0.05'), d('0.001'));
    expect(() => grid.ticksOf(d('100.12'), 'the limit')).toThrow(
      'the limit 100.12 is not a whole number of ticks of 0.05',
    );
    expect(() => grid.lotsOf(d('0.0005'), 'the quantity')).toThrow(Fault);
  });

  it('refuses what cannot be counted exactly, and takes the last number that can', () => {
    const grid = createGrid(d('1'), d('0.00000001'));
    expect(grid.ticksOf(d('9007199254740991'), 'a price')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => grid.ticksOf(d('9007199254740992'), 'a price')).toThrow('more than 2^53 ticks');
    expect(() => grid.lotsOf(d('90071993'), 'a quantity')).toThrow('more than 2^53 lots');
    expect(() => createGrid(d('0'), d('1'))).toThrow('the tick 0 is not positive');
  });

  it('keeps products beyond 2^53 exact', () => {
    const grid = createGrid(d('0.01'), d('0.00000001'));
    const [ticks, lots] = [6_543_210_987_654_321, 8_765_432_109_876_543];
    expect(grid.amount(ticks, lots)).toBe(6_543_210_987_654_321n * 8_765_432_109_876_543n);
    expect(formatDecimal(decimal(grid.amount(ticks, lots), grid.moneyScale))).toBe(
      formatDecimal(multiply(grid.priceOf(ticks), grid.quantityOf(lots))),
    );
  });

  it('rounds any float as the one door of decimals does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.constantFrom('0.01', '0.05', '0.00001', '0.5', '1', '7'),
        (value, tick) => {
          const grid = createGrid(d(tick), d('1'));
          expect(formatDecimal(grid.priceOf(grid.ticksDown(value)))).toBe(
            formatDecimal(quantizeFloat(value, d(tick), 'floor')),
          );
          expect(formatDecimal(grid.priceOf(grid.ticksUp(value)))).toBe(
            formatDecimal(quantizeFloat(value, d(tick), 'ceil')),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the price of a taker', () => {
  const candle: GridCandle = {
    openUp: 0,
    openDown: 0,
    highUp: 0,
    highDown: 0,
    lowUp: 0,
    lowDown: 0,
    closeUp: 0,
    closeDown: 0,
    lots: 1000,
    left: 1000,
  };
  const out: TakerPrice = { ticks: 0, spreadTicks: 0, impactTicks: 0 };

  it('is never better than the market, and no tick worse than the exact cost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 50 }),
        fc.constantFrom(1 as const, -1 as const),
        fc.bigInt({ min: 0n, max: 99_999n }),
        (ticks, side, bps) => {
          const halfSpread = halfSpreadOf(decimal(bps, 2));
          takerPrice(out, ticks, side, 1, candle, { halfSpread, participation: 1, impact: 0, tickStep: 1 }, true);
          const moved = BigInt(side * (out.ticks - ticks));
          const exact = BigInt(ticks) * BigInt(halfSpread.numerator);
          const per = BigInt(halfSpread.denominator);
          if (out.ticks > 1 || side > 0) {
            expect(moved * per >= exact).toBe(true);
            expect((moved - 1n) * per < exact).toBe(true);
          }
          expect(out.spreadTicks).toBe(Number(moved));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('limits by date', () => {
  const version = (day: number, lot: string): InstrumentLimits => ({
    validFrom: unixMs(day),
    tickSize: d('0.01'),
    lotSize: d(lot),
    minQuantity: d(lot),
    minNotional: d('5'),
  });
  const history = [version(10, '0.1'), version(20, '0.01')];

  it.each([
    [5, '0.1', false],
    [10, '0.1', true],
    [19, '0.1', true],
    [20, '0.01', true],
    [99, '0.01', true],
  ])('on day %i the lot is %s, known: %s', (day, lot, known) => {
    const found = limitsAt(instrument, history, unixMs(day));
    expect([formatDecimal(found.instrument.lotSize), found.known]).toEqual([lot, known]);
  });

  it('are unknown when only those of today are there, and refused out of order', () => {
    expect(limitsAt(instrument, [], unixMs(5))).toEqual({ instrument, known: false });
    expect(() => checkHistory(history.toReversed())).toThrow(Fault);
  });
});
