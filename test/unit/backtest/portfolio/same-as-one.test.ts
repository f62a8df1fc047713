import { describe, expect, it } from 'vitest';
import type { ColumnMarket, ColumnOrder } from '#core/agent/column-family.ts';
import { runPortfolio } from '#core/backtest/portfolio/run-portfolio.ts';
import type { BacktestResult } from '#core/backtest/types.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import {
  type CandleRow,
  columnsOfRows,
  fillLines,
  optionsFor,
  played,
  ports,
  scripted,
} from '../../../support/backtest-builders.ts';
import { rangeCloses, tapeOf, trendCloses } from '../../../support/candle-tapes.ts';
import { changingMarket, newsOfRun, onHourly } from '../../../support/family-markets.ts';
import { simulatedInstrument } from '../../../support/instruments.ts';
import { marketFills, marketOf, onlyMarket, playedTogether } from '../../../support/portfolio-builders.ts';
import * as fc from '../../../support/seeded-check.ts';
import { instrument } from '../../../support/trading-builders.ts';

const cents = (price: number): number => Math.round(price * 100) / 100;

/** What both ways of playing one market have to agree on. */
const ofOne = (result: BacktestResult) => ({
  fills: fillLines(result),
  finalCash: result.finalCash,
  finalEquity: result.finalEquity,
  openPosition: result.openPosition,
  costs: result.costs,
  turnover: result.turnover,
  equity: Array.from(result.equity.equity),
  times: Array.from(result.equity.openTime),
  trades: result.trades.count,
  pnl: Array.from(result.trades.pnl),
  exposure: result.exposure,
});
const ofMany = (result: ReturnType<typeof playedTogether>) => {
  const market = onlyMarket(result);
  return {
    fills: marketFills(market),
    finalCash: result.finalCash,
    finalEquity: result.finalEquity,
    openPosition: market.openPosition,
    costs: result.costs,
    turnover: result.turnover,
    equity: Array.from(result.equity.equity),
    times: Array.from(result.equity.openTime),
    trades: market.trades.count,
    pnl: Array.from(market.trades.pnl),
    exposure: market.exposure,
  };
};
/** Floats of a curve are added up in another order; the exact texts are compared as they are. */
const expectSame = (many: ReturnType<typeof ofMany>, one: ReturnType<typeof ofOne>): void => {
  const { equity, pnl, ...rest } = many;
  expect(rest).toEqual({ ...one, equity: undefined, pnl: undefined });
  expect(equity.length).toBe(one.equity.length);
  for (const [i, value] of equity.entries()) expect(value).toBeCloseTo(one.equity[i] as number, 6);
  for (const [i, value] of pnl.entries()) expect(value).toBeCloseTo(one.pnl[i] as number, 6);
};

const tape = fc
  .array(
    fc.tuple(
      fc.integer({ min: 9000, max: 11_000 }),
      fc.integer({ min: 9000, max: 11_000 }),
      fc.nat(300),
      fc.nat(300),
      fc.nat(3000),
    ),
    {
      minLength: 20,
      maxLength: 60,
      size: 'max',
    },
  )
  .map((rows) =>
    rows.map(
      ([open, close, up, down, volume]): CandleRow => [
        open / 100,
        (Math.max(open, close) + up) / 100,
        (Math.min(open, close) - down) / 100,
        close / 100,
        volume,
      ],
    ),
  );

describe('one market on a venue in decimals', () => {
  it('gives what the whole numbers give for sma-cross, to the last digit', () => {
    let trades = 0;
    fc.assert(
      fc.property(
        tape,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(2500),
        (rows, fast, more, fee) => {
          const columns = columnsOfRows(rows);
          const options = { params: { fast, slow: fast + more }, feeBps: String(fee / 100) };
          const one = played(optionsFor(columns, options));
          const many = playedTogether({ markets: [marketOf(columns)], ...options });
          expectSame(ofMany(many), ofOne(one));
          trades += one.trades.count;
        },
      ),
      { numRuns: 150 },
    );
    expect(trades).toBeGreaterThan(300);
  });

  const order = fc.record({
    at: fc.nat(50),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom('market' as const, 'limit' as const, 'stop' as const, 'take_profit' as const),
    lots: fc.integer({ min: 100, max: 9000 }),
    price: fc.integer({ min: 9000, max: 11_000 }),
  });

  it('gives what the whole numbers give for any orders of a family of columns', () => {
    let fills = 0;
    fc.assert(
      fc.property(tape, fc.array(order, { minLength: 5, maxLength: 40, size: 'max' }), (rows, orders) => {
        const columns = columnsOfRows(rows);
        const script: Record<number, (market: ColumnMarket) => void> = {};
        for (const at of new Set(orders.map((one) => one.at))) {
          const list = orders.filter((one) => one.at === at);
          script[at] = ({ desk }) => {
            desk.cancelAll();
            for (const { side, type, lots, price } of list) {
              // Sales of less than the venue takes are let through by the one and refused by the other: they are not asked for.
              const size = side === 'sell' ? Math.min(lots, desk.held()) : lots;
              if (size < 100) continue;
              const prices = type === 'market' ? {} : type === 'stop' ? { trigger: price } : { limit: price };
              desk.submit({ side, type, lots: size, ...prices } satisfies ColumnOrder);
            }
          };
        }
        const options = {
          strategy: 'scripted',
          cash: '100000',
          // Without a least notional: of an order that fills in parts the columns judge each part, and a venue the order as it was sent.
          instrument: { ...instrument, minNotional: parseDecimal('0') },
          profiles: { limits: 'default', costs: 'default' } as const,
        };
        const families = () => scripted(script);
        const volumes = rows.some(([, , , , volume = 0]) => volume > 0);
        if (!volumes) return;
        const one = played(optionsFor(columns, options), { families });
        const { instrument: rules, ...shared } = options;
        const many = playedTogether({ markets: [marketOf(columns, { instrument: rules })], ...shared }, { families });
        expectSame(ofMany(many), ofOne(one));
        fills += one.fills.count;
      }),
      { numRuns: 300 },
    );
    expect(fills).toBeGreaterThan(500);
  });

  const weather = [
    ...trendCloses(300, 0.001, 20_000),
    ...rangeCloses(300, 30, 0.02, 27_000),
    ...trendCloses(200, 0.002, 27_000),
  ];
  const columns = columnsOfCandles(
    tapeOf(weather.map(cents), '1h', 0.004).candles.map((candle) => ({
      ...candle,
      high: cents(candle.high + 0.01),
      low: cents(candle.low - 0.01),
    })),
    '1h',
  );

  it.each(FAMILIES)('gives what a single run gives for agents of the family %s', (strategy) => {
    const rules = simulatedInstrument('BTC/USDT');
    const common = { strategy, cash: '10000', seed: 3, params: onHourly(strategy) };
    const given = strategy === 'trend-following' || strategy === 'mean-reversion' ? columns : changingMarket(900);
    const one = played(optionsFor(given, { ...common, instrument: rules }), { news: newsOfRun });
    const many = playedTogether({ ...common, markets: [marketOf(given, { instrument: rules })] }, { news: newsOfRun });
    expectSame(ofMany(many), ofOne(one));
    expect(Array.from(onlyMarket(many).trades.risk)).toEqual(
      Array.from(one.trades.risk, (risk) => expect.closeTo(risk, 6)),
    );
    expect(one.trades.count).toBeGreaterThan(2);
  });

  it('fails as a single run fails: with its cause and without a partial result', () => {
    const families = () =>
      scripted({
        3: () => {
          throw new Error('no idea');
        },
      });
    const outcome = runPortfolio(
      {
        strategy: 'scripted',
        feeBps: '10',
        cash: '1000',
        markets: [
          marketOf(
            columnsOfRows([
              [1, 1, 1, 1],
              [1, 1, 1, 1],
              [1, 1, 1, 1],
              [1, 1, 1, 1],
            ]),
          ),
        ],
      },
      { digest: ports.digest, byteDigest: ports.byteDigest, families },
    );
    expect(outcome).toMatchObject({ status: 'failed', cause: { code: 'strategy', message: 'no idea' } });
  });
});
