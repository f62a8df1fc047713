import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Mutant } from '../support/protocol/simulate.ts';
import type { SimulationAnswer, SimulationTask } from './r2-worker.ts';
import type { Proof, ProofRow } from './types.ts';

const CRASHES = { ci: 1_000_000, nightly: 10_000_000 } as const;
/** So many crashes show either planted bug several times over. */
const CONTROL_CRASHES = 40_000;

/** Short-lived objects by the million: a young generation that holds them is worth a third of the time. */
const YOUNG_MB = 128;

const runWorker = (task: SimulationTask): Promise<SimulationAnswer> =>
  new Promise((done, fail) => {
    const worker = new Worker(new URL('./r2-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.once('message', done);
    worker.once('error', fail);
  });

async function simulateAll(mutant: Mutant, crashes: number, seed: number): Promise<SimulationAnswer> {
  const workers = Math.min(2, availableParallelism());
  const answers = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      runWorker({
        mutant,
        crashes: Math.ceil(crashes / workers),
        firstSeed: seed * 100_000_000 + index,
        step: workers,
      }),
    ),
  );
  const sum = (of: (answer: SimulationAnswer) => number): number => answers.reduce((total, one) => total + of(one), 0);
  return {
    crashes: sum((one) => one.crashes),
    orders: sum((one) => one.orders),
    scenarios: sum((one) => one.scenarios),
    failed: sum((one) => one.failed),
    example: answers.find(({ example }) => example !== undefined)?.example,
    faults: answers.flatMap(({ faults }) => faults),
  };
}

/** The real protocol and the real execution on a virtual clock, killed between any two steps, on a line that loses what it can. */
export const r2: Proof = {
  id: 'R2',
  title: 'no order lost, doubled or left unresolved at simulated crash points',
  async run({ size, seed, say }) {
    const began = performance.now();
    const real = await simulateAll('none', CRASHES[size], seed);
    const seconds = (performance.now() - began) / 1000;
    const rows: ProofRow[] = [
      {
        what: `scenarios that end with an order lost, doubled, unresolved or a holding bare, seed ${seed}`,
        goal: `0 in ${CRASHES[size]} crashes`,
        measured: `${real.failed} of ${real.scenarios}, ${real.orders} orders${real.example === undefined ? '' : `; smallest: ${real.example}`}`,
        n: real.crashes,
        kind: 'goal',
        met: real.failed === 0 && real.crashes >= CRASHES[size],
      },
      {
        what: 'speed',
        goal: 'none',
        measured: `${Math.round(real.crashes / seconds)} crashes/s`,
        n: real.crashes,
        kind: 'figure',
        met: true,
      },
    ];
    const fired = new Map<string, number>();
    for (const [fault, count] of real.faults) fired.set(fault, (fired.get(fault) ?? 0) + count);
    const least = Math.min(...fired.values());
    rows.push({
      what: 'kinds of faults that were injected, and how often the rarest',
      goal: 'all 9',
      measured: `${fired.size} kinds, rarest ${least} times`,
      n: [...fired.values()].reduce((a, b) => a + b, 0),
      kind: 'goal',
      met: fired.size === 9,
    });
    for (const mutant of ['resend on unknown', 'first not-found means not placed'] as const) {
      const planted = await simulateAll(mutant, CONTROL_CRASHES, seed);
      say(`${mutant}, smallest scenario that shows it: ${planted.example ?? 'none'}`);
      rows.push({
        what: `control: ${mutant}`,
        goal: 'seen',
        measured: `${planted.failed} of ${planted.scenarios} scenarios fail`,
        n: planted.crashes,
        kind: 'control',
        met: planted.failed > 0,
      });
    }
    return { kind: 'ran', rows };
  },
};
