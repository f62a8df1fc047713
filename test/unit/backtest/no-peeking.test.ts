import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createRng } from '#core/kernel/rng.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { columnsOfCandles, seriesOfColumns } from '#core/market/candle-columns.ts';
import { type CandleRow, columnsOfRows, optionsFor, played, scripted } from '../../support/backtest-builders.ts';

/** A market without memory: whoever earns here has looked ahead. */
function coinTosses(count: number, seed: number): readonly CandleRow[] {
  const rng = createRng(seed);
  let price = 100_000;
  return Array.from({ length: count }, () => {
    const open = price;
    const close = open + (rng.next() < 0.5 ? -50 : 50);
    price = close;
    return [open / 100, (Math.max(open, close) + 5) / 100, (Math.min(open, close) - 5) / 100, close / 100] as const;
  });
}

const columns = columnsOfRows(coinTosses(4000, 5));
const rising = (i: number): boolean => (columns.close[i] as number) > (columns.open[i] as number);

describe('a decision on a candle and its own prices', () => {
  it('a cheat that buys what just rose earns what it saw only if it could trade at the open that it has already seen', () => {
    // Outside the engine: buy at the open of each candle that is known to rise, sell at its close.
    const cheat = Array.from({ length: columns.length }, (_, i) =>
      rising(i) ? (columns.close[i] as number) - (columns.open[i] as number) : 0,
    );
    const dreamt = cheat.reduce((sum, gain) => sum + gain, 0);
    // Inside, the same wish meets the next open.
    const family = scripted(
      {},
      {
        create:
          () =>
          ({ series: [view], desk }) => {
            const up = view.close(0) > view.open(0);
            if (up && desk.held() === 0) desk.submit({ side: 'buy', type: 'market', lots: desk.unit });
            if (!up && desk.held() > 0) desk.submit({ side: 'sell', type: 'market', lots: desk.held() });
          },
      },
    );
    const real = Number(
      played(optionsFor(columns, { strategy: 'scripted', feeBps: '0', cash: '0' }), { families: () => family })
        .finalEquity,
    );
    expect(dreamt).toBeGreaterThan(900);
    expect(Math.abs(real)).toBeLessThan(dreamt / 10);
  });

  it('knows a candle by its close: minutes made into hours are the hours that a venue would give, dated by their end', () => {
    const minutes = columnsOfRows(coinTosses(600, 6), '1m');
    const end = unixMs((minutes.openTime[599] as number) + INTERVAL_MS['1m']);
    const { series } = aggregate(seriesOfColumns(minutes), '1h', end);
    expect(series.candles.length).toBe(10);
    for (const [i, hour] of series.candles.entries()) {
      const part = (field: 'high' | 'low' | 'volume') => minutes[field].subarray(i * 60, i * 60 + 60);
      expect([hour.openTime, hour.closeTime]).toEqual([
        minutes.openTime[i * 60],
        (minutes.openTime[i * 60] as number) + INTERVAL_MS['1h'],
      ]);
      expect([hour.open, hour.close]).toEqual([minutes.open[i * 60], minutes.close[i * 60 + 59]]);
      expect([hour.high, hour.low]).toEqual([Math.max(...part('high')), Math.min(...part('low'))]);
    }
  });

  it('shows a higher timeframe late, never early: moving it one candle back changes what is seen, as it must', () => {
    const minutes = columnsOfRows(coinTosses(300, 7), '1m');
    const hours = columnsOfCandles(
      aggregate(seriesOfColumns(minutes), '1h', unixMs((minutes.openTime[299] as number) + 60_000)).series.candles,
      '1h',
    );
    let seen = 0;
    const family = scripted(
      {},
      {
        create:
          () =>
          ({ series: [fine, coarse] }) => {
            if (coarse === undefined || coarse.count() === 0) return;
            seen += 1;
            expect(coarse.closeTime(0)).toBeLessThanOrEqual(fine.closeTime(0));
            // The newest hour ends with the very minute that closed it.
            const minutesAgo = (fine.closeTime(0) - coarse.closeTime(0)) / 60_000;
            expect(coarse.close(0)).toBe(fine.close(minutesAgo));
          },
      },
    );
    const base = optionsFor(minutes, { strategy: 'scripted' });
    const [traded] = base.series;
    if (traded === undefined) throw new Error('no series');
    // A tick of the coarse series that equals the fine one's keeps the two comparable.
    played({ ...base, series: [traded, { ...traded, columns: hours }] }, { families: () => family });
    expect(seen).toBe(300 - 59);
  });
});
