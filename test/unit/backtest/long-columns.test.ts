import { describe, expect, it } from 'vitest';
import { checkSeries } from '#core/backtest/check-series.ts';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import { PART } from '#core/kernel/parts.ts';
import { finestStep, toTicks } from '#core/market/price-ticks.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { optionsFor, ports, scripted } from '../../support/backtest-builders.ts';
import { wanderingColumns } from '../../support/candle-column-builders.ts';

const LENGTH = 3 * PART + 7;
const MINUTE = 60_000;
/** First, last and around each border between two parts. */
const PLACES = [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART, LENGTH - 1];

const changed = (field: 'open' | 'close' | 'low' | 'openTime', at: number, by: (value: number) => number) => {
  const columns = wanderingColumns(LENGTH);
  const column = columns[field].slice();
  column[at] = by(column[at] as number);
  return { ...columns, [field]: column } satisfies CandleColumns;
};
const timeOf = (at: number): string =>
  `${new Date(wanderingColumns(LENGTH).openTime[at] as number).toISOString().slice(0, 19)}Z`;

describe('columns that are worked through in parts', () => {
  it.each(PLACES)('name the bad candle at %i', (at) => {
    expect(() =>
      checkSeries(
        changed('low', at, () => -1),
        'x',
      ),
    ).toThrow(`the candle of ${timeOf(at)} has a price of -1`);
    expect(() =>
      checkSeries(
        changed('close', at, () => Number.NaN),
        'x',
      ),
    ).toThrow(`the candle of ${timeOf(at)} holds NaN`);
    expect(() =>
      checkSeries(
        changed('openTime', at, (time) => time + 1),
        'x',
      ),
    ).toThrow(`candle ${at} opens at`);
    const finer = changed('close', at, (price) => price + 0.001);
    expect(finestStep(finer)).toEqual({ units: 1n, scale: 3 });
    expect(() => toTicks(finer, { units: 1n, scale: 2 })).toThrow(
      `of ${timeOf(at)} is not a multiple of the tick 0.01`,
    );
  });

  it('count every hole', () => {
    const columns = wanderingColumns(LENGTH);
    const holes = PLACES.slice(1);
    const openTime = columns.openTime.map((time, i) => time + MINUTE * 2 * holes.filter((at) => at <= i).length);
    expect(checkSeries({ ...columns, openTime }, 'x')).toEqual({ count: holes.length, missing: 2 * holes.length });
    expect(checkSeries(columns, 'x')).toEqual({ count: 0, missing: 0 });
  });

  it.each(PLACES)('fail at the candle at which the strategy failed: %i', (at) => {
    const columns = wanderingColumns(LENGTH);
    const stop = (): never => {
      throw new Error('enough');
    };
    const outcome = runBacktest(optionsFor(columns, { strategy: 'scripted' }), {
      ...ports,
      families: () => scripted({ [at]: stop }),
    });
    expect(outcome).toMatchObject({ status: 'failed', at: (columns.openTime[at] as number) + MINUTE });
  });
});
