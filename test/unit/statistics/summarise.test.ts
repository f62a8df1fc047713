import { describe, expect, it } from 'vitest';
import { Fault } from '#core/kernel/fault.ts';
import { createRng } from '#core/kernel/rng.ts';
import { isKnown, lackText, measured, notEnough, undefinable } from '#core/statistics/figure.ts';
import { type SummaryInput, summarise } from '#core/statistics/summarise.ts';
import { HOUR, known, normals, randomMarket, recordOf, tradesAt } from '#test/support/equity-records.ts';

const market = randomMarket(createRng(1), 24 * 200);
const trades = tradesAt(
  market,
  Array.from({ length: 60 }, (_, i) => [i * 70, i * 70 + 20] as const),
  HOUR,
).map((trade) => ({ ...trade, riskTaken: 2 }));
const input = (changes: Partial<SummaryInput> = {}): SummaryInput => ({
  record: recordOf(normals(createRng(2), 24 * 200, 0.0001, 0.004), HOUR),
  trades,
  market,
  costPerSide: 0.001,
  trials: { trials: 40, sharpeVariance: 0.003 },
  rng: createRng(9),
  ...changes,
});

describe('a summary', () => {
  const metrics = summarise(input());

  it('brings every figure together', () => {
    expect(metrics.period).toMatchObject({ candles: 4800, wholeDays: 200, daysPerYear: 365 });
    for (const figure of [
      metrics.equity.totalReturn,
      metrics.equity.yearlyGrowth,
      metrics.risk.sharpe,
      metrics.risk.sortino,
      metrics.risk.calmar,
      metrics.risk.tail95.expectedShortfall,
      metrics.drawdown.deepest,
      metrics.trades.winRate,
      metrics.trades.profitFactor,
      metrics.trades.expectancyR,
      metrics.activity.exposure,
      metrics.benchmarks.buyAndHold,
      metrics.significance.sharpe,
      metrics.significance.entries,
      metrics.significance.deflated.probability,
    ]) {
      expect(isKnown(figure), JSON.stringify(figure)).toBe(true);
    }
    expect(metrics.risk.tail99.valueAtRisk).toEqual(notEnough(200, 500, 'daily returns'));
    expect(metrics.benchmarks.randomEntry?.runs).toBe(1000);
    expect(metrics.drawdown.worst).toHaveLength(5);
  });

  it('names both intervals of the Sharpe ratio around one value', () => {
    const [analytic, resampled] = [known(metrics.risk.sharpe), known(metrics.significance.sharpe)];
    expect(resampled.value).toBeCloseTo(analytic.value, 8);
    expect(resampled.interval.method).toContain('stationary block bootstrap');
    expect(analytic.interval.method).toContain('Mertens');
  });

  it('is the same again, and does not depend on what else drew from the run\u2019s chance', () => {
    const rng = createRng(9);
    rng.next();
    expect(summarise(input({ rng }))).toEqual(metrics);
    expect(summarise(input({ rng: createRng(10) })).significance.sharpe).not.toEqual(metrics.significance.sharpe);
  });

  it('does not depend on the order in which trades are listed', () => {
    expect(summarise(input({ trades: trades.toReversed() })).benchmarks).toEqual(metrics.benchmarks);
  });

  it('writes at most ten significant digits', () => {
    const long = JSON.stringify(metrics)
      .match(/\d+\.\d+/g)
      ?.filter((text) => text.replace(/^0\.0*|\./g, '').length > 10);
    expect(long).toEqual([]);
    expect(metrics.period.from).toBe(1_704_067_200_000);
  });

  it('deflates by what was tried', () => {
    const once = summarise(input({ trials: { trials: 1, sharpeVariance: 0 } }));
    expect(once.significance.deflated.probability).toEqual(once.significance.undeflated);
    expect(known(metrics.significance.deflated.probability).value).toBeLessThan(
      known(once.significance.undeflated).value,
    );
  });

  it('of ten days says what is missing instead of numbers', () => {
    const short = summarise(
      input({
        record: recordOf(normals(createRng(2), 240, 0, 0.004), HOUR),
        market: randomMarket(createRng(1), 240),
        trades: trades.slice(0, 3),
      }),
    );
    for (const figure of [
      short.risk.sharpe,
      short.risk.volatility,
      short.equity.yearlyGrowth,
      short.trades.winRate,
      short.significance.entries,
    ]) {
      expect(figure).toHaveProperty('notEnough');
    }
    expect(isKnown(short.equity.totalReturn)).toBe(true);
  });

  it('of nothing at all is still a summary', () => {
    const empty = summarise({ record: recordOf([]), trades: [], rng: createRng(1) });
    expect(empty.equity.totalReturn).toEqual(notEnough(0, 1, 'candles'));
    expect(empty.benchmarks).toEqual({ buyAndHold: notEnough(0, 1, 'prices') });
  });
});

describe('a record that is none is refused by name', () => {
  const record = recordOf(normals(createRng(2), 10), HOUR);
  const base = input({ record, market: randomMarket(createRng(1), 10), trades: [] });
  const changed = (column: Float64Array, at: number, value: number): Float64Array => {
    const copy = column.slice();
    copy[at] = value;
    return copy;
  };
  const trade = tradesAt(base.market ?? market, [[1, 3]], HOUR)[0];
  it.each([
    [
      'equity mark 4 is not a number: NaN',
      { ...base, record: { ...record, equity: changed(record.equity, 4, Number.NaN) } },
    ],
    [
      'time goes backwards at equity mark 5',
      { ...base, record: { ...record, times: changed(record.times, 5, record.startTime) } },
    ],
    ['equity mark 0 has no time', { ...base, record: { ...record, times: changed(record.times, 0, 0.5) } }],
    ['starting equity must be positive: 0', { ...base, record: { ...record, startEquity: 0 } }],
    ['10 times but 9 equity marks', { ...base, record: { ...record, equity: record.equity.slice(1) } }],
    [
      'close of candle 2 is not a price: 0',
      { ...base, market: { ...base.market, close: changed(base.market?.close ?? record.equity, 2, 0) } },
    ],
    ['trade 0: quantity must be positive: -1', { ...base, trades: [{ ...trade, quantity: -1 }] }],
    ['trade 0 ends before it begins', { ...base, trades: [{ ...trade, exitTime: 0 }] }],
    [
      'trade 0: netPnl is not a number: Infinity',
      { ...base, trades: [{ ...trade, netPnl: Number.POSITIVE_INFINITY }] },
    ],
    ['trade 0: riskTaken must be positive: 0', { ...base, trades: [{ ...trade, riskTaken: 0 }] }],
  ])('%s', (message, broken) => {
    expect(() => summarise(broken as SummaryInput)).toThrow(Fault);
    expect(() => summarise(broken as SummaryInput)).toThrow(message);
  });
});

describe('a figure', () => {
  it('says in words why it has no value', () => {
    expect(lackText(notEnough(12, 30, 'daily returns'))).toBe('not enough data (12 of 30 daily returns)');
    expect(lackText(undefinable('no loss'))).toBe('not defined: no loss');
  });

  it('is never infinite, never NaN and never minus zero', () => {
    expect(measured(Number.POSITIVE_INFINITY, 3)).toHaveProperty('undefinable');
    expect(measured(Number.NaN, 3)).toHaveProperty('undefinable');
    expect(Object.is(known(measured(-0, 3)).value, 0)).toBe(true);
  });
});
