// npm run bench [-- --quick] [-- --only backtest,indicators]: every comparison in one process tree, in turn, as ratios. Writes results.json.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

const BENCH = import.meta.dirname;
const QUICK = process.argv.includes('--quick');
const at = process.argv.indexOf('--only');
const ONLY = at < 0 ? undefined : (process.argv[at + 1] ?? '').split(',');
const say = (text = '') => process.stdout.write(`${text}\n`);

if (Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write(
    'run it with npm run bench: it needs the Node of this project, which runs TypeScript as it is\n',
  );
  process.exit(2);
}

if (!existsSync(join(BENCH, 'node_modules/.package-lock.json'))) {
  say('installing what is compared with (npm ci in bench/)');
  const done = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: BENCH,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) say('npm ci failed: the peers are not run');
}

const { makeCandles, writeColumns } = await import('./lib/candles.mjs');
const { isBusy, round } = await import('./lib/measure.mjs');

const versions = Object.entries(JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8')).dependencies);
const peersThere = existsSync(join(BENCH, 'node_modules/grademark'));
const busyBefore = isBusy();
const loadBefore = loadavg().map((load) => round(load));
const machine = {
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryGb: round(totalmem() / 2 ** 30),
  platform: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  abi: process.versions.modules,
  v8: process.versions.v8,
};
say(
  `Node ${machine.node}, ABI ${machine.abi}, V8 ${machine.v8}; ${machine.cores} x ${machine.cpu}; load ${loadBefore.join(' ')}`,
);
if (busyBefore) say('BUSY: the load was above 1 before this run began; quote ratios only, and better none');

const folder = mkdtempSync(join(tmpdir(), 'mt-bench-'));
const count = 1_000_000;
const path = join(folder, 'candles.bin');
const common = { path, count, folder };
const SUITES = {
  backtest: async () => {
    const { measureBacktest } = await import('./suites/backtest.mjs');
    const sizes = QUICK ? [100_000, count] : [100_000, count, 10_000_000];
    return measureBacktest({
      ...common,
      runs: QUICK ? 5 : 9,
      warmUp: QUICK ? 2 : 4,
      peers: peersThere && !QUICK,
      sizes,
    });
  },
  sweep: async () =>
    (await import('./suites/sweep.mjs')).measureSweep({ ...common, runs: 5, pairs: QUICK ? 100 : 1000 }),
  indicators: async () =>
    (await import('./suites/indicators.mjs')).measureIndicators({
      ...common,
      runs: QUICK ? 7 : 15,
      warmUp: 4,
      peers: peersThere && !QUICK,
    }),
  store: async () =>
    (await import('./suites/store.mjs')).measureStore({ ...common, runs: QUICK ? 5 : 7, commits: QUICK ? 200 : 1000 }),
  latency: async () => (await import('./suites/latency.mjs')).measureLatency({ folder, orders: QUICK ? 200 : 1000 }),
  cold: async () => (await import('./suites/cold.mjs')).measureCold({ ...common, runs: 5 }),
};

/** Tables of every part of an answer that has rows. */
function show(answer) {
  if (answer.rows !== undefined) console.table(answer.rows);
  for (const line of [...(answer.refused ?? []), ...(answer.notRun ?? [])]) say(line);
  for (const [name, part] of Object.entries(answer)) {
    if (part === null || typeof part !== 'object' || part.rows === undefined) continue;
    say(name);
    show(part);
  }
}

const results = {
  startedAt: new Date().toISOString(),
  quick: QUICK,
  machine,
  loadBefore,
  busy: busyBefore,
  candles: count,
  versions: Object.fromEntries(versions),
  suites: {},
};
let failed = false;
try {
  writeColumns(path, makeCandles(count));
  for (const [name, measure] of Object.entries(SUITES)) {
    if (ONLY !== undefined && !ONLY.includes(name)) continue;
    const load = round(loadavg()[0]);
    const start = performance.now();
    say(`\n== ${name} (load ${load})`);
    let answer;
    try {
      answer = await measure();
    } catch (error) {
      failed = true;
      answer = { failed: error.message, targets: [] };
      say(`failed: ${error.stack}`);
    }
    show(answer);
    if (answer.facts !== undefined) say(JSON.stringify(answer.facts));
    results.suites[name] = { loadBefore: load, seconds: round((performance.now() - start) / 1000), ...answer };
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const targets = Object.values(results.suites).flatMap((suite) => suite.targets ?? []);
say('\n== targets');
for (const { what, goal, measured, met } of targets)
  say(`${met ? 'met    ' : 'NOT MET'}  ${what}: ${measured ?? 'n/a'} (goal ${goal})`);
say(
  `${targets.filter(({ met }) => met).length} of ${targets.length} met${busyBefore ? ', on a busy machine' : ''}; load now ${loadavg()
    .map((load) => round(load))
    .join(' ')}`,
);
results.loadAfter = loadavg().map((load) => round(load));
writeFileSync(join(BENCH, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
say('written: bench/results.json');
process.exitCode = failed ? 1 : 0;
