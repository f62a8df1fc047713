import type { PriceDecimalsOf } from '#core/cycle/price-decimals.ts';
import type { StageName } from '#core/cycle/progress.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { AbortSource } from '#core/kernel/abort.ts';
import type { Stopwatch } from '#core/kernel/clock.ts';
import { type CycleProjection, projectRecord } from '#core/projections/cycle-view.ts';
import { BRIEF_STAGE, type CycleView, type StageView } from '#shared/contract/cycle.ts';

/**
 * A cycle of this process: what its records tell, and beside it what no record may hold, namely wall time and the stage at work.
 */
export type LiveCycle = {
  readonly cycle: number;
  readonly abort: AbortSource;
  readonly view: () => CycleView;
  readonly retired: () => { readonly ts: number; readonly why: string } | undefined;
  readonly records: () => readonly JournalRecord[];
  readonly take: (record: JournalRecord) => void;
  readonly stage: (name: StageName, state: 'running' | 'done' | 'skipped') => void;
  readonly fail: (message: string) => void;
  readonly finish: () => void;
  readonly ended: Promise<void>;
};

const round = (ms: number): number => Math.round(ms * 10) / 10;

export function createLiveCycle(
  cycle: number,
  first: JournalRecord,
  stopwatch: Stopwatch,
  abort: AbortSource,
  decimalsOf: PriceDecimalsOf,
): LiveCycle {
  const records: JournalRecord[] = [first];
  let projection: CycleProjection = projectRecord(undefined, first, decimalsOf);
  let retired: { readonly ts: number; readonly why: string } | undefined;
  let firstOrderMs: number | null = null;
  let totalMs: number | undefined;
  let failure: string | undefined;
  const began = new Map<StageName, number>();
  const took = new Map<StageName, number>();
  let running: StageName | undefined;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  /** Only where somebody was asked; the records of a run hold nothing of it. */
  const withBrief = (stages: readonly StageView[]): readonly StageView[] => {
    if (!began.has(BRIEF_STAGE)) return stages;
    const waits = running === BRIEF_STAGE;
    const brief: StageView = {
      name: BRIEF_STAGE,
      state: waits ? 'running' : 'done',
      detail: waits ? 'waits for the master to approve it' : 'decided',
    };
    return stages.flatMap((stage) => (stage.name === 'agent' ? [brief, stage] : [stage]));
  };

  const withTime = (stage: StageView): StageView => {
    const state = running === stage.name && stage.state === 'waiting' ? 'running' : stage.state;
    const start = state === 'running' && totalMs === undefined ? began.get(stage.name) : undefined;
    const elapsed = took.get(stage.name) ?? (start === undefined ? undefined : stopwatch.elapsedMs() - start);
    return { ...stage, state, ...(elapsed === undefined ? {} : { elapsedMs: round(elapsed) }) };
  };

  return {
    cycle,
    abort,
    ended,
    records: () => records,
    retired: () => retired,
    view() {
      const { view } = projection;
      const stages = withBrief(view.stages).map(withTime);
      return {
        ...view,
        stages:
          failure === undefined
            ? stages
            : stages.map((stage) => (stage.state === 'running' ? { ...stage, state: 'failed' as const } : stage)),
        state: failure === undefined ? view.state : 'failed',
        error: failure ?? view.error,
        timings: {
          totalMs: round(totalMs ?? stopwatch.elapsedMs()),
          pressToFirstOrderMs: firstOrderMs,
          stages: Object.fromEntries([...took].map(([name, ms]) => [name, round(ms)])),
        },
      };
    },
    take(record) {
      records.push(record);
      projection = projectRecord(projection, record, decimalsOf);
      if (record.type === 'order.submitted' && firstOrderMs === null) firstOrderMs = round(stopwatch.elapsedMs());
      if (record.type === 'agent.retired') {
        const payload = record.payload as { readonly why: string };
        retired = { ts: record.ts, why: payload.why };
      }
    },
    stage(name, state) {
      if (state === 'running') {
        began.set(name, stopwatch.elapsedMs());
        running = name;
        return;
      }
      const start = began.get(name);
      if (start !== undefined) took.set(name, stopwatch.elapsedMs() - start);
      if (running === name) running = undefined;
    },
    fail(message) {
      failure = message;
    },
    finish() {
      totalMs ??= stopwatch.elapsedMs();
      end();
    },
  };
}
