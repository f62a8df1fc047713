import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { LabWorker } from './lab-worker.ts';
import type { OpenedRequest } from './open-request.ts';
import type { RunSetup, StudyData, TrialResult } from './protocol.ts';
import type { KeptTrial, StudyBench, StudyTask } from './study-types.ts';
import { configurationHash } from './tried.ts';

export type BenchProgress = {
  planned(runs: number): void;
  /** A run has been finished; `known` when an earlier attempt had done so. */
  finished(trial: KeptTrial, known: boolean): void;
};

type BenchOptions = Pick<OpenedRequest, 'family' | 'setup' | 'period'> & {
  readonly id: string;
  readonly data: StudyData;
  readonly store: LabStore;
  /** Threads that have the candles already. */
  readonly workers: readonly LabWorker[];
  readonly progress: BenchProgress;
};

function kept(result: TrialResult, { params }: StudyTask): KeptTrial {
  const { returns: _returns, ...rest } = result;
  return { ...rest, params };
}

const configurationOf = (setup: RunSetup, { params, genome }: StudyTask): Hash =>
  genome === undefined
    ? configurationHash(setup, params)
    : configurationHash({ ...setup, strategy: genome.strategy }, params, undefined, genome.envelope);

/**
 * Where the runs of one study are made. Each finished run is in the database before the next one of its thread begins, so that a crash
 * loses at most what was being computed; an attempt begins with what is there.
 */
export function createBench({ id, family, setup, period, data, store, workers, progress }: BenchOptions): StudyBench {
  const { dataHash } = data;
  const results = new Map(store.results(id).map((row) => [row.task, row] as const));

  const keep = (task: StudyTask, result: TrialResult): void => {
    const row = {
      task: task.name,
      runHash: result.runHash,
      body: JSON.stringify(kept(result, task)),
      returns: result.returns,
    };
    store.putResult({ id, dataHash, strategy: task.genome?.strategy ?? family.name }, row, {
      configurationHash: configurationOf(setup, task),
      dailySharpe: result.dailySharpe,
    });
    results.set(task.name, row);
  };

  const run = async (tasks: readonly StudyTask[]): Promise<readonly KeptTrial[]> => {
    const trials: KeptTrial[] = [];
    const missing: number[] = [];
    for (const [index, task] of tasks.entries()) {
      const row = results.get(task.name);
      if (row === undefined) missing.push(index);
      else {
        const trial = JSON.parse(row.body) as KeptTrial;
        trials[index] = trial;
        progress.finished(trial, true);
      }
    }
    let next = 0;
    const work = async (worker: LabWorker): Promise<void> => {
      for (let index = missing[next++]; index !== undefined; index = missing[next++]) {
        const task = tasks[index] as StudyTask;
        const { params, period: span, measureFrom, genome } = task;
        const result = await (genome === undefined
          ? worker.ask({ kind: 'trial', params, period: span, measureFrom })
          : worker.ask({ kind: 'windows', params, ...genome }));
        keep(task, result);
        const trial = kept(result, task);
        trials[index] = trial;
        progress.finished(trial, false);
      }
    };
    await Promise.all(workers.map(work));
    return trials;
  };

  return {
    id,
    family,
    setup,
    data,
    period,
    store,
    run,
    returnsOf: (task) => results.get(task)?.returns ?? null,
    plan: (runs) => progress.planned(runs),
  };
}
