// A thousand pairs of averages over shared columns, by so many threads as are asked for. Threads take the next pair from a counter.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { prepareSweep, sweepCross } from '../../src/core/backtest/sweep.ts';
import { finestStep, toTicks } from '../../src/core/market/price-ticks.ts';
import { readColumns } from '../lib/candles.mjs';

const shared = (length) => new Float64Array(new SharedArrayBuffer(8 * length));

export async function prepare({ path, pairs: wanted, threads }) {
  const columns = readColumns(path);
  const market = prepareSweep(toTicks(columns, finestStep(columns)), shared);
  const pairs = [];
  for (let fast = 5; pairs.length < wanted; fast++)
    for (let more = 5; more <= 200 && pairs.length < wanted; more += 5) pairs.push([fast, fast + more]);
  const serial = pairs.flatMap(([fast, slow]) => {
    const { trades, bought, sold, isOpen } = sweepCross(market, fast, slow);
    return [trades, bought, sold, Number(isOpen)];
  });
  const next = new Int32Array(new SharedArrayBuffer(4));
  const results = shared(pairs.length * 4);
  const workers = [];
  for (let i = 0; i < threads; i++) {
    const worker = new Worker(join(import.meta.dirname, 'sweep-thread.mjs'), {
      workerData: { market, pairs, next, results },
    });
    await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    worker.unref();
    workers.push(worker);
  }
  return {
    runAsync: async (count) => {
      Atomics.store(next, 0, 0);
      results.fill(-1);
      await Promise.all(
        workers.slice(0, count).map(
          (worker) =>
            new Promise((resolve, reject) => {
              worker.once('message', resolve);
              worker.once('error', reject);
              worker.postMessage('go');
            }),
        ),
      );
      return { identical: serial.every((value, i) => value === results[i]), pairs: pairs.length };
    },
  };
}
