import { sha256 } from '#adapters/digest/sha256.ts';
import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { Span } from '#core/statistics/walk-forward.ts';
import type { EvolveRequest } from '#shared/contract/lab.ts';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import type { LabParts } from './backtests.ts';
import { type BredTrial, type EvolutionOutcome, runEvolution } from './evolution.ts';
import { genomeViewOf } from './genome-view.ts';
import { judgeEvolution } from './judge-evolution.ts';
import { figureOf } from './metric-figures.ts';
import { type KeptTrial, ranked, type StudyBench, scoreOf } from './study-types.ts';
import { judgeReturns, periodOf } from './walk-forward.ts';

type Evolution = Extract<LabStudyView, { readonly kind: 'evolution' }>;

/** Runs the evolution to its end, judges its best, and answers what is kept of it. */
export async function completeEvolution(
  bench: StudyBench,
  request: EvolveRequest,
  head: () => LabStudySummary,
  now: LabParts['now'],
): Promise<Evolution> {
  const outcome = await runEvolution(bench, request);
  const { bred, drawn, best, proven, plan, looks } = outcome;
  const { significance, verdict, deflatedBySpread } = judgeEvolution(bench, outcome, now);
  const spanOf = (span: Span) => periodOf(bench.data.columns, span);
  const view = best === undefined ? null : genomeViewOf(best.genome, best, best.trial);
  return {
    ...head(),
    kind: 'evolution',
    resultHash: hashOf(sha256, 'study-result', { id: bench.id, answers: answersOf(outcome) }),
    trials: [
      ...ranked(
        bred.map(({ trial }) => trial),
        'fitness',
      ),
    ],
    significance,
    bestScore: view?.fitness ?? null,
    families: [...request.families],
    population: request.population,
    generations: generationsOf(bred),
    windows: plan.windows.map(spanOf),
    best: view,
    control: { tried: drawn.length, ...middleOf(drawn.map((trial) => scoreOf(trial, 'fitness'))) },
    proof: {
      ...spanOf(plan.proof),
      metrics:
        proven === undefined
          ? {}
          : { ...judgeReturns(proven.returns), maxDrawdown: figureOf(proven.trial.maxDrawdown) },
      trades: proven?.trial.trades ?? 0,
    },
    verdict: verdict === undefined ? null : { ...verdict, reasons: [...verdict.reasons], looks, deflatedBySpread },
    holdout: { ...spanOf(plan.holdout), state: 'locked' },
  };
}

/** Everything that was answered, in order; neither the verdict, which knows of other studies, nor how long it took. */
const answersOf = ({ bred, drawn, proven }: EvolutionOutcome): unknown => ({
  bred: bred.map(({ genome, trial }) => ({ genome: genome.hash, ...answerOf(trial) })),
  drawn: drawn.map(answerOf),
  proof: proven === undefined ? null : { genome: proven.genome.hash, ...answerOf(proven.trial) },
});

const answerOf = ({ runHash, params, status, trades }: KeptTrial) => ({ runHash, params, status, trades });

function middleOf(scores: readonly (number | null)[]): {
  readonly best: number | null;
  readonly median: number | null;
} {
  const known = scores.filter((score) => score !== null).sort((a, b) => a - b);
  return { best: known.at(-1) ?? null, median: known[Math.floor((known.length - 1) / 2)] ?? null };
}

function generationsOf(bred: readonly BredTrial[]): Evolution['generations'] {
  const rows: Evolution['generations'] = [];
  for (const { generation } of bred) {
    if (rows.some((row) => row.generation === generation)) continue;
    const own = bred.filter((one) => one.generation === generation).map(({ fitness }) => fitness);
    const { best, median } = middleOf(own);
    const before = rows.at(-1)?.bestSoFar ?? null;
    const bestSoFar = best === null ? before : before === null ? best : Math.max(before, best);
    rows.push({ generation, tried: own.length, best, median, bestSoFar });
  }
  return rows;
}

/** An evolution that has not ended: what is finished of it. */
export function unfinishedEvolution(store: LabStore, summary: LabStudySummary, request: EvolveRequest): Evolution {
  const trials = store
    .results(summary.id)
    .filter(({ task }) => task.startsWith('bred/'))
    .map(({ body }) => JSON.parse(body) as KeptTrial);
  return {
    ...summary,
    kind: 'evolution',
    resultHash: null,
    trials: [...ranked(trials, 'fitness')],
    significance: null,
    families: [...request.families],
    population: request.population,
    generations: [],
    windows: [],
    best: null,
    control: null,
    proof: null,
    verdict: null,
    holdout: null,
  };
}
