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

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
