import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { median, pairRatio, round } from '../lib/measure.mjs';
import { startContestant } from '../lib/server.mjs';

const WORKER = join(import.meta.dirname, '../workers/sweep.mjs');

/** Pairs of parameters over shared columns with one and with two threads, in turn, compared value by value with a serial sweep. */
export async function measureSweep({ path, count, runs, pairs }) {
  const contestant = await startContestant(WORKER, { path, pairs, threads: 2 });
  const one = [];
  const two = [];
  let identical = true;
  try {
    for (let turn = -1; turn < runs; turn++) {
      const a = await contestant.run(1);
      const b = await contestant.run(2);
      identical &&= a.own.identical && b.own.identical;
      if (turn < 0) continue;
      one.push(a);
      two.push(b);
    }
  } finally {
    await contestant.stop();
  }
  if (!identical)
    return {
      refused: ['a threaded sweep differs from the serial one: no speed is printed'],
      targets: [{ what: 'sweep: equal to serial', goal: 'equal', measured: 'differs', met: false }],
    };
  const wall = (rows) => rows.map(({ ms }) => ms);
  const perSecond = (pairs * count) / 1000 / median(wall(one));
  const gain = pairRatio(wall(one), wall(two));
  const cores = availableParallelism();
  // What the threads cost each other, whoever else had the cores: the same work takes as much processor time by two as by one.
  const cpuGain =
    2 *
    pairRatio(
      one.map(({ cpuMs }) => cpuMs),
      two.map(({ cpuMs }) => cpuMs),
    );
  return {
    rows: [
      {
        workers: 1,
        medianMs: round(median(wall(one))),
        cpuMs: round(median(one.map(({ cpuMs }) => cpuMs))),
        millionPerSecond: round(perSecond),
      },
      {
        workers: 2,
        medianMs: round(median(wall(two))),
        cpuMs: round(median(two.map(({ cpuMs }) => cpuMs))),
        millionPerSecond: round((pairs * count) / 1000 / median(wall(two))),
      },
    ],
    targets: [
      {
        what: `sweep: ${pairs} pairs, million candle-parameters a second per core`,
        goal: '>= 100',
        measured: round(perSecond),
        met: perSecond >= 100,
      },
      {
        what: `sweep: two workers over one (${cores} cores; ${round(cpuGain)} by processor time)`,
        goal: '>= 1.7',
        measured: round(gain),
        met: gain >= 1.7,
      },
      { what: 'sweep: equal to serial, value by value', goal: 'equal', measured: 'equal', met: true },
    ],
  };
}
