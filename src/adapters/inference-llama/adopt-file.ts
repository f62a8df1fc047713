import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkModelFile } from './check-model-file.ts';
import type { FileTask, TaskResult } from './file-task.ts';
import { readModelFacts } from './model-facts.ts';

type Adopt = Extract<FileTask, { do: 'adopt' }>;
type Progress = (done: number, total: number) => void;

/**
 * Looks at a model file and hashes it in one reading, which also copies it where that was asked for: what was hashed is what was
 * written. The copy appears whole or not at all.
 */
export async function adoptFile(task: Adopt, onProgress: Progress, signal: AbortSignal): Promise<TaskResult> {
  const file = await checkModelFile(task.path);
  const name = basename(task.path);
  const facts = await readModelFacts(task.path, name, task.contextSize);
  const partial = task.to === null ? undefined : `${task.to}.part`;
  try {
    const { sha256, bytes } = await readThrough(task.path, partial, (done) => onProgress(done, file.bytes), signal);
    if (partial !== undefined && task.to !== null) await rename(partial, task.to);
    return { did: 'adopt', sha256, bytes, facts };
  } catch (error) {
    if (partial !== undefined) await rm(partial, { force: true });
    throw error;
  }
}

async function readThrough(
  path: string,
  copyTo: string | undefined,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  const copy = copyTo === undefined ? undefined : await open(copyTo, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
      const read = chunk as Buffer;
      hash.update(read);
      bytes += read.length;
      await copy?.writeFile(read);
      onProgress(bytes);
    }
    await copy?.sync();
  } finally {
    await copy?.close();
  }
  const { size } = await stat(path);
  if (size !== bytes) throw new Error('the file changed while it was read');
  return { sha256: hash.digest('hex'), bytes };
}
