import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#shared/commands/registry.ts';
import { labRunView } from '#shared/contract/lab-views.ts';
import { csvText, risingMarket, writeCsv } from '../support/candle-csv.ts';
import { NODE } from '../support/child.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { candleFile, notRunWithoutShared, referenceCross } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-backtest');
const home = join(folder.path, 'home');
const file = (name: string): string => join(folder.path, name);
const { rows } = risingMarket();

beforeAll(async () => {
  writeCsv(file('good.csv.gz'), rows);
  writeCsv(
    file('silent.csv'),
    rows.map((row) => row.replace(/,[^,]+$/, ',0')),
  );
  writeCsv(file('backwards.csv'), [...rows.slice(0, 9), rows[3] ?? '', ...rows.slice(9)]);
  writeCsv(file('negative.csv'), [...rows.slice(0, 9), (rows[9] ?? '').replace(/,(\d)/, ',-$1'), ...rows.slice(10)]);
  writeFileSync(file('empty.csv'), '');
  writeFileSync(file('header.csv'), csvText([]));
  mkdirSync(file('a-folder'));
  await installedTerminal();
});
afterAll(() => folder.remove());

const play = (...more: readonly string[]): readonly string[] => [
  'backtest',
  '--data',
  file('good.csv.gz'),
  '--interval',
  '1h',
  '--strategy',
  'sma-cross',
  ...more,
];
const answerOf = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const { code, stdout, stderr } = await runMt([...args, '--json'], { home });
  expect(code, stderr).toBe(0);
  return oneJsonLine(stdout) as Record<string, unknown>;
};

describe('mt backtest', () => {
  it('answers with one line that is what the contract says, exact amounts as text', async () => {
    const answer = await answerOf(play('--param', 'fast=5', '--param', 'slow=20', '--fills', file('fills.csv')));
    const run = labRunView.parse(answer);
    expect(run).toMatchObject({ strategy: 'sma-cross', params: { fast: 5, slow: 20 }, candles: rows.length });
    expect(run.profiles).toEqual({ limits: 'none', costs: 'fee-only' });
    expect(run.assumed).toEqual({ tickSize: '0.01', lotSize: '0.00000001' });
    expect(run.startingCash).toBe('1000000');
    expect(run.trades).toBe(run.tradeList.length);
    expect(run.peakRssMb).toBeGreaterThan(0);
    expect(run.elapsedMs).toBeGreaterThan(0);
    expect(run.loadMs).toBeGreaterThan(0);
    expect(run.candlesPerSecond).toBeGreaterThan(0);
    expect(readFileSync(file('fills.csv'), 'utf8').trim().split('\n')).toHaveLength(run.fills + 1);
    // The same question has the same hash and the same answer.
    const again = labRunView.parse(await answerOf(play('--param', 'slow=20', '--param', 'fast=5')));
    const {
      elapsedMs: _a,
      loadMs: _b,
      candlesPerSecond: _c,
      peakRssMb: _d,
      createdAt: _e,
      fillsFile: _f,
      ...rest
    } = run;
    expect(again).toMatchObject(rest);
  });

  it('prints a calm page with n, intervals and what there is too little data for', async () => {
    const { code, stdout } = await runMt(play(), { home });
    expect(code).toBe(0);
    for (const text of [
      'limits none, costs fee-only, fee 10 bps',
      'Assumed',
      'Equity',
      '95 % INTERVAL',
      'not enough data',
      'Run hash',
    ])
      expect(stdout).toContain(text);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it.each(['trend-following', 'mean-reversion'])(
    'plays %s on the simulated market, with instrument rules',
    async (strategy) => {
      const run = labRunView.parse(
        await answerOf([
          'backtest',
          'BTC/USDT',
          '--strategy',
          strategy,
          '--interval',
          '15m',
          '--candles',
          '1500',
          '--market-seed',
          '4',
        ]),
      );
      expect(run).toMatchObject({
        strategy,
        instrument: 'BTC/USDT',
        assumed: null,
        candles: 1500,
        startingCash: '10000',
      });
      expect(run.profiles).toEqual({ limits: 'default', costs: 'default' });
    },
  );

  it('cuts the candles to the period, and every input changes the run hash', async () => {
    const first = labRunView.parse(await answerOf(play()));
    const from = first.from + 100 * 3_600_000;
    const cut = labRunView.parse(await answerOf(play('--from', String(from), '--to', String(from + 400 * 3_600_000))));
    expect(cut).toMatchObject({ candles: 400, from });
    const hashes = [first.runHash, cut.runHash];
    for (const more of [
      ['--fee-bps', '3'],
      ['--cash', '5000'],
      ['--seed', '8'],
      ['--limits', 'default'],
      ['--costs', 'default'],
      ['--param', 'fast=19'],
    ])
      hashes.push(labRunView.parse(await answerOf(play(...more))).runHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it.each<readonly [string, readonly string[], number, RegExp, RegExp]>([
    ['no strategy', ['backtest', '--data', 'X'], 2, /--strategy is missing/, /sma-cross/],
    [
      'an unknown strategy',
      play('--strategy', 'magic'),
      2,
      /there is no strategy "magic"/,
      /trend-following, mean-reversion, scalping, .*, sma-cross/,
    ],
    [
      'an unknown parameter',
      play('--param', 'speed=3'),
      2,
      /sma-cross has no parameter "speed"/,
      /fast 1\.\.10000 \(whole\), slow 2\.\.20000/,
    ],
    ['a parameter below its bound', play('--param', 'fast=0'), 2, /fast is below 1: 0/, /fast 1\.\.10000/],
    ['a parameter above its bound', play('--param', 'slow=99999'), 2, /slow is above 20000/, /slow 2\.\.20000/],
    ['a broken number', play('--param', 'fast=2.5'), 2, /fast must be a whole number/, /fast 1\.\.10000/],
    ['a word for a number', play('--param', 'fast=quick'), 2, /fast is given "quick"/, /NAME=NUMBER/],
    ['a parameter without a value', play('--param', 'fast'), 2, /fast is given ""/, /NAME=NUMBER/],
    ['a parameter twice', play('--param', 'fast=3', '--param', 'fast=4'), 2, /fast is given twice/, /NAME=NUMBER/],
    ['parameters that do not fit together', play('--param', 'fast=60'), 2, /fast average must be shorter/, /fast 1/],
    ['a negative fee', play('--fee-bps=-1'), 2, /--fee-bps/, /basis points/],
    ['a fee that is no number', play('--fee-bps', 'NaN'), 2, /--fee-bps "NaN"/, /basis points/],
    ['no cash', play('--cash', '0'), 2, /--cash "0": must be above zero/, /above zero/],
    ['negative cash', play('--cash=-5'), 2, /--cash/, /above zero/],
    ['an empty period', play('--from', '2023-02-01', '--to', '2023-02-01'), 2, /period holds no candle/, /later end/],
    [
      'a period after the candles',
      play('--from', '2033-01-01'),
      2,
      /no candle between the given moments/,
      /inside the data/,
    ],
    ['an unknown profile', play('--limits', 'some'), 2, /--limits "some"/, /none or default/],
    ['a missing file', play('--data', 'nowhere.csv'), 2, /nowhere\.csv does not exist/, /path/],
    ['a folder for a file', play('--data', 'a-folder'), 2, /is a folder/, /CSV/],
    ['an empty file', play('--data', 'empty.csv'), 2, /empty\.csv is empty/, /header/],
    ['a header alone', play('--data', 'header.csv'), 2, /no candle/, /six values/],
    ['time going backwards', play('--data', 'backwards.csv'), 2, /line 11/, /Sort|timestamp/],
    ['a negative price', play('--data', 'negative.csv'), 2, /line 11/, /plain numbers/],
    [
      'zero volume under real limits',
      play('--data', 'silent.csv', '--limits', 'default'),
      2,
      /volume of zero/,
      /limits "none"/,
    ],
    ['the wrong interval', play('--interval', '4h'), 2, /bad row/, /interval/],
    ['two markets', play('--imported'), 2, /two different markets/, /one of them/],
    [
      'candles that were not imported',
      ['backtest', 'ETH/USDT', '--imported', '--strategy', 'sma-cross'],
      2,
      /were imported/,
      /mt import/,
    ],
    ['fills into no folder', play('--fills', 'nowhere/f.csv'), 1, /nowhere\/f\.csv cannot be written/, /folder/],
    ['fills onto a folder', play('--fills', 'a-folder'), 1, /a folder/, /file/],
    [
      'an unknown instrument',
      ['backtest', 'DOGE/USDT', '--strategy', 'sma-cross'],
      2,
      /DOGE\/USDT is not a known instrument/,
      /BTC\/USDT/,
    ],
  ])('refuses %s by name, with a remedy and a code', async (_what, args, code, message, remedy) => {
    const done = await runMt([...args, '--json'], { home, cwd: folder.path });
    expect(done.code, done.stderr).toBe(code);
    const { error } = oneJsonLine(done.stdout) as {
      readonly error: { readonly message: string; readonly remedy: string };
    };
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
    expect(done.stderr).toContain('Remedy:');
    expect(readdirSync(folder.path).filter((name) => /tmp|nowhere/.test(name))).toEqual([]);
  });
});

describe('mt lab', () => {
  it('searches, shows, compares, exports and lists from the command line', async () => {
    const grid = ['--method', 'grid', '--space', 'fast=5..20:5', '--space', 'slow=40,80'];
    const found = await answerOf([
      'lab',
      'search',
      '--data',
      file('good.csv.gz'),
      '--interval',
      '1h',
      '--strategy',
      'sma-cross',
      ...grid,
    ]);
    expect(found).toMatchObject({ kind: 'search', state: 'completed', planned: 8, done: 8 });
    const id = String(found['id']);
    expect(await answerOf(['lab', 'show', id])).toEqual(found);
    const page = await runMt(['lab', 'show', id], { home });
    expect(page.stdout).toContain('Best configurations');
    expect(page.stdout).not.toMatch(/NaN|undefined|\[object/);

    const a = await answerOf(play('--param', 'fast=5', '--param', 'slow=40'));
    const b = await answerOf(play('--param', 'fast=20', '--param', 'slow=80'));
    const compared = await answerOf(['lab', 'compare', String(a['id']), String(b['id'])]);
    expect(compared['runs']).toHaveLength(2);
    const done = await answerOf(['lab', 'export', String(a['id']), '--html', file('a.html'), '--csv', file('a.csv')]);
    expect(done['files']).toHaveLength(4);
    expect(existsSync(file('a.html'))).toBe(true);
    const list = await answerOf(['lab', 'list']);
    expect(JSON.stringify(list)).toContain(id);
  });

  it('walks forward and opens the holdout once', async () => {
    const args = [
      '--data',
      file('good.csv.gz'),
      '--interval',
      '1h',
      '--strategy',
      'sma-cross',
      '--space',
      'fast=3..20',
      '--space',
      'slow=25..60',
    ];
    const view = await answerOf([
      'lab',
      'walkforward',
      ...args,
      '--budget',
      '6',
      '--folds',
      '2',
      '--purge',
      '10',
      '--embargo',
      '10',
      '--objective',
      'return',
    ]);
    expect(view).toMatchObject({ kind: 'walk-forward', state: 'completed', holdout: { state: 'locked' } });
    const id = String(view['id']);
    expect(await answerOf(['lab', 'holdout', id])).toMatchObject({ holdout: { state: 'opened' } });
    const second = await runMt(['lab', 'holdout', id, '--json'], { home });
    expect(second.code).toBe(4);
    expect(second.stdout).toContain('was opened on');
  });

  it.each<readonly [string, readonly string[], number, RegExp]>([
    ['an id that is none', ['lab', 'show', 'B-1'], 2, /is not the id/],
    ['an unknown id', ['lab', 'show', 'B-ffffffffffff'], 2, /nothing in the lab/],
    ['one run to compare', ['lab', 'compare', 'B-ffffffffffff'], 2, /two to four/],
    ['an export without a file', ['lab', 'export', 'B-ffffffffffff'], 2, /neither --html nor --csv/],
    [
      'a grid without values',
      ['lab', 'search', '--strategy', 'sma-cross', '--method', 'grid'],
      2,
      /a grid needs the values of fast/,
    ],
    [
      'a span that is none',
      ['lab', 'search', '--strategy', 'sma-cross', '--space', 'fast=a..b'],
      2,
      /no span of numbers/,
    ],
    [
      'a step of zero',
      ['lab', 'search', '--strategy', 'sma-cross', '--space', 'fast=1..9:0'],
      2,
      /step "0" is not above zero/,
    ],
    [
      'an unknown objective',
      ['lab', 'search', '--strategy', 'sma-cross', '--objective', 'luck'],
      2,
      /--objective "luck"/,
    ],
    ['a resume of nothing', ['lab', 'resume', 'S-ffffffffffff'], 2, /nothing in the lab/],
  ])('refuses %s', async (_what, args, code, message) => {
    const done = await runMt([...args, '--json'], { home });
    expect(done.code, done.stderr).toBe(code);
    const { error } = oneJsonLine(done.stdout) as { readonly error: { readonly message: string } };
    expect(error.message).toMatch(message);
  });
});

describe('mt data', () => {
  it('lists, checks and exports what was imported', async () => {
    await answerOf(['import', file('good.csv.gz'), '--instrument', 'BTC/USDT', '--interval', '1h']);
    expect((await answerOf(['data', 'ls']))['series']).toMatchObject([
      { instrument: 'BTC/USDT', interval: '1h', candles: rows.length },
    ]);
    expect(await answerOf(['data', 'check', 'BTC/USDT'])).toMatchObject({ candles: rows.length, misaligned: 0 });
    const out = file('again.csv');
    expect(await answerOf(['data', 'export', 'BTC/USDT', '--out', out])).toMatchObject({ candles: rows.length });
    // What was exported gives the same run.
    const [a, b] = [
      await answerOf(play()),
      await answerOf(['backtest', '--data', out, '--interval', '1h', '--strategy', 'sma-cross']),
    ];
    expect(b['runHash']).toBe(a['runHash']);
    for (const args of [
      ['data', 'ls'],
      ['data', 'check', 'BTC/USDT'],
    ]) {
      const { code, stdout } = await runMt(args, { home });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/NaN|undefined|\[object/);
    }
  });

  it('has a command for each promise of the registry', () => {
    expect(commands.filter(({ words }) => words[0] === 'data').map(({ id }) => id)).toEqual([
      'data.ls',
      'data.check',
      'data.export',
      'data.fetch',
    ]);
  });
});

describe.skipIf(notRunWithoutShared('mt backtest beside the exact reference'))(
  'mt backtest beside the exact reference, on real candles',
  () => {
    it.each<readonly [string, string, readonly [fee: string, cash: string, fast: string, slow: string]]>([
      ['binance-BTCUSDT-1h.csv.gz', '1h', ['10', '1000000', '20', '50']],
      ['binance-BTCUSDT-1h.csv.gz', '1h', ['0', '50000', '7', '31']],
      ['kraken-USDTUSD-1m.csv.gz', '1m', ['0.25', '123', '20', '50']],
      ['binance-SOLUSDT-1h.csv.gz', '1h', ['7.5', '9999', '3', '200']],
    ])(
      '%s %s gives the same trades and the same equity to the last digit (fee, cash, fast, slow: %j)',
      async (name, interval, [fee, cash, fast, slow]) => {
        const path = candleFile(name);
        const reference = JSON.parse(
          execFileSync(NODE, [referenceCross, path, '--fee-bps', fee, '--cash', cash, '--fast', fast, '--slow', slow], {
            encoding: 'utf8',
          }),
        ) as {
          readonly trades: number;
          readonly finalEquity: string;
          readonly feesPaid: string;
          readonly bars: number;
          readonly openPosition: boolean;
        };
        const run = labRunView.parse(
          await answerOf([
            'backtest',
            '--data',
            path,
            '--interval',
            interval,
            '--strategy',
            'sma-cross',
            '--fee-bps',
            fee,
            '--cash',
            cash,
            '--param',
            `fast=${fast}`,
            '--param',
            `slow=${slow}`,
          ]),
        );
        expect({
          bars: run.candles,
          trades: run.trades,
          finalEquity: run.finalEquity,
          feesPaid: run.costs.fees,
          openPosition: run.openPosition !== '0',
        }).toMatchObject({
          bars: reference.bars,
          trades: reference.trades,
          finalEquity: reference.finalEquity,
          feesPaid: reference.feesPaid,
          openPosition: reference.openPosition,
        });
      },
    );
  },
);
