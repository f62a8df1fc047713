import { createModelDownloader, type ModelDownloader } from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import type { FileTask, TaskResult } from './file-task.ts';
import { dropUnwritten, markWritten } from './kept-parts.ts';

type Download = Extract<FileTask, { do: 'download' }>;

/** Parts that are brought at the same time. */
const PARALLEL = 2;

/** Paused first, the library has no write left that it has not begun. */
const QUIET_WHEN_PAUSED_MS = 100;
/** After a failure the library has closed the file already, and tries a write that this met again after one to two seconds. */
const QUIET_WHEN_FAILED_MS = 3_000;
/** What the disk itself refused is noted as arrived all the same. */
const DISK_ERRORS = new Set(['ENOSPC', 'EIO', 'EDQUOT', 'EROFS']);

/**
 * Brings a model file from its address. The library keeps what has arrived beside the file, so that an interrupted download goes on
 * where it stopped; a paused one ends here with the signal's reason and keeps every part that had arrived whole.
 */
export async function downloadFile(
  task: Download,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<TaskResult> {
  await expectAnswer(task.url, signal);
  dropUnwritten(task.folder, task.fileName);
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
  const arrives = downloader.download();
  // Where the stop comes first nobody waits for it any more.
  arrives.catch(() => undefined);
  let stop: (why: unknown) => void = () => undefined;
  const stops = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  const pause = async (): Promise<void> => {
    if (pauseAll(downloader)) await markWritten(task.folder, task.fileName, QUIET_WHEN_PAUSED_MS);
    stop(signal.reason);
  };
  const heard = (): void => void pause().catch(stop);
  if (signal.aborted) heard();
  else signal.addEventListener('abort', heard, { once: true });
  try {
    return { did: 'download', path: await Promise.race([arrives, stops]), bytes: total };
  } catch (error) {
    // The file stays open after a stop: the process of a download ends with it.
    if (!signal.aborted && !DISK_ERRORS.has(codeOf(error)))
      await markWritten(task.folder, task.fileName, QUIET_WHEN_FAILED_MS);
    throw error;
  } finally {
    signal.removeEventListener('abort', heard);
  }
}

/** Lets no further bytes in. The library offers this only inside; where an update took it away, what was kept is not marked, hence not trusted. */
function pauseAll(downloader: ModelDownloader): boolean {
  const engines: unknown = Reflect.get(downloader, '_specificFileDownloaders');
  if (!Array.isArray(engines) || !engines.every((one) => typeof one?.pause === 'function')) return false;
  for (const engine of engines) engine.pause();
  return true;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

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
