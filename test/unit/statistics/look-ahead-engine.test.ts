import { describe, expect, it } from 'vitest';
import type { BacktestPorts } from '#core/backtest/run-backtest.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { CandleColumns } from '#core/statistics/candle-prefix.ts';
import { findLookAhead, type ProbedRun, type Reading } from '#core/statistics/look-ahead.ts';
import { columnsOfRows, optionsFor, played } from '#test/support/backtest-builders.ts';
import { newsOfRun, onHourly } from '#test/support/family-markets.ts';
import { simulatedInstrument } from '#test/support/instruments.ts';
import { probeColumns } from '#test/support/probe-tapes.ts';

const cents = (price: number): number => Math.round(price * 100) / 100;

/** The probing market around 10,000 and in whole cents, as an exchange would give it. */
const columns = ((): CandleColumns => {
  const made = probeColumns(createRng(78), 700);
  const scaled = (column: Float64Array): Float64Array => column.map((price) => cents(100 * price));
  return {
    ...made,
    open: scaled(made.open),
    high: scaled(made.high),
    low: scaled(made.low),
    close: scaled(made.close),
    volume: made.volume.map((volume) => Math.ceil(volume)),
  };
})();

/** Every fill and every mark of a whole back-test. Fills of a plain market order are claimed to be known at the open. */
const engine =
  (
    strategy: string,
    params: Readonly<Record<string, number>>,
    fillsKnown: Reading['known'],
    given: Partial<BacktestPorts> = {},
  ): ProbedRun =>
  (shown) => {
    const rows = Array.from(
      shown.close,
      (close, i) =>
        [shown.open[i], shown.high[i], shown.low[i], close, Math.max(1, shown.volume[i] as number)] as [
          number,
          number,
          number,
          number,
          number,
        ],
    );
    const { fills, equity, candles } = played(
      optionsFor(columnsOfRows(rows), { strategy, params, instrument: simulatedInstrument('BTC/USDT') }),
      given,
    );
    expect(candles).toBe(shown.close.length);
    return [
      ...Array.from(
        { length: fills.count },
        (_, i): Reading => ({
          index: fills.candle[i] as number,
          known: fillsKnown,
          value: `${fills.side[i]} ${fills.lots[i]} at ${fills.priceTicks[i]}, fee ${fills.fee[i]}`,
        }),
      ),
      ...Array.from(equity.equity, (value, index): Reading => ({ index, known: 'close', value })),
    ];
  };

describe('a whole back-test', () => {
  it('of sma-cross changes nothing of the past, and fills at opens know only the open', () => {
    const run = engine('sma-cross', { fast: 5, slow: 20 }, 'open');
    const report = findLookAhead(run, columns, { cuts: 30, from: 60 });
    expect(report).toMatchObject({ verdict: 'clean', cuts: 30 });
    expect(report.compared).toBeGreaterThan(5000);
    expect(run(columns).filter(({ known }) => known === 'open').length).toBeGreaterThan(20);
  });

  it('that claimed its fills one candle earlier than it decided them would be flagged', () => {
    const honest = engine('sma-cross', { fast: 5, slow: 20 }, 'open');
    const early: ProbedRun = (given) =>
      honest(given).map((reading) => (reading.known === 'open' ? { ...reading, index: reading.index - 1 } : reading));
    expect(findLookAhead(early, columns, { cuts: 120, from: 60 }).verdict).toBe('look_ahead');
  });

  it.each(FAMILIES)('of %s changes no fill and no mark of the past', (name) => {
    const run = engine(name, onHourly(name), 'close', { news: newsOfRun });
    const report = findLookAhead(run, columns, { cuts: 4, from: 300 });
    expect(report).toMatchObject({ verdict: 'clean', cuts: 4 });
    expect(run(columns).filter(({ value }) => typeof value === 'string').length).toBeGreaterThan(3);
  });
});
