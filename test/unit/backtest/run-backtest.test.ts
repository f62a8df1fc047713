import { describe, expect, it } from 'vitest';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import type { BacktestOptions, BacktestOutcome } from '#core/backtest/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleColumns } from '#core/market/types.ts';
import {
  type CandleRow,
  columnsOfRows,
  fillLines,
  optionsFor,
  played,
  playScript,
  ports,
  scripted,
} from '../../support/backtest-builders.ts';
import { BASE_TIME } from '../../support/candle-builders.ts';
import { simulatedInstrument } from '../../support/instruments.ts';

const HOUR = 3_600_000;
const flat = (count: number, price = 100): readonly CandleRow[] =>
  Array.from({ length: count }, () => [price, price, price, price] as const);
/** A wave that crosses its averages again and again. */
const wave = (count: number): CandleColumns =>
  columnsOfRows(
    Array.from({ length: count }, (_, i) => {
      const at = (n: number): number => (10_000 + Math.round(1000 * Math.sin(n / 5))) / 100;
      const [open, close] = [at(i), at(i + 1)];
      return [open, Math.max(open, close), Math.min(open, close), close] as const;
    }),
  );
const changed = (
  columns: CandleColumns,
  field: 'open' | 'high' | 'low' | 'close' | 'volume' | 'openTime',
  at: number,
  value: number,
): CandleColumns => {
  const column = columns[field].slice();
  column[at] = value;
  return { ...columns, [field]: column };
};

describe('a back-test refuses', () => {
  const sound = columnsOfRows(flat(60));
  const cases: readonly (readonly [string, CandleColumns, Partial<BacktestOptions>, string, string])[] = [
    ['a price that is not a number', changed(sound, 'close', 7, Number.NaN), {}, 'bad_data', 'not a finite number'],
    ['an infinite price', changed(sound, 'high', 7, Number.POSITIVE_INFINITY), {}, 'bad_data', 'not a finite number'],
    ['a negative price', changed(sound, 'low', 7, -1), {}, 'bad_data', 'prices are above zero'],
    ['a price of zero', changed(sound, 'low', 7, 0), {}, 'bad_data', 'prices are above zero'],
    ['a high below the close', changed(sound, 'high', 7, 99), {}, 'bad_data', 'is impossible'],
    ['a negative volume', changed(sound, 'volume', 7, -1), {}, 'bad_data', 'negative volume'],
    ['a volume that is not a number', changed(sound, 'volume', 7, Number.NaN), {}, 'bad_data', 'not a finite number'],
    ['time going backwards', changed(sound, 'openTime', 7, BASE_TIME), {}, 'bad_data', 'time goes backwards'],
    ['a candle twice', changed(sound, 'openTime', 7, BASE_TIME + 6 * HOUR), {}, 'bad_data', 'time goes backwards'],
    [
      'times off the interval',
      changed(sound, 'openTime', 7, BASE_TIME + 7 * HOUR + 1),
      {},
      'bad_data',
      'not a whole 1h interval',
    ],
    [
      'columns of unequal length',
      { ...sound, volume: new Float64Array(3) },
      {},
      'bad_data',
      '3 values of volume for 60 candles',
    ],
    ['no candle', columnsOfRows([]), {}, 'bad_data', 'no candle'],
    ['prices that were computed', changed(sound, 'close', 7, 100 * (1 + 1e-16 + 2 ** -52)), {}, 'bad_data', ''],
    ['an unknown parameter', sound, { params: { speed: 3 } }, 'usage', 'speed'],
    ['a parameter out of bounds', sound, { params: { fast: 0 } }, 'usage', 'fast'],
    ['a parameter that is not whole', sound, { params: { fast: 2.5 } }, 'usage', 'fast'],
    ['a parameter that is not a number', sound, { params: { fast: Number.NaN } }, 'usage', 'fast'],
    ['a parameter of the wrong type', sound, { params: { fast: '7' as unknown as number } }, 'usage', 'fast'],
    ['a fast average as long as the slow one', sound, { params: { fast: 50 } }, 'usage', 'shorter than the slow one'],
    ['an unknown strategy', sound, { strategy: 'constructor' }, 'unsupported', 'no strategy "constructor"'],
    ['a negative fee', sound, { feeBps: '-1' }, 'usage', 'fee-bps -1 is negative'],
    ['a fee that is no number', sound, { feeBps: '1e3' }, 'usage', 'not a plain number'],
    ['cash that is no number', sound, { cash: 'NaN' }, 'usage', 'not a plain number'],
    ['a period without candles', sound, { from: unixMs(BASE_TIME + 1000 * HOUR) }, 'usage', 'no candle between'],
    [
      'no volume where volume counts',
      columnsOfRows(flat(60).map(([o, h, l, c]) => [o, h, l, c, 0])),
      { profiles: { limits: 'default' } },
      'bad_data',
      'volume of zero',
    ],
    [
      'the rules of another instrument',
      sound,
      { instrument: { ...simulatedInstrument('BTC/USDT'), id: 'X/Y.SIM' as never } },
      'usage',
      'do not fit',
    ],
    [
      'prices off the instrument',
      changed(sound, 'close', 7, 100.001),
      { instrument: simulatedInstrument('BTC/USDT'), profiles: { limits: 'default' } },
      'bad_data',
      '',
    ],
  ];
  it.each(cases)('%s', (_, columns, options, code, words) => {
    let thrown: unknown;
    try {
      runBacktest(optionsFor(changed(columns, 'high', 3, columns.high[3] ?? 0), options), ports);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Fault);
    expect((thrown as Fault).code).toBe(code);
    expect((thrown as Fault).message).toContain(words);
    expect((thrown as Fault).remedy).not.toBe('');
  });
});

describe('a strategy that fails', () => {
  const columns = columnsOfRows(flat(10));
  const outcome = (script: Parameters<typeof scripted>[0]): BacktestOutcome =>
    runBacktest(optionsFor(columns, { strategy: 'scripted' }), {
      ...ports,
      families: () => scripted(script),
      stepsPerDecision: 1000,
    });

  it.each([
    [
      'throws',
      {
        4: () => {
          throw new Error('no idea');
        },
      },
      'no idea',
    ],
    [
      'looks at the candle that is still open',
      { 4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) => market.series[0].close(-1) },
      'no closed candle -1 back',
    ],
    [
      'looks at half a candle',
      {
        4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) => market.series[0].close(0.5),
      },
      'no closed candle 0.5 back',
    ],
    [
      'looks behind the beginning',
      { 4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) => market.series[0].close(5) },
      '5 are known',
    ],
    [
      'sends half a lot',
      {
        4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) =>
          market.desk.submit({ side: 'buy', type: 'market', lots: 0.5 }),
      },
      'whole lots',
    ],
    [
      'sends a limit without a price',
      {
        4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) =>
          market.desk.submit({ side: 'buy', type: 'limit', lots: 1 }),
      },
      'limit undefined',
    ],
    [
      'never returns',
      {
        4: (market: Parameters<NonNullable<Parameters<typeof scripted>[0][number]>>[0]) => {
          for (;;) market.series[0].close(0);
        },
      },
      'more than 1000 values',
    ],
  ])('%s: the run is failed, says why and when, and has no result', (_, script, words) => {
    const failed = outcome(script);
    expect(failed.status).toBe('failed');
    if (failed.status !== 'failed') return;
    expect(failed.cause.message).toContain(words);
    expect(failed.at).toBe(BASE_TIME + 5 * HOUR);
    expect(Object.keys(failed).sort()).toEqual(['at', 'cause', 'params', 'profiles', 'runHash', 'status', 'strategy']);
  });
});

describe('a run', () => {
  it('has one hash for the same inputs and another for each that differs', () => {
    const columns = wave(200);
    const base = optionsFor(columns);
    const hash = (options: Partial<BacktestOptions>): string => played({ ...base, ...options }).runHash;
    const others = [
      hash({ params: { fast: 19 } }),
      hash({ feeBps: '11' }),
      hash({ cash: '1000001' }),
      hash({ seed: 1 }),
      hash({ profiles: { costs: 'default' } }),
      hash({ profiles: { limits: 'default' } }),
      hash({ series: [{ ...(base.series[0] as (typeof base.series)[0]), columns: changed(columns, 'volume', 3, 7) }] }),
      hash({
        series: [
          {
            ...(base.series[0] as (typeof base.series)[0]),
            columns: changed(columns, 'close', 3, columns.open[3] as number),
          },
        ],
      }),
      hash({ to: unixMs(BASE_TIME + 190 * HOUR) }),
    ];
    expect(hash({})).toBe(hash({ params: { fast: 20, slow: 50 } }));
    expect(new Set([hash({}), ...others]).size).toBe(others.length + 1);
  });

  it('gives the same result twice, as plain data that can be posted to another thread', () => {
    const options = optionsFor(wave(400), { params: { fast: 3, slow: 8 } });
    const first = played(options);
    expect(first.trades.count).toBeGreaterThan(5);
    expect(played(options)).toEqual(first);
    expect(structuredClone(first)).toEqual(first);
  });

  it('names its profiles, what it assumed, its warm-up and its holes', () => {
    const rows = flat(60);
    const gapped = columnsOfRows(rows);
    for (let i = 30; i < 60; i++) gapped.openTime[i] = (gapped.openTime[i] as number) + 4 * HOUR;
    const result = played(optionsFor(gapped));
    expect(result.profiles).toEqual({ limits: 'none', costs: 'fee-only' });
    expect(result.assumed).toEqual({ tickSize: '1', lotSize: '0.00000001' });
    expect(result.warmUp).toBe(50);
    expect(result.gaps).toEqual({ count: 1, missing: 4 });
    const ruled = played(
      optionsFor(columnsOfRows(rows), { instrument: simulatedInstrument('BTC/USDT'), profiles: { limits: 'default' } }),
    );
    expect([ruled.assumed, ruled.tickSize]).toEqual([undefined, '0.01']);
  });

  it('plays a period exactly as a file that was cut to it', () => {
    const whole = wave(300);
    const cut = columnsOfRows(
      Array.from(
        { length: 200 },
        (_, i) => [whole.open[i + 40], whole.high[i + 40], whole.low[i + 40], whole.close[i + 40]] as CandleRow,
      ),
      '1h',
      BASE_TIME + 40 * HOUR,
    );
    const params = { fast: 3, slow: 8 };
    const part = played(
      optionsFor(whole, { params, from: unixMs(BASE_TIME + 40 * HOUR), to: unixMs(BASE_TIME + 240 * HOUR) }),
    );
    const own = played(optionsFor(cut, { params }));
    expect(part.candles).toBe(200);
    expect([part.finalEquity, part.trades, part.fills]).toEqual([own.finalEquity, own.trades, own.fills]);
  });

  it('does not change what happened when the tape is cut anywhere', () => {
    const whole = wave(160);
    const params = { fast: 3, slow: 8 };
    const full = played(optionsFor(whole, { params }));
    for (let length = 10; length < 160; length += 7) {
      const short = played(optionsFor(whole, { params, to: unixMs(BASE_TIME + length * HOUR) }));
      expect([...short.equity.equity]).toEqual(Array.from(full.equity.equity.subarray(0, length)));
      expect(fillLines(short)).toEqual(fillLines(full).slice(0, short.fills.count));
    }
  });
});

describe('what a strategy sees', () => {
  it('is called from the candle that completes its warm-up on', () => {
    const seen: number[] = [];
    const family = scripted({}, { warmUp: () => 4, create: () => (market) => seen.push(market.series[0].count()) });
    played(optionsFor(columnsOfRows(flat(7)), { strategy: 'scripted' }), { families: () => family });
    expect(seen).toEqual([4, 5, 6, 7]);
  });

  it('sees a candle of a higher timeframe only after its close', () => {
    const hourly = columnsOfRows(
      Array.from({ length: 12 }, (_, i) => [100 + i, 101 + i, 99 + i, 100 + i] as const),
      '1h',
    );
    const fourHourly = columnsOfRows(
      [
        [100, 104, 99, 103],
        [104, 108, 103, 107],
        [108, 112, 107, 111],
      ],
      '4h',
    );
    const seen: string[] = [];
    const family = scripted(
      {},
      {
        create:
          () =>
          ({ series: [fine, coarse] }) => {
            if (coarse === undefined) throw new Error('no second series');
            const newest =
              coarse.count() === 0 ? 'none' : `${coarse.close(0)} of ${(coarse.closeTime(0) - BASE_TIME) / HOUR}h`;
            seen.push(`${(fine.closeTime(0) - BASE_TIME) / HOUR}h: ${newest}`);
          },
      },
    );
    const base = optionsFor(hourly, { strategy: 'scripted' });
    const [traded] = base.series;
    if (traded === undefined) throw new Error('no series');
    played({ ...base, series: [traded, { ...traded, columns: fourHourly }] }, { families: () => family });
    expect(seen).toEqual([
      '1h: none',
      '2h: none',
      '3h: none',
      '4h: 103 of 4h',
      '5h: 103 of 4h',
      '6h: 103 of 4h',
      '7h: 103 of 4h',
      '8h: 107 of 8h',
      '9h: 107 of 8h',
      '10h: 107 of 8h',
      '11h: 107 of 8h',
      '12h: 111 of 12h',
    ]);
  });

  it('sees another market that closes at other times only as far as it has closed', () => {
    const own = columnsOfRows(flat(4), '1h');
    const quarter = columnsOfRows(
      Array.from({ length: 16 }, (_, i) => [1 + i, 1 + i, 1 + i, 1 + i] as const),
      '15m',
      BASE_TIME + 900_000,
    );
    const seen: number[] = [];
    const family = scripted(
      {},
      {
        create:
          () =>
          ({ series }) =>
            seen.push(series[1]?.close(0) ?? 0),
      },
    );
    const base = optionsFor(own, { strategy: 'scripted' });
    const [traded] = base.series;
    if (traded === undefined) throw new Error('no series');
    played(
      { ...base, series: [traded, { instrumentId: 'ETH/USDT.SIM' as never, columns: quarter }] },
      { families: () => family },
    );
    // The quarter that opened at 0:15 is the first; by 1:00 three of them have closed.
    expect(seen).toEqual([3, 7, 11, 15]);
  });
});

describe('what a run counts', () => {
  // Prices in cents.
  const columns = columnsOfRows([
    [100, 101.5, 99, 101],
    [101, 103, 100.25, 102],
    [102, 104, 101, 103],
    [103, 104, 90, 95],
    [95, 96, 94, 95],
  ]);
  const ONE = 100_000_000;

  it('fills the decision of one close at the next open, and marks to market at every close', () => {
    const result = playScript(
      columns,
      {
        0: ({ desk }) => desk.submit({ side: 'buy', type: 'market', lots: ONE }),
        2: ({ desk }) => desk.submit({ side: 'sell', type: 'market', lots: ONE }),
      },
      { feeBps: '10', cash: '1000' },
    );
    expect(fillLines(result)).toEqual([
      '1 buy 100000000 at 10100 fee 0.101 taker',
      '3 sell 100000000 at 10300 fee 0.103 taker',
    ]);
    // 1000; - 101.101 + 102; + 103; then 1000 - 101.101 + 102.897
    expect([...result.equity.equity].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      1000, 1000.899, 1001.899, 1001.796, 1001.796,
    ]);
    expect(result.finalEquity).toBe('1001.796');
    expect(result.costs).toEqual({ fees: '0.204', spread: '0', impact: '0' });
    expect(result.turnover).toBe('204');
    expect(result.exposure).toBe(2 / 5);
    const { trades } = result;
    expect([
      trades.count,
      trades.entryCandle[0],
      trades.exitCandle[0],
      trades.entryPrice[0],
      trades.exitPrice[0],
      trades.quantity[0],
    ]).toEqual([1, 1, 3, 101, 103, 1]);
    expect(trades.pnl[0]).toBeCloseTo(1.796, 12);
    expect(trades.risk[0]).toBeNaN();
  });

  it('takes the stop before the target, closes the other of the pair, and tells the result in R', () => {
    const result = playScript(columns, {
      0: ({ desk }) => desk.submit({ side: 'buy', type: 'market', lots: ONE, riskTicks: 400 }),
      1: ({ desk }) => {
        desk.submit({ side: 'sell', type: 'stop', trigger: 9700, lots: ONE, group: 1 });
        desk.submit({ side: 'sell', type: 'take_profit', limit: 10_399, lots: ONE, group: 1 });
      },
    });
    // Candle 2 reaches 104: the target of 103.99 is traded through
    expect(fillLines(result)).toEqual([
      '1 buy 100000000 at 10100 fee 0 taker',
      '2 sell 100000000 at 10399 fee 0 maker',
    ]);
    expect(result.trades.risk[0]).toBe(4);
    expect(Array.from(result.journal.kind)).toEqual([0, 1, 0, 0, 1, 2]);
  });

  it('under the default profiles pays spread, impact and a rounded fee, and takes a tenth of the volume', () => {
    const thin = columnsOfRows([
      [100, 101, 99, 100, 50],
      [100, 101, 99, 100, 20],
      [101, 102, 100, 101, 90],
    ]);
    const result = playScript(
      thin,
      { 0: ({ desk }) => desk.submit({ side: 'buy', type: 'market', lots: 3 * ONE }) },
      {
        feeBps: '7.5',
        cash: '1000',
        profiles: { limits: 'default', costs: 'default' },
      },
    );
    // A tick is 1: half a spread of 0.02 and an impact of 0.1 (a tenth of 20, then the rest of 90) round up to one tick each.
    expect(fillLines(result)).toEqual([
      '1 buy 200000000 at 102 fee 0.153 taker',
      '2 buy 100000000 at 103 fee 0.07725 taker',
    ]);
    expect(result.costs).toEqual({ fees: '0.23025', spread: '3', impact: '3' });
    expect(result.finalCash).toBe('692.76975');
  });

  it('buys nothing on credit under the default limits, and anything without them', () => {
    const script = {
      0: ({ desk }: { desk: { submit: (order: { side: 'buy'; type: 'market'; lots: number }) => number } }) =>
        desk.submit({ side: 'buy', type: 'market', lots: ONE }),
    };
    const poor = { cash: '100' };
    expect(fillLines(playScript(columns, script, { ...poor, profiles: { limits: 'default' } }))).toEqual([]);
    expect(playScript(columns, script, poor).finalCash).toBe('-1');
  });

  it('sells what is held and no more', () => {
    const result = playScript(columns, {
      0: ({ desk }) => desk.submit({ side: 'buy', type: 'market', lots: ONE }),
      1: ({ desk }) => {
        desk.submit({ side: 'sell', type: 'market', lots: ONE });
        desk.submit({ side: 'sell', type: 'market', lots: ONE });
      },
      2: ({ desk }) => expect(desk.submit({ side: 'sell', type: 'market', lots: ONE })).toBe(0),
    });
    expect(fillLines(result)).toEqual([
      '1 buy 100000000 at 10100 fee 0 taker',
      '2 sell 100000000 at 10200 fee 0 taker',
    ]);
    expect(result.openPosition).toBe('0');
  });

  it('keeps the cash exact where floats would not: 0.1 + 0.2, and amounts beyond 2^53', () => {
    const tiny = columnsOfRows([
      [0.1, 0.3, 0.1, 0.3],
      [0.3, 0.3, 0.2, 0.2],
      [0.2, 0.2, 0.2, 0.2],
    ]);
    const result = playScript(
      tiny,
      { 0: ({ desk }) => desk.submit({ side: 'buy', type: 'market', lots: 1 }) },
      { cash: '123456789012345678.1' },
    );
    expect(result.finalEquity).toBe('123456789012345678.099999999');
  });

  it('lets finer candles decide what one candle leaves open, and the adverse rule where they have a hole', () => {
    const coarse = columnsOfRows([
      [100, 101, 99, 100],
      [100, 120, 90, 119],
      [119, 121, 90, 100],
    ]);
    const family = scripted(
      {},
      {
        create:
          () =>
          ({ series, desk }) => {
            const at = series[0].count() - 1;
            if (at === 0) desk.submit({ side: 'buy', type: 'market', lots: ONE });
            // Sent before anything is held it would be refused, so stop and target come with the close of the entry's candle.
            if (at === 1) {
              desk.submit({ side: 'sell', type: 'stop', trigger: 95, lots: ONE, group: 1 });
              desk.submit({ side: 'sell', type: 'take_profit', limit: 120, lots: ONE, group: 1 });
            }
          },
      },
    );
    const calm: CandleRow = [100, 100, 100, 100];
    const half = (rows: readonly CandleRow[]) => columnsOfRows(rows, '30m');
    const targetFirst = half([
      calm,
      calm,
      [100, 120, 99, 118],
      [118, 119, 90, 119],
      [119, 121, 118, 120],
      [120, 120, 90, 100],
    ]);
    const stopFirst = half([
      calm,
      calm,
      [100, 120, 99, 118],
      [118, 119, 90, 119],
      [119, 119, 90, 92],
      [92, 121, 91, 100],
    ]);
    const play = (detail?: CandleColumns) =>
      fillLines(
        played(optionsFor(coarse, { strategy: 'scripted', feeBps: '0', ...(detail === undefined ? {} : { detail }) }), {
          families: () => family,
        }),
      ).slice(1);
    expect(play()).toEqual(['2 sell 100000000 at 95 fee 0 taker']);
    expect(play(targetFirst)).toEqual(['2 sell 100000000 at 120 fee 0 maker']);
    expect(play(stopFirst)).toEqual(['2 sell 100000000 at 95 fee 0 taker']);
    const holed = half([calm, calm, [100, 120, 99, 118], [118, 119, 90, 119], [119, 121, 118, 120]]);
    expect(play(holed)).toEqual(['2 sell 100000000 at 95 fee 0 taker']);
    expect(() => play(columnsOfRows([calm], '1h'))).toThrow('1h candles do not divide 1h candles');
  });

  it('cancels on request', () => {
    let order = 0;
    const result = playScript(columns, {
      0: ({ desk }) => {
        order = desk.submit({ side: 'buy', type: 'limit', limit: 9_500, lots: ONE });
        expect(desk.openOrders()).toBe(1);
      },
      2: ({ desk }) => desk.cancel(order),
    });
    expect(fillLines(result)).toEqual([]);
    expect(Array.from(result.journal.kind)).toEqual([0, 2]);
  });
});
