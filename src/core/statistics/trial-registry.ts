import { Fault } from '../kernel/fault.ts';
import type { TrialCount } from './deflated-sharpe.ts';
import { momentsOf } from './moments.ts';

/** One configuration that was tried on a dataset. One that failed or was given up was tried all the same. */
export type Trial = {
  /** Hash over family, parameters, profiles and code: two trials with one hash are the same question. */
  readonly configurationHash: string;
  readonly outcome:
    | { readonly kind: 'finished' /** Sharpe ratio of daily returns, not annualised. */; readonly dailySharpe: number }
    | { readonly kind: 'failed'; readonly cause: string };
};

export interface TrialRegistry {
  readonly datasetHash: string;
  /** Adds a trial; `repeated` when the same question was asked before, which is counted once. */
  record(trial: Trial): 'new' | 'repeated';
  /** Every different configuration, in the order in which it came. */
  trials(): readonly Trial[];
  /** What a result chosen among them must be deflated by. */
  count(): TrialCount;
}

/**
 * Counts everything that was tried on a dataset, so that the best of it pays for having been chosen. `earlier` is what was stored from
 * runs before. The same configuration with another result means that a run isn't deterministic: Fault `bad_data`.
 */
export function createTrialRegistry(datasetHash: string, earlier: readonly Trial[] = []): TrialRegistry {
  const known = new Map<string, Trial>();
  const record = (trial: Trial): 'new' | 'repeated' => {
    if (trial.outcome.kind === 'finished' && !Number.isFinite(trial.outcome.dailySharpe))
      throw new Fault(
        'bad_data',
        `the Sharpe ratio of configuration ${trial.configurationHash} is not a number`,
        'Record the trial as failed.',
      );
    const before = known.get(trial.configurationHash);
    if (before === undefined) {
      known.set(trial.configurationHash, trial);
      return 'new';
    }
    // A configuration that failed (or was interrupted) and is run again keeps its one place, now with its result.
    if (before.outcome.kind === 'failed') known.set(trial.configurationHash, trial);
    else if (trial.outcome.kind === 'finished' && trial.outcome.dailySharpe !== before.outcome.dailySharpe)
      throw new Fault(
        'bad_data',
        `configuration ${trial.configurationHash} gave ${before.outcome.dailySharpe} and now ${trial.outcome.dailySharpe}`,
        'Runs must be deterministic: compare the run hashes of the two.',
      );
    return 'repeated';
  };
  for (const trial of earlier) record(trial);
  return {
    datasetHash,
    record,
    trials: () => [...known.values()],
    count: () => {
      const sharpes = [...known.values()].flatMap(({ outcome }) =>
        outcome.kind === 'finished' ? [outcome.dailySharpe] : [],
      );
      return { trials: Math.max(1, known.size), sharpeVariance: momentsOf(sharpes).variance };
    },
  };
}
