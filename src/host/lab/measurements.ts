import { sha256 } from '#adapters/digest/sha256.ts';
import { type AbortSource, type AbortToken, createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ArbitrageView } from '#shared/contract/arbitrage.ts';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import type { MeasurementSummary, MeasurementView } from '#shared/contract/measurements.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { arbitrageCsv } from './arbitrage-csv.ts';
import { arbitrageHtml } from './arbitrage-html.ts';
import { noSuchTable } from './export-report.ts';
import { familyStudyHtml } from './family-study/family-study-html.ts';
import { familyStudyCsv } from './family-study/family-study-text.ts';
import { unknownId } from './keep-run.ts';
import { Canceled, type LabWorker } from './lab-worker.ts';

/** What a measurement is given to work with: its threads can be ended from outside, and its progress is told. */
export type Measuring = {
  readonly startWorker: () => LabWorker;
  readonly planned: (steps: number) => void;
  readonly stepped: () => void;
  /** So many steps are done; told when a hundredth more of them is. */
  readonly reached: (done: number) => void;
  /** Of work without threads: what stops it throws `Canceled`. */
  readonly stop: AbortToken;
};

type Views = {
  readonly families: FamilyStudyView;
  readonly arbitrage: ArbitrageView;
  readonly scorecard: ScorecardView;
};
type Kind = keyof Views;
type Head = Pick<MeasurementSummary, 'source' | 'interval'>;

/** Measurements of families, of arbitrage and of the analysts, whoever asked for them. */
export type Measurements = {
  /** Runs the work and keeps what came of it. Throws what it throws, and Fault `refused` when it was stopped. */
  run<K extends Kind>(kind: K, head: Head, work: (tools: Measuring) => Promise<Views[K]>): Promise<Views[K]>;
  list(): MeasurementSummary[];
  show(id: string): MeasurementView;
  /** False when it had ended. */
  stop(id: string): boolean;
  report(request: AppInput<'lab.report'>): string;
  close(): Promise<void>;
};

/** Older ones are forgotten first: they are kept in memory alone. */
const MOST_KEPT = 20;

type Kept = {
  summary: MeasurementSummary;
  result: Partial<Views>;
  readonly workers: Set<LabWorker>;
  readonly stopping: AbortSource;
};

type Parts = {
  readonly startWorker: () => LabWorker;
  readonly now: () => number;
  readonly tell: (summary: MeasurementSummary) => void;
};

export function createMeasurements({ startWorker, now, tell }: Parts): Measurements {
  let kept: readonly Kept[] = [];
  let begun = 0;

  const found = (id: string): Kept => {
    const one = kept.find(({ summary }) => summary.id === id);
    if (one === undefined) throw unknownId(id);
    return one;
  };
  const change = (one: Kept, part: Partial<MeasurementSummary>): void => {
    one.summary = { ...one.summary, ...part };
    tell(one.summary);
  };
  const begin = (kind: Kind, head: Head): Kept => {
    begun += 1;
    const startedAt = now();
    const id = `M-${hashOf(sha256, 'measurement', { kind, startedAt, begun }).slice(0, 12)}`;
    const one: Kept = {
      summary: { id, kind, state: 'running', ...head, startedAt, endedAt: null, progress: null, cause: null },
      result: {},
      workers: new Set(),
      stopping: createAbortSource(),
    };
    const ended = kept.filter(({ summary }) => summary.state !== 'running');
    const tooOld = new Set(ended.slice(MOST_KEPT - 1));
    kept = [one, ...kept.filter((other) => !tooOld.has(other))];
    tell(one.summary);
    return one;
  };
  const stop = async (one: Kept): Promise<void> => {
    change(one, { state: 'canceled', endedAt: now() });
    one.stopping.abort('stopped');
    await Promise.all([...one.workers].map((worker) => worker.end()));
  };

  return {
    async run(kind, head, work) {
      const one = begin(kind, head);
      const running = (): boolean => one.summary.state === 'running';
      try {
        const view = await work({
          startWorker() {
            const worker = startWorker();
            one.workers.add(worker);
            return worker;
          },
          planned: (steps) => change(one, { progress: { done: 0, planned: steps } }),
          stepped() {
            const { progress } = one.summary;
            if (progress !== null && running()) change(one, { progress: { ...progress, done: progress.done + 1 } });
          },
          reached(done) {
            const { progress } = one.summary;
            if (progress === null || !running()) return;
            const hundredth = (steps: number): number => Math.floor((100 * steps) / Math.max(1, progress.planned));
            if (hundredth(done) > hundredth(progress.done)) change(one, { progress: { ...progress, done } });
          },
          stop: one.stopping.token,
        });
        one.result = { [kind]: view };
        change(one, { state: 'completed', endedAt: now() });
        return view;
      } catch (error) {
        if (!running() && error instanceof Canceled)
          throw new Fault('refused', `${one.summary.id} was stopped before its end`, 'Start it again.');
        const cause =
          error instanceof Fault
            ? { message: error.message, remedy: error.remedy }
            : { message: 'the engine failed at it', remedy: 'Look at Health, and report it with its diagnostics.' };
        change(one, { state: 'failed', endedAt: now(), cause });
        throw error;
      } finally {
        one.workers.clear();
      }
    },
    list: () => kept.map(({ summary }) => summary),
    show(id) {
      const { summary, result } = found(id);
      return {
        summary,
        families: result.families ?? null,
        arbitrage: result.arbitrage ?? null,
        scorecard: result.scorecard ?? null,
      };
    },
    stop(id) {
      const one = found(id);
      if (one.summary.state !== 'running') return false;
      void stop(one);
      return true;
    },
    report({ id, as }) {
      const { families, arbitrage } = found(id).result;
      if (found(id).summary.kind === 'scorecard')
        throw new Fault(
          'refused',
          `${id} is a scorecard, which has no report`,
          'Look at it on Performance, or print it: mt scorecard measure --json.',
        );
      if (as !== 'html' && as !== 'csv') throw noSuchTable(id, as);
      if (families !== undefined) return as === 'html' ? familyStudyHtml(families) : familyStudyCsv(families);
      if (arbitrage !== undefined) return as === 'html' ? arbitrageHtml(arbitrage) : arbitrageCsv(arbitrage);
      throw new Fault('refused', `${id} has no result`, 'Wait for its end, or start it again.');
    },
    async close() {
      await Promise.all(kept.filter(({ summary }) => summary.state === 'running').map(stop));
    },
  };
}
