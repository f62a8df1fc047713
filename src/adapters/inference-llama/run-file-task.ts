import { adoptFile } from './adopt-file.ts';
import { downloadFile } from './download-file.ts';
import type { FileTask, TaskResult } from './file-task.ts';

/** Between two tellings of how far a task is. */
const TELL_EVERY_MS = 100;

/** Does one task on files. Rejects with a Fault, with what the file system said, or with the signal's reason. */
export function runFileTask(
  task: FileTask,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<TaskResult> {
  let toldAt = 0;
  const tell = (done: number, total: number): void => {
    const now = Date.now();
    if (now - toldAt < TELL_EVERY_MS && done < total) return;
    toldAt = now;
    onProgress(done, total);
  };
  return task.do === 'adopt' ? adoptFile(task, tell, signal) : downloadFile(task, tell, signal);
}
