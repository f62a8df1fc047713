import { describe, expect, it } from 'vitest';
import type { ColumnMarket } from '#core/agent/column-family.ts';
import { playInOrder } from '#core/backtest/portfolio/event-order.ts';
import { add, formatDecimal, parseDecimal, subtract, sum, ZERO } from '#core/domain/decimal.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import { type CandleRow, columnsOfRows, optionsFor, played, scripted } from '../../../support/backtest-builders.ts';
import { BASE_TIME } from '../../../support/candle-builders.ts';
import { rangeCloses, tapeOf, trendCloses } from '../../../support/candle-tapes.ts';
import { simulatedInstrument } from '../../../support/instruments.ts';
import { marketFills, marketOf, OTHER, playedTogether } from '../../../support/portfolio-builders.ts';
import { BTCUSDT, instrument } from '../../../support/trading-builders.ts';

const HOUR = INTERVAL_MS['1h'];
const at = (price: number, volume = 100_000): CandleRow => [price, price, price, price, volume];
const ETHER: Instrument = { ...instrument, id: OTHER, symbol: 'ETH/USDT' };
const wave = (phase: number): readonly CandleRow[] =>
  Array.from({ length: 120 }, (_, i) => {
    const [open, close] = [i - 1, i].map((t) => Math.round((100 + 10 * Math.sin((t + phase) / 4)) * 100) / 100) as [
      number,
      number,
    ];
    return [open, Math.max(open, close), Math.min(open, close), close];
  });

describe('several markets on one account', () => {
  it('that do not get into each other’s way add up to what each makes alone, to the last digit', () => {
    const [a, b] = [columnsOfRows(wave(0)), columnsOfRows(wave(5))];
    const options = { params: { fast: 2, slow: 5 } };
    const alone = [a, b].map((columns) => played(optionsFor(columns, options)));
    const both = playedTogether({
      markets: [marketOf(a), marketOf(b, { instrumentId: OTHER })],
      ...options,
    });
    const [first, second] = alone.map(({ finalEquity }) =>
      subtract(parseDecimal(finalEquity), parseDecimal('1000000')),
    );
    const gains = sum([first ?? ZERO, second ?? ZERO]);
    expect(both.finalEquity).toBe(formatDecimal(add(parseDecimal('1000000'), gains)));
    expect(both.markets.map(({ netPnl }) => netPnl)).toEqual([first, second].map((one) => formatDecimal(one ?? ZERO)));
    expect(both.markets.map(({ trades }) => trades.count)).toEqual(alone.map(({ trades }) => trades.count));
    expect(both.markets[0]?.trades.count).toBeGreaterThan(3);
  });

  /** Both markets ask at the same close for 60 units at 100 each, of 10,000 in cash. */
  const greedy = (size: number, profiles: { limits: 'default' | 'none'; costs: 'fee-only' }) =>
    playedTogether(
      {
        strategy: 'scripted',
        cash: '10000',
        feeBps: '0',
        profiles,
        markets: [
          marketOf(columnsOfRows([at(100), at(100), at(100)]), { instrument }),
          marketOf(columnsOfRows([at(100), at(100), at(100)]), { instrumentId: OTHER, instrument: ETHER }),
        ],
      },
      {
        families: () =>
          scripted({
            0: ({ desk }: ColumnMarket) => void desk.submit({ side: 'buy', type: 'market', lots: size * desk.unit }),
          }),
      },
    );

  it('cannot spend the same money twice: judging and reserving are one step, and the order of the list decides', () => {
    const result = greedy(60, { limits: 'default', costs: 'fee-only' });
    expect(result.markets.map(({ openPosition, refused }) => [openPosition, refused])).toEqual([
      ['60', 0],
      ['0', 1],
    ]);
    expect(result.finalCash).toBe('4000');
  });

  it('both get what they ask for when it fits together', () => {
    const result = greedy(50, { limits: 'default', costs: 'fee-only' });
    expect(result.markets.map(({ openPosition }) => openPosition)).toEqual(['50', '50']);
    expect(result.finalCash).toBe('0');
  });

  it('are refused at the fill when the open has jumped away from what was reserved', () => {
    const result = playedTogether(
      {
        strategy: 'scripted',
        cash: '10000',
        feeBps: '0',
        profiles: { limits: 'default', costs: 'fee-only' },
        markets: [
          marketOf(columnsOfRows([at(100), at(110), at(110)]), { instrument }),
          marketOf(columnsOfRows([at(100), at(100), at(100)]), { instrumentId: OTHER, instrument: ETHER }),
        ],
      },
      {
        families: () =>
          scripted({
            0: ({ desk }: ColumnMarket) => void desk.submit({ side: 'buy', type: 'market', lots: 50 * desk.unit }),
          }),
      },
    );
    // 10000 - 50 x 110 leaves 4500, which does not pay for 5000
    expect(result.markets.map(({ openPosition }) => openPosition)).toEqual(['50', '0']);
    expect(result.finalCash).toBe('4500');
  });

  it('is checked by nobody under limits "none"', () => {
    expect(greedy(60, { limits: 'none', costs: 'fee-only' }).finalCash).toBe('-2000');
  });

  it('refuses what makes no account: no market, one twice, two quote assets, margin beside others', () => {
    const columns = columnsOfRows([at(100), at(100)]);
    const play =
      (...markets: Parameters<typeof playedTogether>[0]['markets']) =>
      () =>
        playedTogether({ markets });
    expect(play()).toThrow('no market to play');
    expect(play(marketOf(columns), marketOf(columns))).toThrow('is given twice');
    expect(play(marketOf(columns), marketOf(columns, { instrumentId: 'BTC/EUR.SIM' as InstrumentId }))).toThrow(
      'trade against USDT and EUR',
    );
    const terms = {
      initial: parseDecimal('0.5'),
      maintenance: parseDecimal('0.25'),
      annualInterest: parseDecimal('0'),
    };
    const lent = { ...instrument, margin: terms };
    const other = marketOf(columns, { instrumentId: OTHER, instrument: ETHER });
    expect(() =>
      playedTogether({ profiles: { limits: 'default' }, markets: [marketOf(columns, { instrument: lent }), other] }),
    ).toThrow('margin terms on an account that trades several markets');
  });
});

describe('the order of time', () => {
  it('is that of what ends, what is worth something else, what is decided and what begins, market after market', () => {
    const lines: string[] = [];
    const name = ['A', 'B'];
    const log = (what: string) => (market: number, candle: { openTime: number; closeTime: number }) =>
      lines.push(
        `${((what === 'open' ? candle.openTime : candle.closeTime) - BASE_TIME) / HOUR}h ${what} ${name[market]}`,
      );
    playInOrder(
      [
        { columns: columnsOfRows([at(1), at(1)], '1h'), detail: undefined },
        { columns: columnsOfRows([at(1), at(1), at(1), at(1)], '30m'), detail: undefined },
      ],
      {
        open: log('open'),
        close: log('close'),
        mark: log('mark'),
        marked: (moment) => lines.push(`${(moment - BASE_TIME) / HOUR}h marked`),
        decide: log('decide'),
        end: (market) => lines.push(`end ${name[market]}`),
      },
    );
    expect(lines).toEqual([
      '0h open A',
      '0h open B',
      '0.5h close B',
      '0.5h mark B',
      '0.5h marked',
      '0.5h decide B',
      '0.5h open B',
      '1h close A',
      '1h close B',
      '1h mark A',
      '1h mark B',
      '1h marked',
      '1h decide A',
      '1h decide B',
      '1h open A',
      '1h open B',
      '1.5h close B',
      '1.5h mark B',
      '1.5h marked',
      '1.5h decide B',
      '1.5h open B',
      '2h close A',
      '2h close B',
      '2h mark A',
      '2h mark B',
      '2h marked',
      '2h decide A',
      'end A',
      '2h decide B',
      'end B',
    ]);
  });

  it('lets a fill at the open of a long candle come before what a short one does while it lasts', () => {
    // B buys at the open of its day with all the cash; A wants the rest in the second hour and finds nothing left.
    const hours = columnsOfRows(Array.from({ length: 48 }, () => at(100)));
    const days = columnsOfRows([at(100), at(100)], '1d');
    const script = ({ series: [own], desk }: ColumnMarket): void => {
      const isDay = own.interval === '1d';
      if (isDay && own.count() === 1) desk.submit({ side: 'buy', type: 'market', lots: 95 * desk.unit });
      if (!isDay && own.count() === 25) desk.submit({ side: 'buy', type: 'market', lots: 50 * desk.unit });
    };
    const result = playedTogether(
      {
        strategy: 'scripted',
        cash: '10000',
        feeBps: '0',
        profiles: { limits: 'default', costs: 'fee-only' },
        markets: [marketOf(hours, { instrument }), marketOf(days, { instrumentId: OTHER, instrument: ETHER })],
      },
      { families: () => scripted({}, { create: () => script }) },
    );
    expect(result.markets.map(({ openPosition, refused }) => [openPosition, refused])).toEqual([
      ['0', 1],
      ['95', 0],
    ]);
    // One point for each moment at which a candle closes.
    expect(result.equity.equity).toHaveLength(48);
  });

  it('shows a candle of another market or interval after its close and not before', () => {
    const minutes = columnsOfRows(
      Array.from({ length: 48 }, (_, i) => at(100 + i)),
      '30m',
    );
    const hours = columnsOfRows(
      Array.from({ length: 24 }, (_, i) => at(500 + i)),
      '1h',
    );
    const days = columnsOfRows([at(900)], '1d');
    const seen: string[] = [];
    const look = ({ series: [own, ...others] }: ColumnMarket): void => {
      if (own.interval !== '30m') return;
      const now = own.closeTime(0);
      for (const other of others) {
        if (other.count() === 0) continue;
        expect(other.closeTime(0)).toBeLessThanOrEqual(now);
        // and the newest one that has closed is there
        expect(now - other.closeTime(0)).toBeLessThan(INTERVAL_MS[other.interval]);
        seen.push(other.interval);
      }
      expect(() => own.close(-1)).toThrow();
    };
    playedTogether(
      {
        strategy: 'scripted',
        profiles: { limits: 'none', costs: 'fee-only' },
        markets: [marketOf(minutes, { looked: [days] }), marketOf(hours, { instrumentId: OTHER })],
      },
      { families: () => scripted({}, { create: () => look }) },
    );
    // 47 half hours of the day have at least one closed hour before them, and only the last one has the day.
    expect(seen.filter((interval) => interval === '1h')).toHaveLength(47);
    expect(seen.filter((interval) => interval === '1d')).toHaveLength(1);
  });
});

describe('agents on several markets of one account', () => {
  const cents = (price: number): number => Math.round(price * 100) / 100;
  const weather = (from: number) =>
    columnsOfCandles(
      tapeOf(
        [
          ...trendCloses(300, 0.001, from),
          ...rangeCloses(200, 30, 0.02, from * 1.35),
          ...trendCloses(200, 0.002, from * 1.35),
        ].map(cents),
        '1h',
        0.004,
      ).candles.map((candle) => ({ ...candle, high: cents(candle.high + 0.01), low: cents(candle.low - 0.01) })),
      '1h',
    );
  const [bitcoin, ether] = [simulatedInstrument('BTC/USDT'), simulatedInstrument('ETH/USDT')];
  const markets = [
    { instrumentId: bitcoin.id, columns: weather(20_000), instrument: bitcoin },
    { instrumentId: ether.id, columns: weather(1_000), instrument: ether },
  ];
  const options = { strategy: 'trend-following', cash: '10000', seed: 3 };

  it('trade both, under one limit of size: what the first holds leaves less for the second', () => {
    const result = playedTogether({ ...options, markets });
    const alone = markets.map((market) => playedTogether({ ...options, markets: [market] }));
    const [first, second] = result.markets;
    expect(first?.trades.count).toBeGreaterThan(0);
    // The same weather in both: what the first holds counts against the second, which is denied more often than it would be alone.
    expect(second?.refused).toBeGreaterThan(alone[1]?.markets[0]?.refused ?? 0);
    const held = result.markets.map(({ trades }) =>
      Array.from(trades.entryTime, (entry, i) => ({
        entry,
        exit: trades.exitTime[i] ?? 0,
        notional: (trades.entryPrice[i] ?? 0) * (trades.quantity[i] ?? 0),
      })),
    );
    let together = 0;
    const highest = Math.max(...result.equity.equity);
    for (const one of held[0] ?? [])
      for (const other of held[1] ?? []) {
        if (one.entry >= other.exit || other.entry >= one.exit) continue;
        together += 1;
        // A quarter of the equity, and what a candle may move between the decision and the fill.
        expect(one.notional + other.notional).toBeLessThan(0.25 * highest * 1.02);
      }
    console.log(`two equal markets: ${together} trades overlap`);
    const pnl = result.markets.reduce((sum, { netPnl }) => sum + Number(netPnl), 0);
    expect(pnl).toBeCloseTo(Number(result.finalEquity) - 10_000, 6);
  });

  it('give the same result twice, and the same beginning when the future is cut off', () => {
    const result = playedTogether({ ...options, markets });
    expect(playedTogether({ ...options, markets })).toEqual(result);
    const until = unixMs(markets[0]?.columns.openTime[450] ?? 0);
    const short = playedTogether({ ...options, markets, to: until });
    expect(Array.from(short.equity.equity)).toEqual(
      Array.from(result.equity.equity.subarray(0, short.equity.equity.length)),
    );
    expect(short.equity.equity.length).toBe(450);
    for (const [i, market] of short.markets.entries()) {
      const whole = result.markets[i];
      if (whole === undefined) throw new Error('a market is missing');
      expect(marketFills(market)).toEqual(marketFills(whole).slice(0, market.fills.count));
    }
  });
});

describe('the run hash of several markets', () => {
  const base = () => ({
    params: { fast: 2, slow: 5 },
    markets: [
      marketOf(columnsOfRows(wave(0)), { instrument }),
      marketOf(columnsOfRows(wave(5)), { instrumentId: OTHER, instrument: ETHER }),
    ],
  });
  const hash = (change: (options: ReturnType<typeof base>) => object = () => ({})): string => {
    const options = base();
    return playedTogether({ ...options, ...change(options) }).runHash;
  };
  const second = (options: ReturnType<typeof base>, more: object) => ({
    markets: [options.markets[0], { ...options.markets[1], ...more }] as ReturnType<typeof base>['markets'],
  });

  it('is the same for the same run', () => {
    expect(hash()).toBe(hash());
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [
      'one close of the second market',
      (o: ReturnType<typeof base>) => second(o, { columns: columnsOfRows(wave(5.001)) }),
    ],
    ['a looked-at interval', (o: ReturnType<typeof base>) => second(o, { looked: [columnsOfRows([at(3)], '1d')] })],
    [
      'the finer candles',
      (o: ReturnType<typeof base>) => second(o, { detail: columnsOfRows([at(100), at(100)], '30m') }),
    ],
    [
      'the rules of the second market',
      (o: ReturnType<typeof base>) => second(o, { instrument: { ...ETHER, minNotional: parseDecimal('6') } }),
    ],
    ['the order of the markets', (o: ReturnType<typeof base>) => ({ markets: o.markets.toReversed() })],
    ['a participation', (o: ReturnType<typeof base>) => second(o, { venue: { participation: 0.2 } })],
    ['an impact', (o: ReturnType<typeof base>) => second(o, { venue: { impact: 0.2 } })],
    ['a spread', (o: ReturnType<typeof base>) => second(o, { venue: { halfSpreadBps: parseDecimal('3') } })],
    ['a fault', (o: ReturnType<typeof base>) => second(o, { venue: { faults: { rejects: 0.1 } } })],
    [
      'a fee',
      (o: ReturnType<typeof base>) =>
        second(o, { venue: { fees: { makerBps: parseDecimal('1'), takerBps: parseDecimal('2'), paidIn: 'quote' } } }),
    ],
    [
      'a recorded book',
      (o: ReturnType<typeof base>) =>
        second(o, {
          venue: {
            books: [
              {
                at: unixMs(BASE_TIME),
                book: {
                  bids: [[parseDecimal('99'), parseDecimal('1')]],
                  asks: [[parseDecimal('101'), parseDecimal('1')]],
                },
              },
            ],
          },
        }),
    ],
    ['the cash', () => ({ cash: '999999' })],
    ['the seed', () => ({ seed: 9 })],
    ['the fee of the run', () => ({ feeBps: '11' })],
    ['the parameters', () => ({ params: { fast: 2, slow: 6 } })],
  ])('changes with %s', (_, change) => {
    expect(hash(change)).not.toBe(hash());
  });
});

it('names the market whose id it was given', () => {
  const result = playedTogether({ params: { fast: 2, slow: 5 }, markets: [marketOf(columnsOfRows(wave(0)))] });
  expect(result.markets.map(({ instrumentId }) => instrumentId)).toEqual([BTCUSDT]);
});
