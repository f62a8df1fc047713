import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { candleRows } from '../../src/core/market/candle-csv-text.ts';
import { readColumns } from '../lib/candles.mjs';
import { median, pairRatio, quantile, round } from '../lib/measure.mjs';
import { startContestant } from '../lib/server.mjs';
import { openDatabases } from '../lib/storage.mjs';

const worker = (name) => join(import.meta.dirname, '../workers', `${name}.mjs`);

async function measureCommits({ folder, commits }) {
  const contestant = await startContestant(worker('commits'), { folder, commits });
  try {
    const { own } = await contestant.run();
    if (!own.ok) return { refused: ['the journal did not verify: no speed is printed'], targets: [] };
    const { raw, row, record } = own.times;
    const rows = Object.entries({ 'append and fdatasync': raw, 'one row': row, 'one journal record': record }).map(
      ([name, times]) => ({
        name,
        p50Ms: round(median(times)),
        p99Ms: round(quantile(times, 0.99)),
        maxMs: round(Math.max(...times)),
      }),
    );
    const target = (what, times) => {
      const half = pairRatio(times, raw);
      const tail = quantile(times, 0.99) / quantile(raw, 0.99);
      return [
        {
          what: `${what}: p50 over append and fdatasync (pair ratios)`,
          goal: '<= 1.5',
          measured: round(half),
          met: half <= 1.5,
        },
        { what: `${what}: p99 over append and fdatasync`, goal: '<= 3', measured: round(tail), met: tail <= 3 },
      ];
    };
    return { rows, targets: [...target('durable row', row), ...target('durable journal record', record)] };
  } finally {
    await contestant.stop();
  }
}

async function measureMemory({ path, folder, count }) {
  const own = mkdtempSync(join(folder, 'memory-'));
  const storage = openDatabases(own);
  storage.candles.putColumns('BTC/USDT.SIM', { ...readColumns(path), interval: '1m' });
  storage.close();
  const contestant = await startContestant(worker('candle-memory'), { folder: own }, { execArgv: ['--expose-gc'] });
  try {
    const { own: figures } = await contestant.run();
    const ratio = figures.growthMb / figures.dataMb;
    return {
      rows: [
        {
          candles: count,
          dataMb: round(figures.dataMb),
          growthMb: round(figures.growthMb),
          growthAtReturnMb: round(figures.atReturnMb),
        },
      ],
      targets: [
        { what: 'candles as columns: resident over data', goal: '<= 1.3', measured: round(ratio), met: ratio <= 1.3 },
      ],
    };
  } finally {
    await contestant.stop();
  }
}

async function measureCandles({ path, folder, count, runs }) {
  const csv = join(folder, 'candles.csv');
  writeFileSync(csv, `timestamp,open,high,low,close,volume\n${candleRows(readColumns(path), 0, count)}`);
  const contestant = await startContestant(worker('candle-store'), { path, csv, folder });
  try {
    const times = { import: [], columns: [], rows: [] };
    await contestant.run('import');
    const { result } = await contestant.ask({ kind: 'result' });
    if (!result.columns || !result.rows)
      return { refused: ['the candles do not read back as they were made: no speed is printed'], targets: [] };
    for (let turn = 0; turn < runs; turn++)
      for (const what of Object.keys(times)) times[what].push(await contestant.run(what));
    const ms = (what) => times[what].map((time) => time.ms);
    const ratio = pairRatio(ms('rows'), ms('columns'));
    const rate = count / 1000 / median(ms('import'));
    return {
      rows: Object.keys(times).map((what) => ({
        name: what === 'import' ? 'import: parse and keep' : `read by ${what}`,
        medianMs: round(median(ms(what))),
        cpuMs: round(median(times[what].map(({ cpuMs }) => cpuMs))),
      })),
      targets: [
        { what: 'candles: row iteration over column read', goal: '>= 6', measured: round(ratio), met: ratio >= 6 },
        { what: 'candles: import, million a second', goal: '>= 0.5', measured: round(rate), met: rate >= 0.5 },
      ],
      csvBytes: readFileSync(csv).length,
    };
  } finally {
    await contestant.stop();
  }
}

/** Durable commits beside a raw flush, candles as columns beside rows. */
export async function measureStore(options) {
  const commits = await measureCommits(options);
  const candles = await measureCandles(options);
  const memory = await measureMemory(options);
  return { commits, candles, memory, targets: [...commits.targets, ...candles.targets, ...memory.targets] };
}
