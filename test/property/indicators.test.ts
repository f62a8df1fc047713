import { describe, expect, it } from 'vitest';
import { ALL_LINES, type Columns } from '#test/support/indicator-table.ts';
import * as fc from '../support/seeded-check.ts';

/** Random tapes on a coarse tick, so that ties, flat candles and zero volume are common; up to 90 candles. */
const tape: fc.Arbitrary<Columns> = fc
  .array(
    fc.record({
      step: fc.integer({ min: -4, max: 4 }),
      up: fc.integer({ min: 0, max: 2 }),
      down: fc.integer({ min: 0, max: 2 }),
      volume: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
    }),
    { minLength: 0, maxLength: 90 },
  )
  .chain((moves) => fc.constantFrom(0.5, 0.1, 1e-7).map((tick) => toColumns(moves, tick)));

type Move = { readonly step: number; readonly up: number; readonly down: number; readonly volume: number };

function toColumns(moves: readonly Move[], tick: number): Columns {
  const columns: Columns = {
    high: new Float64Array(moves.length),
    low: new Float64Array(moves.length),
    close: new Float64Array(moves.length),
    volume: Float64Array.from(moves, (move) => move.volume),
  };
  let level = 1000;
  for (const [i, { step, up, down }] of moves.entries()) {
    const next = Math.max(10, level + step);
    columns.high[i] = (Math.max(level, next) + up) * tick;
    columns.low[i] = (Math.min(level, next) - down) * tick;
    columns.close[i] = next * tick;
    level = next;
  }
  return columns;
}

const head = (columns: Columns, length: number): Columns => ({
  high: columns.high.slice(0, length),
  low: columns.low.slice(0, length),
  close: columns.close.slice(0, length),
  volume: columns.volume.slice(0, length),
});

describe.each(ALL_LINES)('$indicator.line', ({ indicator, parameters }) => {
  it('answers the same bits fed one candle at a time as over the whole column', () => {
    fc.assert(
      fc.property(tape, (columns) => {
        const whole = indicator.batch(columns, parameters);
        const next = indicator.stream(columns, parameters);
        expect(Array.from(whole, (_, i) => next(i))).toEqual([...whole]);
      }),
    );
  });

  it('does not change a value when the future is removed', () => {
    fc.assert(
      fc.property(tape, fc.nat(90), (columns, cut) => {
        const length = Math.min(cut, columns.close.length);
        const whole = indicator.batch(columns, parameters);
        expect([...indicator.batch(head(columns, length), parameters)]).toEqual(Array.from(whole.subarray(0, length)));
      }),
    );
  });

  it('is undefined first and, once defined, a finite number (volume without a spread excepted)', () => {
    fc.assert(
      fc.property(tape, (columns) => {
        const values = [...indicator.batch(columns, parameters)];
        expect(values.length).toBe(columns.close.length);
        if (indicator.line === 'volumeZScore') {
          expect(values.some((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)).toBe(
            false,
          );
          return;
        }
        const first = values.findIndex((value) => !Number.isNaN(value));
        expect(first === -1 || values.slice(first).every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
