import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import { fitnessOf } from '#core/evolution/fitness.ts';
import type { EvolveRequest, LAB_OBJECTIVES, SearchRequest, WalkForwardRequest } from '#shared/contract/lab.ts';
import type { TrialView } from '#shared/contract/lab-views.ts';
import type { LabFamily } from './families.ts';
import { figureOf } from './metric-figures.ts';
import type { RunPeriod, RunSetup, StudyData, TrialResult, WindowsTask } from './protocol.ts';

export type StudyAsked =
  | { readonly kind: 'search'; readonly request: SearchRequest }
  | { readonly kind: 'walk-forward'; readonly request: WalkForwardRequest }
  | { readonly kind: 'evolution'; readonly request: EvolveRequest };

/** The request as a single run of it would be asked, and the words that stand over the study. */
export function headOfStudy({ kind, request }: StudyAsked) {
  if (kind !== 'evolution')
    return { run: request, strategy: request.strategy, method: request.method, objective: request.objective };
  const [first = '', ...others] = request.families;
  const all = request.families.join('+');
  return {
    run: { ...request, strategy: first },
    strategy: all.length <= 60 ? all : `${first} and ${others.length} more`,
    method: 'evolution' as const,
    objective: 'fitness' as const,
  };
}

export type Objective = (typeof LAB_OBJECTIVES)[number] | 'fitness';

/** One run of a study. Its name is its place: the same in every attempt, so that what is finished is found again. */
export type StudyTask = {
  readonly name: string;
  readonly params: FamilyParameters;
  readonly period: RunPeriod;
  /** Figures begin here; what lies before only warms the indicators up. */
  readonly measureFrom?: UnixMs;
  /** A genome, over windows of its own instead of one period. */
  readonly genome?: Omit<WindowsTask, 'kind' | 'params'>;
};

export type KeptTrial = Omit<TrialResult, 'returns'> & { readonly params: FamilyParameters };

/** What the runs of a study are made with, and how they are kept. */
export type StudyBench = {
  readonly id: string;
  readonly family: LabFamily;
  readonly setup: RunSetup;
  readonly data: StudyData;
  readonly period: RunPeriod;
  readonly store: LabStore;
  /** Runs what is not finished yet and answers all of them, in the order of the tasks. */
  readonly run: (tasks: readonly StudyTask[]) => Promise<readonly KeptTrial[]>;
  /** Daily returns of a finished run. */
  readonly returnsOf: (task: string) => Float64Array | null;
  /** How many runs there will be, as far as is known. */
  readonly plan: (runs: number) => void;
};

const valueOf = (figure: TrialResult['sharpe']): number | null => ('value' in figure ? figure.value : null);

/** Higher is better; null where there is too little data to say. */
export function scoreOf(
  trial: Pick<KeptTrial, 'sharpe' | 'sortino' | 'calmar' | 'totalReturn' | 'trades' | 'maxDrawdown'>,
  objective: Objective,
): number | null {
  if (objective === 'fitness')
    return fitnessOf({ ...trial, sharpe: valueOf(trial.sharpe), maxDrawdown: valueOf(trial.maxDrawdown) ?? 1 });
  const figure = trial[objective === 'return' ? 'totalReturn' : objective];
  return 'value' in figure ? figure.value : null;
}

/** Place of the best; the earlier one of two equals. Undefined when none has a score. */
export function bestOf(trials: readonly KeptTrial[], objective: Objective): number | undefined {
  let best: number | undefined;
  let top = Number.NEGATIVE_INFINITY;
  for (const [place, trial] of trials.entries()) {
    const score = scoreOf(trial, objective);
    if (score !== null && score > top) [best, top] = [place, score];
  }
  return best;
}

export const trialViewOf = (trial: KeptTrial, place: number, objective: Objective): TrialView => ({
  place,
  params: trial.params,
  runHash: trial.runHash,
  status: trial.status,
  cause: trial.cause,
  score: scoreOf(trial, objective),
  trades: trial.trades,
  finalEquity: trial.finalEquity,
  totalReturn: figureOf(trial.totalReturn),
  sharpe: figureOf(trial.sharpe),
  maxDrawdown: figureOf(trial.maxDrawdown),
});

/** Rows of a reply; the store has all of them. */
const TRIALS_SHOWN = 200;

/** The best first, those without a score after them, failures last. */
export function ranked(trials: readonly KeptTrial[], objective: Objective): readonly TrialView[] {
  const weight = ({ score, status }: TrialView): number =>
    status === 'failed' ? Number.NEGATIVE_INFINITY : (score ?? -Number.MAX_VALUE);
  return trials
    .map((trial, place) => trialViewOf(trial, place, objective))
    .toSorted((a, b) => {
      const [left, right] = [weight(a), weight(b)];
      return left === right ? a.place - b.place : right > left ? 1 : -1;
    })
    .slice(0, TRIALS_SHOWN);
}
