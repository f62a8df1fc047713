import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { killRounds, type Round } from '../support/kill-switch/kill-rounds.ts';
import type { Proof, ProofRow } from './types.ts';

const ORDERS = 200;
const ON_THE_WIRE_MS = 100;
const EMPTY_MS = 2_000;

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.POSITIVE_INFINITY;
};

/** Told to stop over its socket: how soon the cancels are at the venue, and how soon the venue is seen to be empty. */
export const r10: Proof = {
  id: 'R10',
  title: 'kill switch with the event loop loaded, the page killed and the model hung',
  async run({ size, scratch, say }) {
    const counts = size === 'ci' ? { bulk: 20, single: 6 } : { bulk: 200, single: 50 };
    const rows: ProofRow[] = [];
    const judge = (name: string, bulk: boolean, results: readonly Round[]): void => {
      const cancels = results.flatMap((round) => round.cancels);
      const last = results.map((round) => Math.max(...round.cancels));
      const empty = results.map((round) => round.emptyMs);
      const left = results.reduce((sum, round) => sum + round.left, 0);
      const proven = results.reduce((sum, round) => sum + round.proven, 0);
      rows.push(
        {
          what: `${name}: until a cancel is at the venue, p99 (p50 ${at(cancels, 0.5).toFixed(1)} ms; the last of a round, p50 ${at(last, 0.5).toFixed(1)} ms, most ${Math.max(...last).toFixed(1)} ms)`,
          goal: `under ${ON_THE_WIRE_MS} ms`,
          measured: `${at(cancels, 0.99).toFixed(1)} ms at a machine load of ${(loadavg()[0] ?? 0).toFixed(1)}`,
          n: cancels.length,
          // One request for each of 200 orders takes as long as writing 200 requests takes on a loop that is half gone.
          kind: 'clock',
          met: at(cancels, 0.99) < ON_THE_WIRE_MS,
        },
        {
          what: `${name}: until the venue is verified empty, worst of ${results.length} rounds`,
          goal: `under ${EMPTY_MS} ms`,
          measured: `${Math.max(...empty).toFixed(0)} ms`,
          n: results.length,
          kind: 'clock',
          met: Math.max(...empty) < EMPTY_MS,
        },
        {
          what: `${name}: orders left at the venue, and orders proven gone`,
          goal: `0 and ${ORDERS * results.length}`,
          measured: `${left} and ${proven}`,
          n: ORDERS * results.length,
          kind: 'goal',
          met: left === 0 && proven === ORDERS * results.length && results.every((round) => round.allStepsDone),
        },
      );
    };
    for (const bulk of [true, false]) {
      const rounds = bulk ? counts.bulk : counts.single;
      const name = bulk ? 'one request for all' : `${ORDERS} requests, because the venue refuses one for all`;
      say(`${rounds} rounds, ${name}`);
      const folder = join(scratch, bulk ? 'bulk' : 'single');
      mkdirSync(folder);
      judge(name, bulk, await killRounds({ home: join(folder, 'home'), rounds, orders: ORDERS, bulk }));
    }
    return { kind: 'ran', rows };
  },
};
