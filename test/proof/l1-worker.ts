import { parentPort, workerData } from 'node:worker_threads';
import { answerPlans } from '../support/safety/any-answer.ts';
import { situationPlans } from '../support/safety/any-situation.ts';
import { drawMoments } from '../support/safety/moments.ts';
import { type PlantedBug, plantedSeams } from '../support/safety/planted-bugs.ts';
import { type Case, playCase } from '../support/safety/play-case.ts';
import * as fc from '../support/seeded-check.ts';

export type AnyModelTask = { readonly bug: PlantedBug | 'none'; readonly cases: number; readonly seed: number };

export type AnyModelAnswer = {
  /** How many cases were played before the first that broke something, or all. */
  readonly cases: number;
  /** Cases that ended with an entry through the gate, and those of them in which the model's answer stood. */
  readonly entries: number;
  readonly byModel: number;
  /** How the model's answers ended, which part refused what was not entered, and which family entered. */
  readonly counts: readonly (readonly [string, number])[];
  /** Most exposure with the model over that without it. */
  readonly mostRatio: number;
  /** Entries that there were none of without the model: its lift brought the confidence over the least that trades. */
  readonly opened: number;
  /** The smallest case that breaks something, and what. */
  readonly broken: string | undefined;
};

const MOMENTS = 400;

const { bug, cases, seed } = workerData as AnyModelTask;
const moments = drawMoments(MOMENTS, seed);
const seams = plantedSeams(bug);
const counts = new Map<string, number>();
const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
let [played, entries, byModel, mostRatio, opened] = [0, 0, 0, 0, 0];
let failed = false;

const drawn: fc.Arbitrary<Case> = fc.record({
  situation: situationPlans(MOMENTS),
  authority: fc.constantFrom('earned' as const, 'earned' as const, 'trial' as const, 'withdrawn' as const),
  answers: fc.oneof(
    { weight: 9, arbitrary: fc.array(answerPlans, { minLength: 1, maxLength: 1 }) },
    fc.array(answerPlans, { minLength: 2, maxLength: 4 }),
  ),
});
const result = await fc.check(
  fc.asyncProperty(drawn, async (one) => {
    const { broken, decided, ratio } = await playCase(one, moments, seams);
    if (!failed) {
      played += 1;
      count(`model ${decided.assessment.model.kind}`);
      if (decided.entry === undefined) count(`no entry: ${decided.refusedBy}`);
      else {
        entries += 1;
        if (decided.assessment.source === 'model') byModel += 1;
        count(`entry: ${decided.spec?.family}`);
        if (Number.isFinite(ratio)) mostRatio = Math.max(mostRatio, ratio);
        else opened += 1;
      }
    }
    if (broken.length === 0) return;
    failed = true;
    throw new Error(broken.join('; '));
  }),
  { numRuns: cases, seed },
);
const smallest = result.counterexample === null ? '' : ` in ${JSON.stringify(result.counterexample[0])}`;
const answer: AnyModelAnswer = {
  cases: played,
  entries,
  byModel,
  counts: [...counts],
  mostRatio,
  opened,
  broken: result.failed
    ? `${result.errorInstance instanceof Error ? result.errorInstance.message : 'interrupted'}${smallest}`.slice(
        0,
        1_500,
      )
    : undefined,
};
parentPort?.postMessage(answer);
