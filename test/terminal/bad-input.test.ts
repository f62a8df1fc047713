import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvText, risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

// Root may write everywhere, so the refusal can only be seen as another user.
const isRoot = process.getuid?.() === 0;
if (isRoot) console.log('not run: refuses a read-only home (the tests run as root)');

const folder = tempFolder('mt-bad-input');
const home = join(folder.path, 'home');
const file = (name: string): string => join(folder.path, name);
const { rows, decision } = risingMarket();

const swap = (lines: readonly string[], index: number): readonly string[] => [
  ...lines.slice(0, index),
  lines[index + 1] ?? '',
  lines[index] ?? '',
  ...lines.slice(index + 2),
];

let recordsBefore = -1;
const journalRecords = async (): Promise<number> => {
  const { stdout } = await runMt(['status', '--json'], { home });
  return (oneJsonLine(stdout) as { readonly journal: { readonly records: number } }).journal.records;
};

beforeAll(async () => {
  writeCsv(file('good.csv'), rows);
  writeCsv(file('unsorted.csv'), swap(rows, 4));
  writeCsv(file('twice.csv'), [...rows.slice(0, 6), ...rows.slice(5)]);
  writeCsv(file('letters.csv'), [...rows.slice(0, 3), (rows[3] ?? '').replace(/,[^,]+$/, ',lots'), ...rows.slice(4)]);
  writeCsv(file('short.csv'), rows.slice(0, 3));
  writeFileSync(file('columns.csv'), csvText(rows).replace('timestamp,open', 'time,open'));
  writeFileSync(file('empty.csv'), '');
  writeFileSync(file('picture.csv'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff]));
  writeFileSync(file('cut.csv.gz'), gzipSync(csvText(rows)).subarray(0, 900));
  writeFileSync(file('no.csv.gz'), 'this is no gzip');
  writeFileSync(file('story.gguf'), 'Once upon a time there was a file that was no model at all.');
  writeFileSync(file('a-file'), 'not a folder');
  mkdirSync(file('a-folder'));
  await installedTerminal();
  recordsBefore = await journalRecords();
});
afterAll(() => folder.remove());

const on = (name: string, ...more: readonly string[]): readonly string[] => [
  'spawn',
  'BTC/USDT',
  '--data',
  file(name),
  '--interval',
  '1h',
  ...more,
];
const good = (...more: readonly string[]): readonly string[] => on('good.csv', '--at', String(decision), ...more);

const BAD: readonly (readonly [what: string, args: readonly string[], code: number, message: RegExp])[] = [
  ['a missing file', on('nowhere.csv'), 2, /nowhere\.csv does not exist/],
  ['a folder in place of a file', on('a-folder'), 2, /a-folder is a folder/],
  ['a gzip file that was cut off', on('cut.csv.gz'), 2, /cut\.csv\.gz is not a whole gzip file/],
  ['text that calls itself gzip', on('no.csv.gz'), 2, /no\.csv\.gz is not a whole gzip file/],
  ['bytes that are no text', on('picture.csv'), 2, /picture\.csv is not text/],
  ['an empty file', on('empty.csv'), 2, /empty\.csv is empty/],
  ['wrong columns', on('columns.csv'), 2, /columns\.csv line 1: the header is "time,open/],
  ['rows out of order', on('unsorted.csv'), 2, /unsorted\.csv has 1 bad row: line 7: .*earlier than the row before/],
  ['a row that stands twice', on('twice.csv'), 2, /twice\.csv has 1 bad row: line 8: .*stands twice/],
  ['a volume in letters', on('letters.csv'), 2, /letters\.csv has 1 bad row: line 5: volume/],
  ['an interval that the file has not', ['spawn', '--data', file('good.csv'), '--interval', '1m'], 2, /1h/],
  ['an unknown instrument', ['spawn', 'FOO/BAR'], 2, /FOO\/BAR is not a known instrument/],
  ['a word that is no instrument', ['spawn', 'BTCUSDT'], 2, /INSTRUMENT "BTCUSDT"/],
  ['an unknown interval', ['spawn', '--interval', '7m'], 2, /--interval "7m"/],
  ['an interval that the simulated market has not', ['spawn', '--interval', '1d'], 2, /no 1d candles/],
  ['a moment before the data', on('good.csv', '--at', '2019-01-01'), 2, /2019-01-01T00:00:00Z/],
  ['a moment after the data', on('good.csv', '--at', '2031-01-01'), 2, /2031-01-01T00:00:00Z/],
  ['a moment before the simulated market', ['spawn', '--at', '2020-01-01'], 2, /2020-01-01T00:00:00Z lies outside/],
  ['a moment after the simulated market', ['spawn', '--at', '2040-01-01'], 2, /2040-01-01T00:00:00Z lies outside/],
  ['too little history', on('short.csv'), 2, /only 3 closed 1h candles of BTC\/USDT are known at .*; 60 are needed/],
  [
    'a moment too near the beginning',
    on('good.csv', '--at', String(Number(rows[4]?.split(',')[0]))),
    2,
    /only 4 closed 1h candles .* 60 are needed/,
  ],
  [
    'an analysis of too little history',
    ['analyse', '--data', file('short.csv'), '--interval', '1h'],
    2,
    /only 3 closed 1h candles/,
  ],
  ['an unreadable moment', ['spawn', '--at', 'yesterday'], 2, /--at "yesterday"/],
  ['a moment in local time', ['spawn', '--at', '2026-02-01T10:00:00'], 2, /no time zone/],
  ['two markets at once', good('--imported'), 2, /--data and --imported/],
  [
    'a market that was never imported',
    ['spawn', 'ETH/USDT', '--imported'],
    2,
    /no 1h candles of ETH\/USDT were imported/,
  ],
  ['a missing model', good('--model', file('nowhere.gguf')), 2, /nowhere\.gguf does not exist/],
  ['a model that is a folder', good('--model', file('a-folder')), 2, /a-folder is a folder/],
  ['a model that is not GGUF', good('--model', file('story.gguf')), 2, /story\.gguf/],
  ['a negative seed', good('--seed', '-1'), 2, /--seed "-1"/],
  ['cash that is no amount', good('--cash', 'lots'), 2, /--cash "lots"/],
  ['no cash at all', good('--cash', '0'), 2, /--cash "0": must be above zero/],
  ['a negative fee', good('--fee-bps', '-3'), 2, /--fee-bps "-3"/],
  ['a fee of more than everything', good('--fee-bps', '20000'), 2, /--fee-bps "20000"/],
  ['an unknown command', ['dance'], 2, /unknown command 'dance'/],
  ['half a command', ['audit'], 2, /only half a command/],
  ['an unknown option', ['status', '--colour'], 2, /unknown option '--colour'\n.*see mt help status/],
  [
    'an argument left out',
    ['order', 'buy', 'BTC/USDT'],
    2,
    /missing required argument 'QUANTITY'\n.*see mt help order buy/,
  ],
  ['a limit that is none', ['limits', 'set', 'foo', '1'], 2, /NAME "foo": is not the name of a limit/],
  ['a limit that is no number', ['limits', 'set', 'dayLoss', 'abc'], 2, /dayLoss "abc": is not a plain number/],
  ['an agent that never was', ['agent', 'why', 'A-nobody'], 2, /no agent A-nobody/],
  [
    'an import of a broken file',
    ['import', file('twice.csv'), '--instrument', 'BTC/USDT', '--interval', '1h'],
    2,
    /line 8/,
  ],
  ['a resume of what was never stopped', ['resume', '--reason', 'x'], 4, /active already/],
  ['an empty reason', ['kill', '--reason', '  '], 2, /--reason "  ": is empty/],
];

describe('bad input', () => {
  it.each(BAD)('%s is refused with a message that names it and a remedy', async (_what, args, code, message) => {
    const ended = await runMt(args, { home });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^mt: .+\n {2}Remedy: .+\n$/);
    expect(ended.stderr).not.toMatch(/\n\s+at |node:internal/);
    expect(ended.code).toBe(code);
    expect(ended.signal).toBeNull();
    expect(ended.stdout).toBe('');
  });

  it.each(BAD.filter((_, index) => index % 6 === 0))(
    '%s is one line of JSON with --json',
    async (_what, args, code) => {
      const ended = await runMt([...args, '--json'], { home });
      expect(oneJsonLine(ended.stdout)).toEqual({
        error: { code: expect.any(String), message: expect.any(String), remedy: expect.any(String) },
      });
      expect(ended.code).toBe(code);
    },
  );

  it('leaves nothing half-written: after all of it the journal is whole and knows no cycle', async () => {
    const verdict = await runMt(['audit', 'verify', '--json'], { home });
    expect(oneJsonLine(verdict.stdout)).toMatchObject({ ok: true });
    expect(await journalRecords()).toBe(recordsBefore);
    const agents = await runMt(['agents', '--json'], { home });
    expect(oneJsonLine(agents.stdout)).toEqual({ agents: [] });
    const status = await runMt(['status', '--json'], { home });
    expect(oneJsonLine(status.stdout)).toMatchObject({ lessons: 0, equity: '10000', cycleRunning: null });
    const imported = await runMt(['analyse', 'BTC/USDT', '--imported', '--json'], { home });
    expect(imported.code).toBe(2);
  });

  it('refuses a home that is a file, and touches nothing', async () => {
    const ended = await runMt(['spawn', '--json'], { home: file('a-file') });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('is not a folder');
    expect(ended.stderr).toContain('Remedy: choose another folder');
  });

  it('refuses a home that cannot be, with a remedy that fits, and never asks to delete a file in it', async () => {
    const circle = file('circle');
    symlinkSync(circle, circle);
    const wrong: (readonly [home: string, message: RegExp, remedy: RegExp])[] = [
      [circle, /circle is a link that leads in a circle/, /mend that link, or choose another folder/],
      [join(folder.path, 'x'.repeat(5000)), /is too long for this system/, /shorter path/],
    ];
    if (process.platform === 'linux')
      wrong.push(['/proc/no-such-home', /no folder can be made there/, /another folder/]);
    for (const [where, message, remedy] of wrong) {
      const ended = await runMt(['status'], { home: where });
      expect(ended.stderr).toMatch(/^mt: .+\n {2}Remedy: .+\n$/);
      expect(ended.stderr).toMatch(message);
      expect(ended.stderr).toMatch(remedy);
      expect(ended.stderr).not.toContain('delete that file');
      expect(ended.code).toBe(1);
    }
  });

  it.runIf(isRoot)("refuses another user's home, to that user's door", async () => {
    const theirs = file('theirs');
    mkdirSync(theirs, { mode: 0o700 });
    // The way to it is open; the folder itself is not.
    chmodSync(folder.path, 0o755);
    const able = await runMt(['version'], { uid: 65_534 }).then(
      ({ code }) => code === 0,
      () => false,
    );
    if (!able) {
      console.log("not run: another user's home (this checkout is closed to other users)");
      return;
    }
    const ended = await runMt(['status'], { home: theirs, uid: 65_534 });
    expect(ended.stderr).not.toContain('delete that file');
    expect(ended.stderr).toContain(`the data folder ${theirs} is closed to this user`);
    expect(ended.stderr).toContain('run the program as the owner of the folder');
    expect(ended.code).toBe(1);
  });

  it('names databases that have changed places', async () => {
    const mixed = file('mixed');
    await runMt(['status'], { home: mixed });
    renameSync(join(mixed, 'journal.db'), join(mixed, 'kept'));
    renameSync(join(mixed, 'market.db'), join(mixed, 'journal.db'));
    renameSync(join(mixed, 'kept'), join(mixed, 'market.db'));
    const ended = await runMt(['status'], { home: mixed });
    expect(ended.stderr).toMatch(
      /^mt: .*journal\.db holds candles \(market\.db\).*\n {2}Remedy: .*its own name back.*\n$/,
    );
    expect(ended.code).toBe(1);
  });

  it('refuses an empty home by name', async () => {
    const ended = await runMt(['status'], { home: '' });
    expect(ended.stderr).toContain('--home names no folder');
    expect(ended.code).toBe(2);
  });

  it.runIf(!isRoot)('refuses a read-only home', async () => {
    const locked = file('read-only');
    mkdirSync(locked, { mode: 0o500 });
    const ended = await runMt(['spawn'], { home: locked });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('read-only');
    expect(readdirSync(locked)).toEqual([]);
  });

  it('makes no folder for a line that cannot be read', async () => {
    const fresh = file('never-made');
    await runMt(['spawn', '--seed', '-1'], { home: fresh });
    await runMt(['dance'], { home: fresh });
    expect(existsSync(fresh)).toBe(false);
  });
});
