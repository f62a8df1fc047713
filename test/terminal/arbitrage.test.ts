import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitrageView } from '#shared/contract/arbitrage.ts';
import { writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-arbitrage');
const home = join(folder.path, 'home');
const file = (name: string): string => join(folder.path, name);
const MINUTE = 60_000;
const START = Date.UTC(2023, 2, 11);

/** Closes with a spread of two percent at minutes 20 to 29 of the second market. */
const rowsOf = (moved: boolean): readonly string[] =>
  Array.from({ length: 120 }, (_, i) => {
    const close = moved && i >= 20 && i < 30 ? '20400.01' : '20000.01';
    return `${START + i * MINUTE},${close},${close},${close},${close},2`;
  });

beforeAll(async () => {
  writeCsv(file('a.csv'), rowsOf(false));
  writeCsv(file('b.csv.gz'), rowsOf(true));
  await installedTerminal();
});
afterAll(() => folder.remove());

const DATA = ['--data', `here:btc/usd=${file('a.csv')}`, '--data', `there:BTC/USD=${file('b.csv.gz')}`] as const;
const run = (...more: readonly string[]) => runMt(['lab', 'arbitrage', ...DATA, ...more], { home });

describe('mt strategies', () => {
  it('names arbitrage as detect-only, and shows why instead of a family', async () => {
    const list = await runMt(['strategies', 'ls', '--plain'], { home });
    expect(list.stdout).toMatch(/arbitrage is detect-only: an agent trades one instrument/);
    const shown = await runMt(['strategies', 'show', 'arbitrage'], { home });
    expect(shown.code).not.toBe(0);
    expect(shown.stderr).toMatch(/detect-only[\s\S]*mt lab arbitrage/);
  });
});

describe('mt lab arbitrage', () => {
  it('answers with what the contract says, writes both files, and repeats itself', async () => {
    const options = ['--fee', 'here=5', '--html', file('r.html'), '--csv', file('r.csv'), '--json'];
    const { code, stdout, stderr } = await run(...options);
    expect(code, stderr).toBe(0);
    const view = arbitrageView.parse(oneJsonLine(stdout));
    expect(view.mode).toBe('detect-only');
    expect(view.pairs.map(({ pair, home: asset }) => [pair, asset])).toEqual([['here BTC/USD - there BTC/USD', 'USD']]);
    expect(view.pairs[0]?.total).toMatchObject({ moments: 120, gross: 10, net: 10, survived: 9, certain: 10 });
    expect(view.conditions.join(' ')).toMatch(/here BTC\/USD 5 bps, there BTC\/USD 10 bps/);
    expect(view.files.map(({ path }) => path)).toEqual([file('r.html'), file('r.csv')]);
    const html = readFileSync(file('r.html'), 'utf8');
    expect(html).toContain('Detect-only: simulated, no money was traded');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(readFileSync(file('r.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
    const again = await run('--fee', 'here=5', '--json');
    expect(oneJsonLine(again.stdout)).toEqual({ ...view, files: [] });
  });

  it('shows the pairs, what they came to, and what is to be kept in mind', async () => {
    const { code, stdout } = await run('--plain');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Nothing was or can be ordered/);
    expect(stdout).toMatch(/here BTC\/USD - there BTC\/USD +120 +10/);
  });

  it.each([
    ['a market alone', ['lab', 'arbitrage', '--data', 'a:BTC/USD=x.csv'], /fewer than two markets/],
    ['no venue', ['lab', 'arbitrage', '--data', 'BTC/USD=x.csv', '--data', 'b:BTC/USD=y.csv'], /names no venue/],
    ['the same market twice', ['lab', 'arbitrage', ...DATA.slice(0, 2), ...DATA.slice(0, 2)], /given twice/],
    [
      'markets that meet nowhere',
      ['lab', 'arbitrage', ...DATA.slice(0, 2), '--data', `b:ETH/USD=${file('b.csv.gz')}`],
      /closed route/,
    ],
    ['a fee of nobody', ['lab', 'arbitrage', ...DATA, '--fee', 'nowhere=5'], /nowhere, of which there are no candles/],
    ['a rate above one', ['lab', 'arbitrage', ...DATA, '--late', '1.5'], /above 1/],
    [
      'rates that are more than all',
      ['lab', 'arbitrage', ...DATA, '--late', '0.6', '--rejected', '0.6'],
      /more orders fail/,
    ],
    [
      'a file that is not there',
      ['lab', 'arbitrage', ...DATA.slice(0, 2), '--data', 'b:BTC/USD=gone.csv'],
      /gone\.csv/,
    ],
  ] as const)('refuses %s and says what to do', async (_what, args, why) => {
    const { code, stderr } = await runMt([...args, '--html', file('none.html')], { home });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/Remedy/);
    expect(existsSync(file('none.html'))).toBe(false);
  });
});
