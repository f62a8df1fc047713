import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { candleRows } from '../../src/core/market/candle-csv-text.ts';
import { readColumns } from '../lib/candles.mjs';
import { median, pairRatio, round } from '../lib/measure.mjs';

const ROOT = join(import.meta.dirname, '../..');
const PARSE = join(import.meta.dirname, '../workers/gunzip-and-parse.mjs');

/** A whole `mt backtest` from cold on a compressed file, beside a process that only unpacks and parses it. */
export function measureCold({ path, folder, count, runs }) {
  const file = join(folder, 'candles.csv.gz');
  writeFileSync(file, gzipSync(`timestamp,open,high,low,close,volume\n${candleRows(readColumns(path), 0, count)}`));
  const mt = join(ROOT, 'resources/mt.cjs');
  const args = [
    mt,
    'backtest',
    '--data',
    file,
    '--interval',
    '1m',
    '--strategy',
    'sma-cross',
    '--json',
    '--home',
    join(folder, 'home'),
  ];
  const first = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT });
  if (!existsSync(join(ROOT, 'out/terminal')) || first.status !== 0)
    return {
      notRun: [
        `not run: mt backtest from cold (${existsSync(join(ROOT, 'out/terminal')) ? 'it answered an error' : 'the terminal is not built'})`,
      ],
      targets: [],
    };
  const time = (list) => {
    const start = performance.now();
    execFileSync(process.execPath, list, { cwd: ROOT, stdio: 'ignore' });
    return performance.now() - start;
  };
  const [whole, parse] = [[], []];
  for (let turn = 0; turn < runs; turn++) {
    whole.push(time(args));
    parse.push(time(['--no-warnings', PARSE, file]));
  }
  const ratio = pairRatio(whole, parse);
  return {
    rows: [
      { name: 'mt backtest, whole process', medianMs: round(median(whole)) },
      { name: 'gunzip and parse, whole process', medianMs: round(median(parse)) },
    ],
    targets: [
      { what: 'mt backtest from cold over gunzip and parse', goal: '<= 3', measured: round(ratio), met: ratio <= 3 },
    ],
  };
}
