import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { StudyState } from '#adapters/sqlite/lab-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import type { LabParts } from './backtests.ts';
import { evolutionPlan } from './evolution-plan.ts';
import { geneSheet } from './gene-sheets.ts';
import { unknownId } from './keep-run.ts';
import { Canceled, type LabWorker } from './lab-worker.ts';
import { openRequest } from './open-request.ts';
import { openSpace } from './search-space.ts';
import { createBench } from './study-bench.ts';
import { headOfStudy, type StudyAsked, scoreOf } from './study-types.ts';
import { completeStudy, studyId, summaryOfStudy, viewOfStudy } from './study-view.ts';
import { planOf } from './walk-forward.ts';

type Started = AppOutput<'lab.search'>;

/** Threads when nobody says otherwise: one core stays free for the engine's own work where there are more. */
const USUAL_WORKERS = 2;

export type Studies = {
  start(asked: StudyAsked): Promise<Started>;
  resume(id: string): Promise<Started>;
  cancel(id: string): boolean;
  wait(id: string): Promise<LabStudyView>;
  view(id: string): LabStudyView;
  list(limit: number): readonly LabStudySummary[];
  /** Stops what runs; it can be resumed by the next program. */
  close(): Promise<void>;
};

type Live = {
  readonly id: string;
  readonly summary: () => LabStudySummary;
  readonly ended: Promise<void>;
  readonly stop: (as: Extract<StudyState, 'canceled' | 'interrupted'>) => void;
};

export function createStudies(parts: LabParts & { readonly tell: (summary: LabStudySummary) => void }): Studies {
  const { store } = parts;
  let live: Live | undefined;
  let opening = false;

  const start = async (asked: StudyAsked): Promise<Started> => {
    if (live !== undefined || opening)
      throw new Fault(
        'refused',
        `${live === undefined ? 'another study' : live.id} is running, and one at a time uses the cores best`,
        'Wait until it ends, or cancel it.',
      );
    opening = true;
    try {
      return await open(asked);
    } finally {
      opening = false;
    }
  };

  const open = async (asked: StudyAsked): Promise<Started> => {
    const { run, ...head } = headOfStudy(asked);
    const opened = openRequest(run, parts.instruments, parts.candles);
    // Refused before any candle is read.
    if (asked.kind === 'evolution') for (const name of asked.request.families) geneSheet(name);
    else openSpace(opened.family, asked.request);
    const first = parts.startWorker();
    const workers: LabWorker[] = [first];
    try {
      const data = await first.ask({ kind: 'load', source: opened.source });
      const id = studyId(asked, data, opened.setup);
      const before = store.study(id);
      const known = before === undefined ? 0 : store.results(id).length;
      if (before?.state === 'completed') {
        await first.end();
        return { id, state: 'completed', planned: summaryOfStudy(before).planned, known };
      }
      if (asked.kind === 'walk-forward') planOf(data.columns, opened.period, asked.request);
      if (asked.kind === 'evolution') evolutionPlan(data.columns, opened.period, asked.request);
      const wanted = asked.request.workers ?? Math.min(USUAL_WORKERS, availableParallelism());
      while (workers.length < wanted) workers.push(parts.startWorker());
      await Promise.all(workers.map((worker) => worker.ask({ kind: 'begin', data, setup: opened.setup })));

      let summary: LabStudySummary = {
        kind: asked.kind,
        id,
        state: 'running',
        instrument: opened.setup.instrument?.symbol ?? null,
        interval: asked.request.interval,
        source: opened.sourceText,
        dataHash: data.dataHash,
        candles: data.columns.length,
        ...head,
        planned: 0,
        done: 0,
        failed: 0,
        workers: workers.length,
        etaMs: null,
        elapsedMs: before?.elapsedMs ?? 0,
        createdAt: before?.createdAt ?? parts.now(),
        cause: null,
        bestScore: null,
      };
      const spentBefore = summary.elapsedMs;
      const began = performance.now();
      let computed = 0;
      const now = (): LabStudySummary => {
        const spent = performance.now() - began;
        const left = summary.planned - summary.done;
        const etaMs = summary.state !== 'running' || computed === 0 ? null : Math.round((spent / computed) * left);
        return { ...summary, elapsedMs: Math.round(spentBefore + spent), etaMs };
      };
      const save = (state: StudyState, result: LabStudyView | null): void => {
        summary = { ...now(), state, etaMs: null };
        store.putStudy({
          id,
          createdAt: summary.createdAt,
          kind: asked.kind,
          state,
          request: JSON.stringify(asked.request),
          facts: JSON.stringify(summary),
          elapsedMs: summary.elapsedMs,
          result: result === null ? null : JSON.stringify({ ...result, ...summary }),
          cause: summary.cause === null ? null : JSON.stringify(summary.cause),
        });
        parts.tell(summary);
      };
      save('running', null);

      const bench = createBench({
        ...opened,
        id,
        data,
        store,
        workers,
        progress: {
          planned: (planned) => {
            summary = { ...summary, planned };
          },
          finished: (trial, wasKnown) => {
            if (!wasKnown) computed += 1;
            summary = {
              ...summary,
              done: summary.done + 1,
              planned: Math.max(summary.planned, summary.done + 1),
              failed: summary.failed + (trial.status === 'failed' ? 1 : 0),
              bestScore: better(summary.bestScore, scoreOf(trial, head.objective)),
            };
            parts.tell(now());
          },
        },
      });
      let stopped: 'canceled' | 'interrupted' | undefined;
      const finish = async (): Promise<void> => {
        try {
          const result = await completeStudy(asked, bench, now, parts.now);
          summary = { ...summary, bestScore: result.bestScore, ...failureOfAll(result) };
          save(summary.cause === null ? 'completed' : 'failed', result);
        } catch (error) {
          if (stopped === undefined || !(error instanceof Canceled)) summary = { ...summary, cause: causeOf(error) };
          save(summary.cause === null && stopped !== undefined ? stopped : 'failed', null);
        } finally {
          live = undefined;
          await Promise.all(workers.map((worker) => worker.end()));
        }
      };
      const ended = finish();
      live = {
        id,
        summary: now,
        ended,
        stop: (as) => {
          stopped ??= as;
          for (const worker of workers) void worker.end();
        },
      };
      return { id, state: 'running', planned: summary.planned, known };
    } catch (error) {
      await Promise.all(workers.map((worker) => worker.end()));
      throw error;
    }
  };

  return {
    start,
    async resume(id) {
      const row = store.study(id);
      if (row === undefined) throw unknownId(id);
      const asked = { kind: row.kind, request: JSON.parse(row.request) as StudyAsked['request'] } as StudyAsked;
      const started = await start(asked);
      if (started.id === id) return started;
      cancel(started.id);
      throw new Fault(
        'bad_data',
        `the candles of ${id} have changed since it began`,
        'Start it anew; what it tried stays counted.',
      );
    },
    cancel,
    async wait(id) {
      if (live?.id === id) await live.ended;
      return viewOfStudy(store, id);
    },
    view: (id) => viewOfStudy(store, id, live?.id === id ? live.summary() : undefined),
    list: (limit) => store.studies(limit).map((row) => (live?.id === row.id ? live.summary() : summaryOfStudy(row))),
    async close() {
      live?.stop('interrupted');
      await live?.ended;
    },
  };

  function cancel(id: string): boolean {
    if (live?.id !== id) {
      if (store.study(id) === undefined) throw unknownId(id);
      return false;
    }
    live.stop('canceled');
    return true;
  }
}

const better = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

const causeOf = (error: unknown): NonNullable<LabStudySummary['cause']> =>
  error instanceof Fault
    ? { code: error.code, message: error.message, remedy: error.remedy }
    : {
        code: 'internal',
        message: error instanceof Error ? error.message : String(error),
        remedy: 'Look at the log; what is finished is kept, and the study can be resumed.',
      };

/** A study of which every run failed has nothing to show for itself. */
const failureOfAll = ({ trials }: LabStudyView): Pick<LabStudySummary, 'cause'> =>
  trials.length > 0 && trials.every(({ status }) => status === 'failed')
    ? { cause: trials[0]?.cause ?? null }
    : { cause: null };
