import { parentPort, workerData } from 'node:worker_threads';
import { sweepCross } from '../../src/core/backtest/sweep.ts';

const { market, pairs, next, results } = workerData;

parentPort.on('message', () => {
  for (let i = Atomics.add(next, 0, 1); i < pairs.length; i = Atomics.add(next, 0, 1)) {
    const { trades, bought, sold, isOpen } = sweepCross(market, pairs[i][0], pairs[i][1]);
    results.set([trades, bought, sold, Number(isOpen)], i * 4);
  }
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
