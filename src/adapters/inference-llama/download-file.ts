import { createModelDownloader } from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import type { FileTask, TaskResult } from './file-task.ts';

type Download = Extract<FileTask, { do: 'download' }>;

/** Parts that are brought at the same time. */
const PARALLEL = 2;

/**
 * Brings a model file from its address. The library keeps what has arrived beside the file, so that an interrupted download goes on
 * where it stopped; a paused one ends here with the signal's reason and loses nothing.
 */
export async function downloadFile(
  task: Download,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<TaskResult> {
  await expectAnswer(task.url, signal);
  const downloader = await createModelDownloader({
    modelUri: task.url,
    dirPath: task.folder,
    fileName: task.fileName,
    parallelDownloads: PARALLEL,
    skipExisting: false,
    deleteTempFileOnCancel: false,
    onProgress: ({ downloadedSize, totalSize }) => onProgress(downloadedSize, totalSize),
  });
  const total = downloader.totalSize;
  if (total > task.mostBytes) {
    await downloader.cancel({ deleteTempFile: true });
    throw new Fault(
      'storage',
      `the file has ${inMegabytes(total)} MB and ${inMegabytes(task.mostBytes)} MB may be written`,
      'free some space on the disk of the data folder',
    );
  }
  const path = await downloader.download({ signal });
  // A canceled download of the library ends without an error.
  signal.throwIfAborted();
  return { did: 'download', path, bytes: downloader.totalSize };
}

/** A look at an address must not take longer; the transfer itself has no deadline. */
const ANSWER_MS = 20_000;
const GONE = new Set([404, 410]);

/** The library ends the whole process, without a word, where nothing answers. Refusals other than "not there" are left to it. */
async function expectAnswer(url: string, signal: AbortSignal): Promise<void> {
  const { host } = new URL(url);
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'HEAD',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    status = answer.status;
  } catch (error) {
    signal.throwIfAborted();
    throw new Fault(
      'unreachable',
      `nothing answers at ${host} (${causeOf(error)})`,
      'check the address and the connection',
    );
  }
  if (GONE.has(status))
    throw new Fault('not_found', `${host} has no such file (status ${status})`, 'copy the address of the file again');
}

/** `ECONNREFUSED` says more than `fetch failed`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : error.message;
}

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
