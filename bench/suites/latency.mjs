import { join } from 'node:path';
import { median, quantile, round } from '../lib/measure.mjs';
import { startContestant } from '../lib/server.mjs';

const WORKER = join(import.meta.dirname, '../workers/latency.mjs');

/** What lies between a decision and the request at the venue, and between a candle and the fill that follows from it. */
export async function measureLatency({ folder, orders }) {
  const contestant = await startContestant(WORKER, { folder, orders });
  try {
    const { own } = await contestant.run();
    const names = {
      total: 'intent to venue request, durable record included',
      disk: 'of it the durable record',
      outsideDisk: 'intent to venue request without the disk',
      fill: 'candle to durable fill and its protective orders',
      fillOutsideDisk: 'the same without the disk',
    };
    const rows = Object.entries(names).map(([key, name]) => ({
      name,
      p50Ms: round(median(own.times[key])),
      p99Ms: round(quantile(own.times[key], 0.99)),
      maxMs: round(Math.max(...own.times[key])),
    }));
    const of = (key) => rows[Object.keys(names).indexOf(key)];
    const below = (what, goal, measured, limit) => ({ what, goal, measured, met: measured < limit });
    return {
      rows,
      notRun: [
        'not run: signing of a request and the network (no live venue here): the request is a call of the simulated venue',
      ],
      targets: [
        below('order: decision to request with durable commit, p50 ms', '< 5', of('total').p50Ms, 5),
        below('order: decision to request with durable commit, p99 ms', '< 25', of('total').p99Ms, 25),
        below('order: decision to request with durable commit, max ms', '< 100', of('total').maxMs, 100),
        below('order: intent to request outside the disk, p99 ms', '<= 0.3', of('outsideDisk').p99Ms, 0.3),
      ],
    };
  } finally {
    await contestant.stop();
  }
}
