import { parentPort } from 'node:worker_threads';
import type { ColumnFamily } from '#core/agent/column-family.ts';
import { smaCross } from '#core/agent/families/sma-cross.ts';
import { serveLab } from '#host/lab/serve-lab.ts';

// A lab thread whose strategy misbehaves: with fast 5 it throws in the middle of the candles, with fast 10 it asks for a candle that is
// not closed, with fast 13 it never comes back. Anything else is the ordinary yardstick.
const misbehaving: ColumnFamily = {
  ...smaCross,
  create(parameters, rng) {
    const play = smaCross.create(parameters, rng);
    let decisions = 0;
    return (market) => {
      decisions += 1;
      const fast = parameters['fast'];
      if (decisions === 300 && fast === 5) throw new Error('the strategy lost its way');
      if (decisions === 300 && fast === 10) market.series[0].close(-1);
      if (fast === 13) for (;;) decisions += 1;
      play(market);
    };
  },
};

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
serveLab(parentPort, () => misbehaving);
