import { describe, expect, it } from 'vitest';
import type { ColumnMarket } from '#core/agent/column-family.ts';
import type { BacktestResult } from '#core/backtest/types.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { createRng } from '#core/kernel/rng.ts';
import { tradesCsv } from '#core/report/report-csv.ts';
import { tradeRows } from '#core/report/trade-rows.ts';
import { isKnown } from '#core/statistics/figure.ts';
import { summarise } from '#core/statistics/summarise.ts';
import { equityRecordOf, tradeRecordsOf } from '#host/lab/judge-run.ts';
import { packTrades, unpackTrades } from '#host/lab/packed-trades.ts';
import { type CandleRow, columnsOfRows, playScript } from '../../support/backtest-builders.ts';
import { instrument } from '../../support/trading-builders.ts';

/** Interest a 24,000th of the borrowed value an hour. */
const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.365') },
};
const at = (price: number): CandleRow => [price, price, price, price, 100_000];
const order =
  (side: 'buy' | 'sell', riskTicks?: number) =>
  ({ desk }: ColumnMarket): void => {
    desk.submit({ side, type: 'market', lots: 24_000, ...(riskTicks === undefined ? {} : { riskTicks }) });
  };

/** Sells 24 short at 100 with 5 at stake on each, buys back at 90; then buys at 90 and sells at 95. */
const run: BacktestResult = playScript(
  columnsOfRows([at(100), at(100), at(90), at(90), at(95), at(95)]),
  { 0: order('sell', 500), 1: order('buy'), 2: order('buy', 500), 3: order('sell') },
  { instrument: MARGIN, cash: '10000', feeBps: '10', profiles: { limits: 'default', costs: 'fee-only' } },
);

describe('a short trade', () => {
  const records = tradeRecordsOf(run);

  it('reads as short everywhere: it gains when the market falls, and its R is positive', () => {
    expect(records.map(({ direction, entryPrice, exitPrice }) => [direction ?? 'long', entryPrice, exitPrice])).toEqual(
      [
        ['short', 100, 90],
        ['long', 90, 95],
      ],
    );
    const [short] = records;
    // 24 x 10 less fees of 2.4 and 2.16 less the interest of the one hour that it was open: 2400 / 24000
    expect(short?.netPnl).toBeCloseTo(240 - 4.56 - 0.1, 10);
    expect([short?.fees, short?.carry]).toEqual([expect.closeTo(4.56, 10), expect.closeTo(0.1, 10)]);
    expect((short?.netPnl ?? 0) / (short?.riskTaken ?? 1)).toBeCloseTo(235.34 / 120, 10);
  });

  it('counts as won, as exposure of its own sign, and its interest as carry and not as a fee', () => {
    const metrics = summarise({ record: equityRecordOf(run), trades: records, rng: createRng(1) });
    expect(metrics.trades.gains).toBe(2);
    const { exposure, shortExposure } = metrics.activity;
    if (!isKnown(exposure) || !isKnown(shortExposure)) throw new Error('no exposure');
    expect(shortExposure.value).toBeCloseTo(1 / 6, 9);
    expect(exposure.value).toBeCloseTo(2 / 6, 9);
    expect(metrics.costs.carry).toBeCloseTo(0.1, 9);
    expect(tradeRows(metrics).map(({ name }) => name)).toContain('Short exposure');
    const long = records.filter(({ direction }) => direction !== 'short');
    const without = summarise({ record: equityRecordOf(run), trades: long, rng: createRng(1) });
    expect(tradeRows(without).map(({ name }) => name)).not.toContain('Short exposure');
  });

  it('survives the store and stands as short in the table of trades', () => {
    expect(unpackTrades(packTrades(records), records.length)).toEqual(records);
    const [, first, second] = tradesCsv(records).split('\n');
    expect(first?.split(',').slice(2, 6)).toEqual(['short', '24', '100', '90']);
    expect(second?.split(',')[2]).toBe('long');
    expect(Number(first?.split(',').at(-1))).toBeGreaterThan(1.9);
  });

  it('is read as long where a run was kept without sides', () => {
    const old = new Float64Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, Number.NaN]);
    expect(unpackTrades(old, 2)).toEqual([
      { entryTime: 1, exitTime: 2, quantity: 3, entryPrice: 4, exitPrice: 5, fees: 6, netPnl: 7, riskTaken: 8 },
      { entryTime: 9, exitTime: 10, quantity: 11, entryPrice: 12, exitPrice: 13, fees: 14, netPnl: 15 },
    ]);
  });
});
