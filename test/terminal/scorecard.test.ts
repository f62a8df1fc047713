import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scorecardView } from '#shared/contract/scorecard.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-scorecard');
const home = join(folder.path, 'home');
const candles = join(folder.path, 'candles.csv.gz');

beforeAll(async () => {
  writeCsv(candles, risingMarket().rows);
  await installedTerminal();
});
afterAll(() => folder.remove());

describe('mt scorecard', () => {
  it('measures the rules beside every baseline on the same moments of a file', async () => {
    const done = await runMt([
      'scorecard',
      'measure',
      '--data',
      candles,
      '--interval',
      '1h',
      '--every',
      '2',
      '--json',
      '--home',
      home,
    ]);
    expect(done.code, done.stderr).toBe(0);
    const card = scorecardView.parse(oneJsonLine(done.stdout));
    expect(card.resolved).toBeGreaterThan(30);
    const who = (question: string) => card.rows.filter((row) => row.question === question).map((row) => row.who);
    expect(who('direction')).toEqual(['rules', 'persistence', 'class prior', 'random', 'buy and hold']);
    expect(who('regime')).toEqual(['rules', 'persistence', 'class prior', 'random']);
    expect(new Set(card.rows.map(({ n }) => n))).toEqual(new Set([card.resolved]));
  });

  it('locks the calls of a press, and says that they wait', async () => {
    const pressed = await runMt(['spawn', '--plain', '--home', home]);
    expect(pressed.code, pressed.stderr).toBe(0);
    const shown = await runMt(['scorecard', 'show', '--json', '--home', home]);
    const card = scorecardView.parse(oneJsonLine(shown.stdout));
    expect(card.waiting + card.resolved).toBe(1);
  });

  it('says what is missing', async () => {
    const done = await runMt(['scorecard', 'measure', '--home', home]);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('--data FILE or --imported');
  });

  it('says how many moments it takes', async () => {
    const done = await runMt(['scorecard', 'measure', '--data', candles, '--moments', '3', '--home', home]);
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/--moments "3": is below 30\n.*from 30 to 5000/);
  });

  it('refuses a model that cannot answer, where a card of the rules alone would look like its own', async () => {
    const hollow = join(folder.path, 'hollow.gguf');
    const header = Buffer.alloc(4096);
    header.write('GGUF');
    header.writeUInt32LE(3, 4);
    header.writeBigUInt64LE(1n, 8);
    writeFileSync(hollow, header);
    const done = await runMt(['scorecard', 'measure', '--data', candles, '--model', hollow, '--home', home]);
    expect(done.stdout).toBe('');
    expect(done.stderr).toMatch(/hollow\.gguf.*\n.*name a model that answers/);
    expect(done.code).toBe(2);
  });
});
