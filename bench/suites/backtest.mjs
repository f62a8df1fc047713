import { join } from 'node:path';
import { bundleWorker } from '../lib/bundle.mjs';
import { makeCandles, writeColumns } from '../lib/candles.mjs';
import { median, pairRatio, round } from '../lib/measure.mjs';
import { startContestant } from '../lib/server.mjs';

const WORKERS = join(import.meta.dirname, '../workers');
const worker = (name) => join(WORKERS, `${name}.mjs`);
const OURS = worker('ours');
const DATA_BYTES = 48;

const sameFills = (a, b) =>
  a.length === b.length && a.every(([candle, side], i) => candle === b[i][0] && side === b[i][1]);

/** Our engine, two loops written by hand and the peers that npm offers, one run after another in turn, each in a process of its own. */
export async function measureBacktest({ path, count, folder, runs, warmUp, peers, sizes }) {
  const names = ['plain-loop', 'struct-of-arrays', 'ours', ...(peers ? ['grademark'] : [])];
  const contestants = {};
  const notRun = [
    'not run: Debut (@debut/community-core is not in the npm registry that was asked)',
    ...(peers ? [] : ['not run: grademark (quick run)']),
  ];
  for (const name of names)
    contestants[name] = await startContestant(worker(name), { path }, { execArgv: ['--max-old-space-size=8192'] });
  try {
    const results = {};
    for (const name of names) results[name] = (await contestants[name].ask({ kind: 'result' })).result;
    const reference = results['plain-loop'];
    const differing = [];
    for (const name of ['struct-of-arrays', 'ours']) {
      const { fills, finalEquity } = results[name];
      if (!sameFills(fills, reference.fills)) differing.push(`${name}: other trades than the plain loop`);
      else if (finalEquity !== reference.finalEquity)
        differing.push(`${name}: equity ${finalEquity}, plain loop ${reference.finalEquity}`);
    }
    const { grademark } = results;
    const peerDiffers = grademark !== undefined && !sameFills(grademark.fills, grademark.expected);
    const facts = {
      candles: count,
      trades: reference.fills.filter(([, side]) => side < 0).length,
      finalEquity: reference.finalEquity,
      journalEvents: results.ours.journal,
      equityPoints: results.ours.equityPoints,
    };
    if (differing.length > 0)
      return {
        facts,
        notRun,
        refused: differing,
        targets: [
          { what: 'back-test: trades and equity equal', goal: 'equal', measured: differing.join('; '), met: false },
        ],
      };

    const times = Object.fromEntries(names.map((name) => [name, { ms: [], cpu: [], whole: [], rss: 0 }]));
    // The slow peer runs as often as the others but is not warmed up at length.
    for (let turn = -warmUp; turn < runs; turn++) {
      for (const name of names) {
        if (turn < -1 && name === 'grademark') continue;
        const { ms, cpuMs, rssMb, own } = await contestants[name].run();
        if (turn < 0) continue;
        const row = times[name];
        row.ms.push(own?.loopMs ?? ms);
        row.cpu.push(own?.loopCpuMs ?? cpuMs);
        row.whole.push(ms);
        row.rss = Math.max(row.rss, rssMb);
      }
    }
    const ours = times.ours.ms;
    const rows = names.map((name) => ({
      name,
      ...(name === 'grademark' && peerDiffers
        ? { refused: 'its trades are not what its own rules give: no speed is printed' }
        : {
            medianMs: round(median(times[name].ms)),
            cpuMs: round(median(times[name].cpu)),
            millionCandlesPerSecond: round(count / 1000 / median(times[name].ms)),
            timeOverOurs: round(pairRatio(times[name].ms, ours)),
          }),
      peakRssMb: times[name].rss,
    }));
    if (grademark !== undefined && !peerDiffers) {
      const missed = facts.trades - grademark.fills.filter(([, side]) => side < 0).length;
      notRun.push(`grademark misses ${missed} of ${facts.trades} trades by its own rules and charges no fee`);
    }
    const scaling = await measureSizes(sizes, folder, runs);
    const ratio = (name) => pairRatio(ours, times[name].ms);
    const speed = count / 1000 / median(ours);
    const bounded = (what, goal, measured, met) => ({ what, goal, measured: round(measured), met });
    return {
      facts: { ...facts, oursWholeCallMs: round(median(times.ours.whole)) },
      rows,
      notRun,
      scaling,
      targets: [
        { what: 'back-test: trades and equity equal to the exact loop', goal: 'equal', measured: 'equal', met: true },
        bounded('back-test: million candles a second in the event loop', '>= 10 (stretch 30)', speed, speed >= 10),
        bounded(
          'back-test: time over the struct-of-arrays engine',
          '<= 8',
          ratio('struct-of-arrays'),
          ratio('struct-of-arrays') <= 8,
        ),
        bounded(
          'back-test: time over the plain typed-array loop',
          '<= 50',
          ratio('plain-loop'),
          ratio('plain-loop') <= 50,
        ),
        ...(grademark !== undefined && !peerDiffers
          ? [
              bounded(
                'back-test: times faster than grademark',
                '>= 6',
                1 / ratio('grademark'),
                1 / ratio('grademark') >= 6,
              ),
            ]
          : []),
        ...scaling.targets,
      ],
    };
  } finally {
    for (const contestant of Object.values(contestants)) await contestant.stop();
  }
}

/** How time grows with size, 100,000 and a million candles in turn, and what one run of each size needs in a fresh process. */
async function measureSizes(sizes, folder, runs) {
  const paths = new Map();
  for (const size of sizes) {
    const path = join(folder, `candles-${size}.bin`);
    writeColumns(path, makeCandles(size));
    paths.set(size, path);
  }
  const [small, large] = [sizes[0], sizes[1]];
  const [one, two] = [
    await startContestant(OURS, { path: paths.get(small) }),
    await startContestant(OURS, { path: paths.get(large) }),
  ];
  const [shorter, longer] = [[], []];
  try {
    for (let turn = -4; turn < 2 * runs; turn++) {
      // The small one five times: a single run of it is shorter than a slice of the scheduler.
      const times = [];
      for (let k = 0; k < 5; k++) times.push((await one.run()).own.loopMs);
      const { own } = await two.run();
      if (turn < 0) continue;
      shorter.push(median(times));
      longer.push(own.loopMs);
    }
  } finally {
    await one.stop();
    await two.stop();
  }
  const growth = pairRatio(longer, shorter);
  const exponent = Math.log(growth) / Math.log(large / small);

  const { path: bundled, notRun } = await bundleWorker('ours');
  const rows = [];
  for (const [size, path] of paths) {
    const contestant = await startContestant(bundled ?? OURS, { path });
    try {
      const { rssMb } = await contestant.run();
      const { emptyMb } = contestant.ready.facts;
      const dataMb = round((size * DATA_BYTES) / 2 ** 20);
      rows.push({
        candles: size,
        dataMb,
        emptyProcessMb: emptyMb,
        peakRssMb: rssMb,
        rssOverData: round(rssMb / dataMb),
        withoutEmptyProcess: round((rssMb - emptyMb) / dataMb),
      });
    } finally {
      await contestant.stop();
    }
  }
  return {
    rows,
    notRun,
    targets: [
      {
        what: `back-test: time of ${large / 1e6} M over time of ${small / 1000} k candles`,
        goal: '<= 12',
        measured: round(growth),
        met: growth <= 12,
      },
      {
        what: 'back-test: scaling exponent (1 is linear)',
        goal: '<= 1.08',
        measured: round(exponent),
        met: exponent <= 1.08,
      },
      ...rows
        .filter(({ candles }) => candles >= 1_000_000)
        .map((row) => ({
          what: `back-test: peak memory of the whole process over the data, ${row.candles / 1e6} M candles (${row.withoutEmptyProcess} without the empty process)`,
          goal: '<= 3',
          measured: row.rssOverData,
          met: row.rssOverData <= 3,
        })),
    ],
  };
}
