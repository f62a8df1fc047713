import { describe, expect, it } from 'vitest';
import { decimal, formatDecimal } from '#core/domain/decimal.ts';
import { columnsOfRows, optionsFor, played } from '../support/backtest-builders.ts';
import * as fc from '../support/seeded-check.ts';
import { type SimpleCandle, simpleCross } from '../support/simple-cross.ts';

type Tape = { readonly candles: readonly SimpleCandle[]; readonly decimals: number };

/** Few distinct prices make many ties; many decimals make sums that leave 2^53; one base makes ticks on both sides of 32 bits. */
const tape: fc.Arbitrary<Tape> = fc
  .record({
    decimals: fc.constantFrom(0, 2, 8),
    spread: fc.constantFrom(2, 40, 5000),
    base: fc.constantFrom(1n, 1000n, 9_000_000n, 2n ** 31n - 2500n),
    moves: fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)), { minLength: 3, maxLength: 120, size: 'max' }),
  })
  .map(({ decimals, spread, base, moves }) => ({
    decimals,
    candles: moves.map(([open, close]) => ({
      open: base + BigInt(open % spread),
      close: base + BigInt(close % spread),
    })),
  }));

const parameters = fc
  .record({ fast: fc.integer({ min: 1, max: 12 }), more: fc.integer({ min: 1, max: 25 }) })
  .map(({ fast, more }) => ({ fast, slow: fast + more }));

const money = (units: bigint, decimals: number): string => formatDecimal(decimal(units, decimals + 6));

describe('sma-cross', () => {
  it('agrees with a second implementation to the last digit on 1,000 tapes and parameters', () => {
    const seen = { trades: 0, holds: 0, ties: 0 };
    fc.assert(
      fc.property(tape, parameters, fc.nat(100_000), ({ candles, decimals }, { fast, slow }, feeHundredths) => {
        const price = (units: bigint): number => Number(formatDecimal(decimal(units, decimals)));
        const rows = candles.map(({ open, close }) => {
          const [o, c] = [price(open), price(close)];
          return [o, Math.max(o, c), Math.min(o, c), c] as const;
        });
        const columns = columnsOfRows(rows);
        const feeBps = formatDecimal(decimal(BigInt(feeHundredths), 2));
        const cash = 1000n;
        const result = played(optionsFor(columns, { params: { fast, slow }, feeBps, cash: String(cash) }));
        const expected = simpleCross(candles, fast, slow, BigInt(feeHundredths), cash * 10n ** BigInt(decimals));
        const trips = Array.from({ length: result.trades.count }, (_, i) => ({
          entry: result.trades.entryCandle[i],
          exit: result.trades.exitCandle[i],
        }));
        expect(trips).toEqual(expected.trades);
        expect(result.openPosition).toBe(expected.holds ? '1' : '0');
        expect(result.finalEquity).toBe(money(expected.equity, decimals));
        expect(result.costs).toEqual({ fees: money(expected.fees, decimals), spread: '0', impact: '0' });
        seen.trades += trips.length;
        seen.holds += expected.holds ? 1 : 0;
        seen.ties += new Set(candles.map(({ close }) => close)).size < candles.length ? 1 : 0;
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(seen.trades, seen.holds, seen.ties)).toBeGreaterThan(200);
  });

  it('stays exact where sums and products leave 2^53', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 30, maxLength: 80, size: 'max' }),
        fc.constantFrom(899_999_999_999_997n, 300_000_000_000_000n),
        (moves, base) => {
          // Averages that differ by a part in 10^15: floats of the products cannot tell them apart.
          const candles = moves.map((move) => ({ open: base, close: base + BigInt(move) }));
          const columns = columnsOfRows(
            candles.map(({ close }) => [Number(base), Number(close), Number(base), Number(close)] as const),
          );
          const result = played(optionsFor(columns, { params: { fast: 7, slow: 19 }, feeBps: '0', cash: '0' }));
          const expected = simpleCross(candles, 7, 19, 0n, 0n);
          expect(result.trades.count).toBe(expected.trades.length);
          expect(result.finalEquity).toBe(money(expected.equity, 0));
        },
      ),
      { numRuns: 300 },
    );
  });
});
