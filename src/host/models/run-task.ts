import type { FileTask, TaskResult } from '#adapters/inference-llama/file-task.ts';
import { fromWorkerMessage } from '#adapters/inference-llama/protocol.ts';
import type { WorkerLike } from '../worker-like.ts';

export type TaskOutcome =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly why: string }
  /** Ended because it was asked to; a download goes on from there the next time. */
  | { readonly kind: 'stopped' };

export type RunningTask = { readonly outcome: Promise<TaskOutcome>; stop(): void };

/** A process that is told to stop gets so long to write down what it has. */
const GRACE_MS = 5_000;

/** Has one task on files done in a process of its own. */
export function runTask(
  worker: WorkerLike,
  task: FileTask,
  onProgress: (done: number, total: number) => void,
): RunningTask {
  let stopping = false;
  let ended: TaskOutcome | undefined;
  let patience: NodeJS.Timeout | undefined;
  const letGo = (): void => {
    worker.postMessage({ kind: 'stop' });
    patience ??= setTimeout(() => worker.kill(), GRACE_MS);
  };
  const outcome = new Promise<TaskOutcome>((resolve) => {
    const end = (what: TaskOutcome): void => {
      ended ??= stopping && what.kind !== 'done' ? { kind: 'stopped' } : what;
      letGo();
    };
    worker.onMessage((raw) => {
      const parsed = fromWorkerMessage.safeParse(raw);
      if (!parsed.success || ended !== undefined) return;
      const message = parsed.data;
      if (message.kind === 'task_progress') onProgress(message.done, message.total);
      if (message.kind === 'task_done') end({ kind: 'done', result: message.result });
      if (message.kind === 'task_failed') end({ kind: 'failed', why: message.why });
    });
    // Settled when the process is gone, so that nobody moves a file that it still holds.
    worker.onExit((why) => {
      clearTimeout(patience);
      resolve(ended ?? (stopping ? { kind: 'stopped' } : { kind: 'failed', why }));
    });
  });
  worker.postMessage({ kind: 'task', task });
  return {
    outcome,
    stop() {
      stopping = true;
      letGo();
    },
  };
}
