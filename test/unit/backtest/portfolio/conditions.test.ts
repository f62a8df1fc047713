import { describe, expect, it } from 'vitest';
import type { ColumnMarket, ColumnOrder } from '#core/agent/column-family.ts';
import type { PortfolioMarket } from '#core/backtest/portfolio/types.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { asset, price } from '#core/domain/money.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { type CandleRow, columnsOfRows, scripted } from '../../../support/backtest-builders.ts';
import { BASE_TIME } from '../../../support/candle-builders.ts';
import { rangeCloses, tapeOf, trendCloses } from '../../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../../support/instruments.ts';
import { marketFills, marketOf, onlyMarket, playedTogether } from '../../../support/portfolio-builders.ts';
import { instrument } from '../../../support/trading-builders.ts';

const HOUR = INTERVAL_MS['1h'];
const dec = parseDecimal;
const at = (value: number, volume = 100_000): CandleRow => [value, value, value, value, volume];
const send =
  (...orders: readonly ColumnOrder[]) =>
  ({ desk }: ColumnMarket): void => {
    for (const order of orders) desk.submit(order);
  };
const market = (side: 'buy' | 'sell', lots: number): ColumnOrder => ({ side, type: 'market', lots });

/** One market under the rules of the instrument and the fee alone, unless the conditions say more. */
const play = (
  rows: readonly CandleRow[] | CandleColumns,
  script: Parameters<typeof scripted>[0],
  venue: PortfolioMarket['venue'],
  more: Partial<PortfolioMarket> = {},
) =>
  playedTogether(
    {
      strategy: 'scripted',
      cash: '10000',
      feeBps: '0',
      seed: 5,
      profiles: { limits: 'default', costs: 'fee-only' },
      markets: [
        marketOf('openTime' in rows ? rows : columnsOfRows(rows), {
          instrument,
          ...(venue === undefined ? {} : { venue }),
          ...more,
        }),
      ],
    },
    { families: () => scripted(script) },
  );

describe('the fees of a venue', () => {
  const rows = [at(100), at(100), at(100), at(100)];
  const trip = { 0: send(market('buy', 500)), 1: send(market('sell', 500)) };

  it('differ for makers and takers and for the two sides', () => {
    const fees = {
      makerBps: dec('1'),
      takerBps: dec('5'),
      sides: { sell: { makerBps: dec('2'), takerBps: dec('20') } },
      paidIn: 'quote',
    } as const;
    const taken = play(rows, trip, { fees });
    expect(marketFills(onlyMarket(taken))).toEqual([
      '1 buy 500 at 10000 fee 0.025 taker',
      '2 sell 500 at 10000 fee 0.1 taker',
    ]);
    const limit: ColumnOrder = { side: 'buy', type: 'limit', lots: 500, limit: 9900 };
    const made = play([at(100), [100, 100, 98, 100], at(100)], { 0: send(limit) }, { fees });
    expect(marketFills(onlyMarket(made))).toEqual(['1 buy 500 at 9900 fee 0.00495 maker']);
  });

  it('in base make the holding smaller, and dust stays booked', () => {
    const fees = { makerBps: dec('10'), takerBps: dec('10'), paidIn: 'received' } as const;
    const result = play(rows, { ...trip, 1: ({ desk }) => void desk.submit(market('sell', desk.held())) }, { fees });
    const one = onlyMarket(result);
    // 0.5 less 0.0005 is 499 whole lots; the sale pays 0.0499 in quote. The dust is half a lot.
    expect(marketFills(one)).toEqual(['1 buy 500 at 10000 fee 0.05 taker', '2 sell 499 at 10000 fee 0.0499 taker']);
    expect([one.openPosition, one.openValue, one.trades.count]).toEqual(['0.0005', '0.05', 1]);
    // 10000 - 50 + 49.9 - 0.0499
    expect([result.finalCash, result.finalEquity]).toEqual(['9999.8501', '9999.9001']);
  });

  it('in base leave dust that adds up to more than a lot, and every round trip still ends', () => {
    const fees = { makerBps: dec('10'), takerBps: dec('10'), paidIn: 'received' } as const;
    const many = Array.from({ length: 60 }, () => at(100));
    const script = Object.fromEntries(
      many.map((_, i) => [i, i % 2 === 0 ? send(market('buy', 500)) : send(market('sell', 499))]),
    );
    const one = onlyMarket(play(many, script, { fees }));
    // 29 trips of 0.4995 bought and 0.499 sold, and the last purchase is not left any more
    expect([one.trades.count, one.openPosition]).toEqual([29, '0.514']);
    expect(Array.from(one.trades.quantity)).toEqual(Array.from({ length: 29 }, () => 0.499));
    // What dust is sold later for belongs to the account and to no round trip.
    const script60 = { ...script, 59: send(market('sell', 499)), 60: send(market('sell', 15)) };
    const rules = { instrument: { ...instrument, minNotional: dec('1') } };
    const cleared = onlyMarket(play([...many, at(100), at(100)], script60, { fees }, rules));
    expect([cleared.trades.count, cleared.openPosition]).toEqual([30, '0']);
  });

  it('fall with the turnover of thirty days where there are tiers', () => {
    const tier = (fromTurnover: string, bps: string) => ({
      fromTurnover: dec(fromTurnover),
      makerBps: dec(bps),
      takerBps: dec(bps),
    });
    const fees = {
      makerBps: dec('50'),
      takerBps: dec('50'),
      tiers: [tier('0', '20'), tier('100', '10')],
      paidIn: 'quote',
    } as const;
    const days = columnsOfRows(
      Array.from({ length: 40 }, () => at(100)),
      '1d',
    );
    const script = {
      0: send(market('buy', 500)),
      1: send(market('sell', 500)),
      2: send(market('buy', 500)),
      35: send(market('sell', 500)),
    };
    const lines = marketFills(onlyMarket(play(days, script, { fees }))).map((line) => line.split(' fee ')[1]);
    // 50 and 50 make a hundred; five weeks later none of it counts any more.
    expect(lines).toEqual(['0.1 taker', '0.1 taker', '0.05 taker', '0.1 taker']);
    expect(() => play(days, script, { fees: { ...fees, tiers: fees.tiers.toReversed() } })).toThrow(
      'not in the order of their turnover',
    );
  });

  it('in a coin of the venue cost what the coin costs, and the coin is never held for nothing', () => {
    const paidIn = { asset: asset('BNB'), price: price('500') };
    const result = play(rows, trip, { fees: { makerBps: dec('7.5'), takerBps: dec('7.5'), paidIn } });
    // 50 x 0.00075 / 500 = 0.000075 BNB each way, 0.0375 in quote
    expect(result.costs.fees).toBe('0.075');
    expect(result.finalCash).toBe('9999.925');
  });
});

describe('limits by date', () => {
  const limits = (validFrom: number, lot: string, least: string) => ({
    validFrom: unixMs(BASE_TIME + validFrom * HOUR),
    tickSize: dec('0.01'),
    lotSize: dec(lot),
    minQuantity: dec(lot),
    minNotional: dec(least),
  });
  const limitsHistory = [limits(0, '0.1', '50'), limits(3, '0.001', '5')];
  const rows = Array.from({ length: 6 }, () => at(100));

  it('hold at their own time: what is too small at first is taken later, and quantities keep to the lot of the moment', () => {
    const small = send(market('buy', 250));
    const result = play(rows, { 0: small, 3: small, 4: send(market('buy', 777)) }, { limitsHistory });
    const one = onlyMarket(result);
    // 0.25 is 0.2 in tenths, worth 20 and refused for less than 50; from the fourth candle on 0.25 and 0.777 are fine.
    expect([one.refused, marketFills(one).map((line) => line.split(' at ')[0])]).toEqual([
      1,
      ['4 buy 250', '5 buy 777'],
    ]);
    const large = play(rows, { 0: send(market('buy', 777)) }, { limitsHistory });
    expect(marketFills(onlyMarket(large)).map((line) => line.split(' at ')[0])).toEqual(['1 buy 700']);
  });

  it('mean nothing without an instrument or without limits, and say so', () => {
    const columns = columnsOfRows(rows);
    expect(() => playedTogether({ markets: [marketOf(columns, { venue: { limitsHistory } })] })).toThrow(
      'mean nothing without an instrument',
    );
    expect(() => playedTogether({ markets: [marketOf(columns, { instrument, venue: { limitsHistory } })] })).toThrow(
      'mean nothing under limits "none"',
    );
  });
});

describe('recorded books', () => {
  it('are walked at the open they were recorded at, and the candle decides elsewhere', () => {
    const level = (value: string, size: string) => [dec(value), dec(size)] as const;
    const book = { bids: [level('99.9', '5')], asks: [level('100.1', '0.2'), level('100.5', '5')] };
    const result = play(
      [at(100), at(100), at(100), at(100)],
      { 0: send(market('buy', 500)), 1: send(market('buy', 500)) },
      { books: [{ at: unixMs(BASE_TIME + HOUR), book }] },
    );
    expect(marketFills(onlyMarket(result)).map((line) => line.split(' fee ')[0])).toEqual([
      '1 buy 200 at 10010',
      '1 buy 300 at 10050',
      '2 buy 500 at 10000',
    ]);
  });

  it('out of order are refused', () => {
    const book = { bids: [[dec('99'), dec('1')] as const], asks: [[dec('101'), dec('1')] as const] };
    const books = [2, 1].map((hour) => ({ at: unixMs(BASE_TIME + hour * HOUR), book }));
    expect(() => play([at(100), at(100)], {}, { books })).toThrow('not in the order of their moments');
    const crossed = { bids: book.asks, asks: book.bids };
    expect(() => play([at(100), at(100)], {}, { books: [{ at: unixMs(0), book: crossed }] })).toThrow('is crossed');
  });
});

describe('faults', () => {
  const rows = Array.from({ length: 200 }, (_, i) => at(100 + (i % 2)));
  const always = Object.fromEntries(rows.map((_, i) => [i, send(market(i % 2 === 0 ? 'buy' : 'sell', 500))]));

  it('refuse, come late and strike again the same with one seed, and otherwise with another', () => {
    const faulty = { faults: { rejects: 0.3 } };
    const result = play(rows, always, faulty);
    const one = onlyMarket(result);
    expect(one.refused).toBeGreaterThan(20);
    expect(one.fills.count).toBeGreaterThan(50);
    expect(play(rows, always, faulty)).toEqual(result);
    expect(onlyMarket(play(rows, always, undefined)).refused).toBeLessThan(one.refused);
  });

  it('that delay an order make it miss the open', () => {
    const late = play(
      [at(100), at(101), at(102), at(103)],
      { 0: send(market('buy', 500)) },
      { faults: { latencyMs: [1000, 2000] } },
    );
    expect(marketFills(onlyMarket(late)).map((line) => line.split(' fee ')[0])).toEqual(['2 buy 500 at 10200']);
  });

  it('keep a venue down for a while', () => {
    const down = play(rows, always, { faults: { outages: { everyMs: 20 * HOUR, lastsMs: [5 * HOUR, 10 * HOUR] } } });
    expect(onlyMarket(down).refused).toBeGreaterThan(10);
    expect(onlyMarket(down).fills.count).toBeGreaterThan(10);
  });
});

describe('spread, share and impact of a venue', () => {
  it('replace those of the profiles', () => {
    const rows = [at(100, 10), at(100, 10), at(100, 10)];
    const result = play(
      rows,
      { 0: send(market('buy', 5000)) },
      { participation: 0.2, impact: 0.1, halfSpreadBps: dec('10') },
    );
    // A fifth of 10 is 2: 100 x (1 + 0.001 + 0.1 x 0.2^2) = 100.5; then the rest of the 5
    expect(marketFills(onlyMarket(result)).map((line) => line.split(' fee ')[0])).toEqual([
      '1 buy 2000 at 10050',
      '2 buy 2000 at 10050',
    ]);
    expect(result.costs).toMatchObject({ spread: '0.4', impact: '1.6' });
  });
});

describe('finer candles', () => {
  const coarse: readonly CandleRow[] = [at(100), at(100), [100, 112, 94, 105, 1000]];
  const legs = ({ desk }: ColumnMarket): void => {
    if (desk.held() === 0) return;
    desk.submit({ side: 'sell', type: 'stop', lots: 500, trigger: 9500, group: 1 });
    desk.submit({ side: 'sell', type: 'take_profit', lots: 500, limit: 11_000, group: 1 });
  };
  const script = { 0: send(market('buy', 500)), 1: legs };

  it('decide what a coarse candle leaves open', () => {
    const up = columnsOfRows(
      [at(100), at(100), at(100), at(100), [100, 112, 100, 111, 500], [111, 111, 94, 105, 500]],
      '30m',
    );
    const sold = (detail?: CandleColumns) =>
      marketFills(onlyMarket(play(coarse, script, undefined, detail === undefined ? {} : { detail })))[1];
    expect(sold()).toContain('sell 500 at 9500');
    expect(sold(up)).toContain('sell 500 at 11000');
    // With a hole in them the coarse candle decides, adverse first.
    const holed = columnsOfRows([at(100), at(100), at(100), at(100), [100, 112, 100, 111, 500]], '30m');
    expect(sold(holed)).toContain('sell 500 at 9500');
  });
});

describe('agents on a venue with conditions', () => {
  const cents = (value: number): number => Math.round(value * 100) / 100;
  const rules: Instrument = simulatedInstrument('BTC/USDT');
  const candles = tapeOf(
    [...trendCloses(300, 0.001, 20_000), ...rangeCloses(200, 30, 0.02, 27_000), ...trendCloses(200, 0.002, 27_000)].map(
      cents,
    ),
    '1h',
    0.004,
  ).candles.map((candle) => ({
    ...candle,
    high: cents(candle.high + 0.01),
    low: cents(candle.low - 0.01),
    open: cents(candle.open),
  }));
  const columns = columnsOfCandles(candles, '1h');
  const run = (venue: PortfolioMarket['venue'], more: Partial<PortfolioMarket> = {}) =>
    playedTogether({
      strategy: 'trend-following',
      cash: '10000',
      seed: 3,
      markets: [marketOf(columns, { instrument: rules, ...(venue === undefined ? {} : { venue }), ...more })],
    });
  const plain = run(undefined);

  it('pay fees in base out of what they bought, sell whole lots, and live on with the dust', () => {
    const result = run({ fees: { makerBps: dec('10'), takerBps: dec('10'), paidIn: 'received' } });
    const one = onlyMarket(result);
    expect(one.trades.count).toBeGreaterThan(1);
    expect(Number(one.openPosition)).toBeGreaterThan(0);
    const sum = Number(result.finalCash) + Number(one.openValue);
    expect(Number(result.finalEquity)).toBeCloseTo(sum, 8);
  });

  it('pay a coin of the venue at its price: less fee, more equity, and both books agree', () => {
    const coin = { asset: asset('BNB'), price: price('500') };
    const cheap = run({ fees: { makerBps: dec('2.5'), takerBps: dec('2.5'), paidIn: coin } });
    expect(Number(cheap.costs.fees)).toBeLessThan(Number(plain.costs.fees));
    expect(Number(cheap.finalEquity)).toBeGreaterThan(Number(plain.finalEquity));
    const pnl = cheap.markets.reduce((sum, { netPnl }) => sum + Number(netPnl), 10_000);
    expect(pnl).toBeCloseTo(Number(cheap.finalEquity), 8);
  });

  it('trade by the lots and minimums of their time', () => {
    const limitsHistory = [
      {
        validFrom: unixMs(0),
        tickSize: rules.tickSize,
        lotSize: dec('0.01'),
        minQuantity: dec('0.01'),
        minNotional: dec('10'),
      },
    ];
    const one = onlyMarket(run({ limitsHistory }));
    expect(one.fills.count).toBeGreaterThan(3);
    const lot = Number(one.lotSize);
    for (const lots of one.fills.lots) expect(Math.round(lots * lot * 1e8) % 1_000_000).toBe(0);
  });

  it('survive a venue that refuses, comes late and is down, with every position protected or closed', () => {
    const faults = {
      rejects: 0.2,
      lateCancels: 0.5,
      repeats: 0.5,
      latencyMs: [0, 1_800_000],
      outages: { everyMs: 50 * HOUR, lastsMs: [HOUR, 4 * HOUR] },
    } as const;
    const result = run({ faults });
    const one = onlyMarket(result);
    expect(one.refused).toBeGreaterThan(onlyMarket(plain).refused);
    expect(one.trades.count).toBeGreaterThan(0);
    expect(run({ faults })).toEqual(result);
  });

  it('see finer candles decide their stops and targets', () => {
    // Every hour as two halves that go the way the hour went, with the high first.
    const halves = columnsOfCandles(
      candles.flatMap((candle) => {
        const middle = unixMs(candle.openTime + HOUR / 2);
        const turn = candle.high;
        return [
          {
            ...candle,
            closeTime: middle,
            high: candle.high,
            low: Math.min(candle.open, turn),
            close: turn,
            volume: candle.volume / 2,
          },
          { ...candle, openTime: middle, open: turn, high: turn, low: candle.low, volume: candle.volume / 2 },
        ];
      }) as typeof candles,
      '30m',
    );
    const result = run(undefined, { detail: halves });
    expect(onlyMarket(result).trades.count).toBeGreaterThan(1);
    expect(result.runHash).not.toBe(plain.runHash);
    expect(formatDecimal(dec(result.finalEquity))).not.toBe(formatDecimal(dec(plain.finalEquity)));
  });
});
