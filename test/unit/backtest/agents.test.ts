import { describe, expect, it } from 'vitest';
import type { BacktestOptions } from '#core/backtest/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { FAMILIES, type FamilyName } from '#core/domain/strategy.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import { fillLines, optionsFor, played as playedAlone } from '../../support/backtest-builders.ts';
import { rangeCloses, TAPE_START, tapeOf, trendCloses } from '../../support/candle-tapes.ts';
import { changingMarket, newsOfRun, onHourly } from '../../support/family-markets.ts';
import { simulatedInstrument } from '../../support/instruments.ts';

const cents = (price: number): number => Math.round(price * 100) / 100;
const weather = [
  ...trendCloses(400, 0.001, 20_000),
  ...rangeCloses(400, 30, 0.02, 30_000),
  ...trendCloses(300, 0.002, 30_000),
];
const columns = columnsOfCandles(
  tapeOf(weather.map(cents), '1h', 0.004).candles.map((candle) => ({
    ...candle,
    high: cents(candle.high + 0.01),
    low: cents(candle.low - 0.01),
  })),
  '1h',
);
/** The two first families have a weather of their own; the others need falls and surprises as well. */
const changing = changingMarket(1_100);
const options = (strategy: FamilyName) =>
  optionsFor(strategy === 'trend-following' || strategy === 'mean-reversion' ? columns : changing, {
    strategy,
    params: onHourly(strategy),
    cash: '10000',
    instrument: simulatedInstrument('BTC/USDT'),
    seed: 3,
  });

describe.each(FAMILIES)('the family %s in the back-tester', (family) => {
  const played = (asked: BacktestOptions) => playedAlone(asked, { news: newsOfRun });
  const result = played(options(family));

  it('trades under the default profiles, pays for it, and risks what an agent may', () => {
    expect(result.profiles).toEqual({ limits: 'default', costs: 'default' });
    expect(result.trades.count).toBeGreaterThan(2);
    expect(Number(result.costs.fees)).toBeGreaterThan(0);
    expect(Number(result.costs.spread)).toBeGreaterThan(0);
    // Half a percent of the equity at most, whatever the distance of the stop.
    for (const risk of result.trades.risk) expect(risk).toBeLessThanOrEqual(10_000 * 1.2 * 0.005);
  });

  it('gives the same result twice, and the same beginning when the future is cut off', () => {
    expect(played(options(family))).toEqual(result);
    const short = played({ ...options(family), to: unixMs(TAPE_START + 700 * 3_600_000) });
    expect(fillLines(short)).toEqual(fillLines(result).slice(0, short.fills.count));
    expect([...short.equity.equity]).toEqual(Array.from(result.equity.equity.subarray(0, 700)));
  });

  it('explains its cash by its fills', () => {
    const { fills } = result;
    let cash = 10_000;
    for (let i = 0; i < fills.count; i++) {
      const value =
        (fills.priceTicks[i] as number) * (fills.lots[i] as number) * Number(result.tickSize) * Number(result.lotSize);
      cash -= (fills.side[i] as number) * value + Number(fills.fee[i]);
    }
    expect(cash).toBeCloseTo(Number(result.finalCash), 6);
    expect(result.equity.equity.at(-1)).toBeCloseTo(Number(result.finalEquity), 6);
  });

  it('does nothing, and says so with a result, when the data are shorter than its warm-up', () => {
    const short = played({ ...options(family), to: unixMs(TAPE_START + 40 * 3_600_000) });
    expect([short.trades.count, short.finalEquity, short.candles]).toEqual([0, '10000', 40]);
  });
});
