import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { PLANTED_BUGS, type PlantedBug } from '../support/safety/planted-bugs.ts';
import type { AnyModelAnswer, AnyModelTask } from './l1-worker.ts';
import type { Proof, ProofRow } from './types.ts';

const CASES = { ci: 200_000, nightly: 5_000_000 } as const;
const CONTROL_CASES = 4_000;
/** Fewer would say more about the generator than about the engine. */
const LEAST_TRADING = 0.2;
/**
 * The lift of 0.1 where it counts most: at half the size, from where the other half is climbed over 0.8 less the least confidence, which is
 * 0.6 at most here and 0.5 in the engine.
 */
const STATED_RATIO = 1 + 0.1 / (0.8 - 0.6);

const playOne = (task: AnyModelTask): Promise<AnyModelAnswer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./l1-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

async function playAll(bug: PlantedBug | 'none', cases: number, seed: number): Promise<AnyModelAnswer> {
  const workers = Math.min(4, availableParallelism());
  const answers = await Promise.all(
    Array.from({ length: workers }, (_, i) =>
      playOne({ bug, cases: Math.ceil(cases / workers), seed: seed * 1_000 + i }),
    ),
  );
  const counts = new Map<string, number>();
  for (const [what, n] of answers.flatMap((answer) => answer.counts)) counts.set(what, (counts.get(what) ?? 0) + n);
  const sum = (of: (answer: AnyModelAnswer) => number): number => answers.reduce((total, one) => total + of(one), 0);
  return {
    cases: sum((one) => one.cases),
    entries: sum((one) => one.entries),
    byModel: sum((one) => one.byModel),
    counts: [...counts].toSorted((a, b) => b[1] - a[1]),
    mostRatio: Math.max(...answers.map((one) => one.mostRatio)),
    opened: sum((one) => one.opened),
    broken: answers.find(({ broken }) => broken !== undefined)?.broken,
  };
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/**
 * Whatever a model writes, on whatever market, news and account: no order leaves that breaks a limit, a direction comes from the rules
 * alone, and neither the model nor the news make anything larger than it is without them, but for the stated lift of the confidence.
 */
export const l1: Proof = {
  id: 'L1',
  title: 'the gate holds for anything a model may write',
  async run({ size, seed, say }) {
    const wanted = CASES[size];
    say(`${wanted} decisions through analyst, spawner, agent, sizing and gate`);
    const real = await playAll('none', wanted, seed);
    for (const [what, n] of real.counts) say(`${String(n).padStart(8)}  ${what}`);
    const rows: ProofRow[] = [
      {
        what: `decisions that break a limit, or expose more with the model or the news than may be, seed ${seed}`,
        goal: '0',
        measured: real.broken === undefined ? '0' : `at least one: ${real.broken}`,
        n: real.cases,
        kind: 'goal',
        met: real.broken === undefined && real.cases >= wanted,
      },
      {
        what: 'of these, ended with an entry through the gate',
        goal: 'at least 20 %',
        measured: `${percent(real.entries, real.cases)}, in ${percent(real.byModel, real.entries)} of them the model's answer stood`,
        n: real.cases,
        kind: 'goal',
        met: real.entries / real.cases >= LEAST_TRADING && real.byModel / real.entries >= LEAST_TRADING,
      },
      {
        what: 'most exposure with the model over that without it, by the lift of 0.1 (1.33 by the policy of the engine)',
        goal: `at most ${STATED_RATIO.toFixed(2)} by the policies tried`,
        measured: `${real.mostRatio.toFixed(3)}; ${real.opened} entries were over the least confidence by the lift alone`,
        n: real.byModel,
        kind: 'goal',
        // Whole lots and cents may differ.
        met: real.mostRatio <= STATED_RATIO + 0.01,
      },
    ];
    for (const bug of PLANTED_BUGS) {
      const planted = await playAll(bug, CONTROL_CASES, seed);
      rows.push({
        what: `control: ${bug}`,
        goal: 'seen',
        measured: planted.broken === undefined ? 'not seen' : `seen: ${planted.broken.split(' in {')[0]}`,
        n: planted.cases,
        kind: 'control',
        met: planted.broken !== undefined,
      });
    }
    return { kind: 'ran', rows };
  },
};
