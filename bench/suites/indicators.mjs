import { join } from 'node:path';
import { buildTalib } from '../lib/build-talib.mjs';
import { median, pairRatio, round } from '../lib/measure.mjs';
import { startContestant } from '../lib/server.mjs';
import { startTalib } from '../lib/talib-server.mjs';

const WORKER = join(import.meta.dirname, '../workers/indicators.mjs');
const INDICATORS = ['sma', 'ema', 'rsi', 'atr', 'macd', 'bollinger', 'adx', 'rollingStd', 'rollingMax'];
const PEER_INDICATORS = ['sma', 'ema', 'rsi', 'atr', 'macd', 'bollinger', 'adx'];
const PEERS = [
  { library: 'debut', name: '@debut/indicators, one value at a time' },
  { library: 'ixjb94', name: '@ixjb94/indicators, whole columns' },
];
const PEER_WORKER = join(import.meta.dirname, '../workers/npm-indicators.mjs');
const PEER_ERROR = 1e-6;
const MOST_RATIO = 2.5;
const MOST_ERROR = 1e-12;

/** Ours beside TA-Lib's C, call by call, all of them in turn in one process each, as a program that uses several would run them. */
export async function measureIndicators({ path, count, folder, runs, warmUp, peers }) {
  const built = buildTalib();
  if (built.binary === undefined) return { notRun: [built.why] };
  const talib = startTalib(built.binary, path, count);
  const ours = await startContestant(WORKER, { path });
  const rows = [];
  try {
    const times = Object.fromEntries(INDICATORS.map((name) => [name, { ours: [], talib: [], cpu: [], talibCpu: [] }]));
    for (let round = -warmUp; round < runs; round++) {
      for (const name of INDICATORS) {
        const a = await ours.run(name);
        const b = await talib.run(name);
        if (round < 0) continue;
        times[name].ours.push(a.ms);
        times[name].talib.push(b.ms);
        times[name].cpu.push(a.cpuMs);
        times[name].talibCpu.push(b.cpuMs);
      }
    }
    for (const name of INDICATORS) {
      const dump = join(folder, `${name}.bin`);
      await talib.dump(name, dump);
      const { result } = await ours.ask({ kind: 'result', input: { name, dump } });
      const { ours: own, talib: theirs, cpu, talibCpu } = times[name];
      const differs = !(result.worst <= MOST_ERROR);
      rows.push({
        name,
        worstRelativeError: result.worst,
        ...(differs
          ? { refused: 'values differ from TA-Lib: no speed is printed' }
          : {
              ratio: round(pairRatio(own, theirs)),
              ms: round(median(own)),
              talibMs: round(median(theirs)),
              cpuMs: round(median(cpu)),
              talibCpuMs: round(median(talibCpu)),
            }),
      });
    }
  } finally {
    await ours.stop();
    await talib.stop();
  }
  const npm = peers ? await measurePeers(path, folder) : undefined;
  return {
    compiler: built.compiler,
    rows,
    ...(npm === undefined
      ? { notRun: ['not run: indicators of npm libraries (quick run, or not installed)'] }
      : { npm }),
    targets: rows.map(({ name, ratio }) => ({
      what: `${name}: time over TA-Lib C`,
      goal: `<= ${MOST_RATIO}`,
      measured: ratio,
      met: ratio !== undefined && ratio <= MOST_RATIO,
    })),
  };
}

/** What npm offers, beside our streams or our columns, whichever is the same form. A library whose values differ gets no time. */
async function measurePeers(path, folder) {
  const stream = await startContestant(PEER_WORKER, { path, library: 'ours' });
  const batch = await startContestant(WORKER, { path });
  const rows = [];
  try {
    for (const { library, name: form } of PEERS) {
      const peer = await startContestant(PEER_WORKER, { path, library }, { execArgv: ['--max-old-space-size=4096'] });
      try {
        for (const name of PEER_INDICATORS) {
          const { result } = await peer.ask({ kind: 'result', input: { name, dump: join(folder, `${name}.bin`) } });
          if (!(result.worst <= PEER_ERROR)) {
            rows.push({
              library: form,
              name,
              refused: `differs from TA-Lib by ${round(result.worst)}: no speed is printed`,
            });
            continue;
          }
          const own = library === 'debut' ? stream : batch;
          const [a, b] = [[], []];
          for (let turn = -1; turn < 5; turn++) {
            const [theirs, mine] = [await peer.run(name), await own.run(name)];
            if (turn < 0) continue;
            a.push(theirs.ms);
            b.push(mine.ms);
          }
          rows.push({
            library: form,
            name,
            timeOverOurs: round(pairRatio(a, b)),
            ms: round(median(a)),
            oursMs: round(median(b)),
          });
        }
      } finally {
        await peer.stop();
      }
    }
  } finally {
    await stream.stop();
    await batch.stop();
  }
  return { rows };
}
