import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scorecardView } from '#shared/contract/scorecard.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt, startMt } from '../support/run-mt.ts';
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

  it('says how far it is, and is stopped by an interrupt, with no card', async () => {
    const START = Date.UTC(2020, 0, 1);
    const many = join(folder.path, 'many.csv');
    const price = (i: number): string => (20_000 + 500 * Math.sin(i / 7)).toFixed(2);
    writeCsv(
      many,
      Array.from(
        { length: 9_000 },
        (_, i) => `${START + i * 3_600_000},${price(i)},${price(i)},${price(i)},${price(i)},2`,
      ),
    );
    const words = ['scorecard', 'measure', '--data', many, '--interval', '1h', '--every', '1', '--moments', '5000'];
    const running = await startMt([...words, '--json'], { home });
    await new Promise<void>((told, ended) => {
      running.child.stderr?.on('data', (part: Buffer) => {
        if (/\d+ of 5,000 moments\n/.test(part.toString())) told();
      });
      void running.finished.then(({ stderr }) => ended(new Error(`it ended before it said how far it is: ${stderr}`)));
    });
    running.child.kill('SIGINT');
    const done = await running.finished;
    expect(done.stderr).toContain('A measurement that is stopped keeps no result.');
    expect(done.stdout).toBe('');
    expect(done.code).toBe(7);
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
