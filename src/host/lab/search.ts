import type { FamilyParameters } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import { backtestOverfitting } from '#core/statistics/backtest-overfitting.ts';
import { deflatedSharpe } from '#core/statistics/deflated-sharpe.ts';
import type { SearchRequest } from '#shared/contract/lab.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { figureOf } from './metric-figures.ts';
import type { RunPeriod } from './protocol.ts';
import { adaptiveBatch, drawNearBest, drawRandom, gridOf, openSpace } from './search-space.ts';
import { bestOf, type KeptTrial, type Objective, type StudyBench, type StudyTask, scoreOf } from './study-types.ts';
import { triedSoFar } from './tried.ts';

type Asked = Pick<SearchRequest, 'method' | 'space' | 'params' | 'budget' | 'seed' | 'objective'>;

/** Zeros in front, so that names sort as numbers do. */
export const placeName = (place: number): string => String(place).padStart(6, '0');

const taskAt =
  (period: RunPeriod) =>
  (params: FamilyParameters, place: number): StudyTask => ({ name: `all/${placeName(place)}`, params, period });

/** The configurations of a grid or a random search; they depend on the request alone. */
export function candidatesOf(bench: Pick<StudyBench, 'family'>, asked: Asked): readonly FamilyParameters[] {
  const space = openSpace(bench.family, asked);
  if (asked.method === 'grid') return gridOf(space, asked.budget);
  return drawRandom(space, asked.budget, createRng(asked.seed ?? 1).fork('search'));
}

/** Tries every configuration, or batch after batch of an adaptive search. Answers the trials in their order. */
export async function runSearch(bench: StudyBench, asked: Asked): Promise<readonly KeptTrial[]> {
  const task = taskAt(bench.period);
  if (asked.method !== 'adaptive') {
    const candidates = candidatesOf(bench, asked);
    bench.plan(candidates.length);
    return bench.run(candidates.map(task));
  }
  const space = openSpace(bench.family, asked);
  const rng = createRng(asked.seed ?? 1).fork('search');
  const trials: KeptTrial[] = [];
  bench.plan(asked.budget);
  for (let batch = 0; trials.length < asked.budget; batch++) {
    const own = rng.fork(`batch ${batch}`);
    const size = Math.min(adaptiveBatch(asked.budget), asked.budget - trials.length);
    const tried = trials.map((trial) => ({ params: trial.params, score: scoreOf(trial, asked.objective) }));
    const next = batch === 0 ? drawRandom(space, size, own) : drawNearBest(space, size, tried, own);
    if (next.length === 0) break;
    trials.push(...(await bench.run(next.map((params, i) => task(params, trials.length + i)))));
  }
  bench.plan(trials.length);
  return trials;
}

/** What the choice among so many costs: over every configuration ever tried on these candles, not only the ones of this study. */
export function significanceOf(
  bench: StudyBench,
  trials: readonly KeptTrial[],
  objective: Objective,
): LabStudyView['significance'] {
  const best = bestOf(trials, objective);
  const returns = best === undefined ? null : bench.returnsOf(`all/${placeName(best)}`);
  if (returns === null) return null;
  const deflated = deflatedSharpe(returns, triedSoFar(bench.store, bench.data.dataHash, bench.family.name));
  const all = trials.flatMap((_, place) => {
    const daily = bench.returnsOf(`all/${placeName(place)}`);
    // An account that was ruined has fewer days; it can't be the best on the others.
    return daily !== null && daily.length === returns.length ? [daily] : [];
  });
  const overfitting = backtestOverfitting(all, blocksFor(all.length));
  return {
    tried: deflated.trials,
    expectedMaximum: deflated.expectedMaximum,
    deflatedSharpe: figureOf(deflated.probability),
    overfitting: figureOf(overfitting.probability),
    overfittingLoss: figureOf(overfitting.probabilityOfLoss),
  };
}

/** The number of divisions grows as 2^blocks: 16 blocks give 12,870, 12 give 924, 8 give 70. Keeps the work within about a second. */
export const blocksFor = (trials: number): number => (trials <= 100 ? 16 : trials <= 2000 ? 12 : 8);
