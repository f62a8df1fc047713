import { describe, expect, it } from 'vitest';
import type { ColumnMarket, ColumnOrder } from '#core/agent/column-family.ts';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import { type BacktestOptions, type BacktestResult, JOURNAL_KINDS } from '#core/backtest/types.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import {
  type CandleRow,
  columnsOfRows,
  fillLines,
  optionsFor,
  playScript,
  ports,
} from '../../support/backtest-builders.ts';
import { instrument } from '../../support/trading-builders.ts';

/*
 * Short positions of column families, worked out by hand with the numbers of the venue's tapes: initial margin a half, maintenance a
 * quarter, interest a 24,000th of the borrowed value an hour, 10,000 in cash, tick 0.01, lot 0.001.
 */
const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.365') },
};
const OPTIONS: Partial<BacktestOptions> = {
  instrument: MARGIN,
  cash: '10000',
  profiles: { limits: 'default', costs: 'fee-only' },
};
const FLAT: CandleRow = [100, 100, 100, 100, 10_000];
const market = (side: 'buy' | 'sell', units: number, reduceOnly = false): ColumnOrder => ({
  side,
  type: 'market',
  lots: Math.round(units * 1000),
  reduceOnly,
});
const send =
  (...orders: readonly ColumnOrder[]) =>
  ({ desk }: ColumnMarket): void => {
    for (const order of orders) desk.submit(order);
  };
const play = (
  rows: readonly CandleRow[],
  script: Parameters<typeof playScript>[1],
  options: Partial<BacktestOptions> = {},
) => playScript(columnsOfRows(rows), script, { ...OPTIONS, ...options });
const short = (units: number) => ({ 0: send(market('sell', units)) });
const moneyOf = ({ finalCash, openPosition, costs }: BacktestResult) =>
  `${finalCash} / ${openPosition} / ${costs.interest}`;
const tradesOf = ({ trades }: BacktestResult) =>
  Array.from({ length: trades.count }, (_, i) =>
    [trades.direction, trades.quantity, trades.entryPrice, trades.exitPrice, trades.pnl].map((column) => column?.[i]),
  );

describe('a short position of a column family, worked out by hand', () => {
  it('borrows, pays interest and is covered in part', () => {
    const result = play([FLAT, FLAT, [90, 91, 89, 90, 10_000]], { ...short(24), 1: send(market('buy', 10, true)) });
    // 10000 + 2400 - 0.1 - 900 - 14 x 90 / 24000
    expect(moneyOf(result)).toBe('11499.8475 / -14 / 0.1525');
    expect(result.finalEquity).toBe('10239.8475');
    expect(Array.from(result.equity.equity)).toEqual([10_000, 9999.9, 10_239.8475]);
    expect(result.exposure).toBeCloseTo(2 / 3);
  });

  it('goes through zero: one round trip ends, the next begins', () => {
    const result = play([FLAT, FLAT, [90, 91, 89, 90, 10_000], [95, 95, 95, 95, 10_000]], {
      ...short(24),
      1: send(market('buy', 30)),
      2: send(market('sell', 6, true)),
    });
    // 12399.9 - 2700 + 570
    expect(moneyOf(result)).toBe('10269.9 / 0 / 0.1');
    expect(tradesOf(result)).toEqual([
      [-1, 24, 100, 90, 239.9],
      [1, 6, 90, 95, 30],
    ]);
  });

  it('is charged interest through a hole in the data', () => {
    const columns = columnsOfRows([FLAT, FLAT, [50, 50, 50, 50, 10_000]]);
    columns.openTime[2] = (columns.openTime[2] ?? 0) + 2 * 3_600_000;
    // 0.1, twice that for the hole, and 0.05
    expect(moneyOf(playScript(columns, short(24), OPTIONS))).toBe('12399.65 / -24 / 0.35');
  });

  it('is bought back at the open that has jumped over its price', () => {
    const result = play([FLAT, FLAT, [160, 165, 150, 155, 10_000]], short(120), { feeBps: '10' });
    expect(fillLines(result)).toEqual(['1 sell 120000 at 10000 fee 12 taker', '2 buy 120000 at 16000 fee 19.2 taker']);
    expect(moneyOf(result)).toBe('2768.3 / 0 / 0.5');
    expect(tradesOf(result)).toEqual([[-1, 120, 100, 160, -7231.7]]);
  });

  it('is bought back where a candle touches its price, and not one tick before', () => {
    const touched = play([FLAT, FLAT, [140, 146.59, 139, 145, 10_000]], short(120), { feeBps: '10' });
    expect(fillLines(touched)[1]).toBe('2 buy 120000 at 14659 fee 17.5908 taker');
    expect(moneyOf(touched)).toBe('4378.3842 / 0 / 1.225');
    // The interest of the candle in which it ended belongs to it.
    expect(tradesOf(touched)[0]?.[4]).toBeCloseTo(-5621.6158, 9);
    const before = play([FLAT, FLAT, [140, 146.58, 139, 145, 10_000]], short(120), { feeBps: '10' });
    expect(moneyOf(before)).toBe('21986.775 / -120 / 1.225');
  });

  it('is bought back to the end once that has begun', () => {
    const rows: readonly CandleRow[] = [FLAT, FLAT, [140, 150, 139, 145, 500], [120, 121, 119, 120, 5000]];
    const result = play(rows, short(120));
    expect(fillLines(result).slice(1)).toEqual([
      '2 buy 50000 at 14667 fee 0 taker',
      '3 buy 70000 at 12000 fee 0 taker',
    ]);
    expect(moneyOf(result)).toBe('6265.275 / 0 / 1.225');
  });

  it('needs its initial margin when it fills', () => {
    expect(moneyOf(play([FLAT, FLAT], short(200.001)))).toBe('10000 / 0 / 0');
    expect(play([FLAT, FLAT], short(200)).openPosition).toBe('-200');
  });

  it('an order that only reduces neither borrows nor buys more than is owed', () => {
    const answers: number[] = [];
    const result = play([FLAT, FLAT, FLAT], {
      0: ({ desk }) => {
        answers.push(desk.submit(market('sell', 1, true)), desk.submit(market('buy', 1, true)));
        desk.submit(market('sell', 24));
      },
      1: send(market('buy', 30, true), market('buy', 24, true)),
    });
    expect(answers).toEqual([0, 0]);
    expect(fillLines(result)[1]).toBe('2 buy 24000 at 10000 fee 0 taker');
    expect(moneyOf(result)).toBe('9999.9 / 0 / 0.1');
  });

  it('a strategy neither sees nor cancels what guards it', () => {
    const seen: number[] = [];
    const result = play([FLAT, FLAT, [160, 165, 150, 155, 10_000]], {
      ...short(120),
      1: ({ desk }) => {
        seen.push(desk.openOrders(), desk.held());
        desk.cancelAll();
        desk.cancel(-1);
      },
    });
    expect(seen).toEqual([0, -120_000]);
    expect(Array.from(result.journal.kind)).not.toContain(JOURNAL_KINDS.indexOf('canceled'));
    expect(result.openPosition).toBe('0');
  });
});

describe('margin terms in a back-test', () => {
  it('are part of the run hash, and without them nothing is borrowed', () => {
    const spot = play([FLAT, FLAT], short(24), { instrument });
    expect([spot.openPosition, spot.costs.interest, spot.trades.direction]).toEqual(['0', undefined, undefined]);
    expect(spot.runHash).not.toBe(play([FLAT, FLAT], short(24)).runHash);
  });

  it('are refused where they cannot be kept', () => {
    const columns = columnsOfRows(Array.from({ length: 60 }, () => FLAT));
    expect(() => playScript(columns, {}, { ...OPTIONS, profiles: { limits: 'none', costs: 'fee-only' } })).toThrow(
      /limits "none" cannot keep/,
    );
    expect(() => runBacktest(optionsFor(columns, { strategy: 'trend-following', instrument: MARGIN }), ports)).toThrow(
      /agents do not know/,
    );
    const terms = { initial: parseDecimal('0.2'), maintenance: parseDecimal('0.3'), annualInterest: parseDecimal('0') };
    expect(() => playScript(columns, {}, { ...OPTIONS, instrument: { ...instrument, margin: terms } })).toThrow(
      /a smaller one above 0/,
    );
  });
});
