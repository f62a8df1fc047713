import type { AppClient } from '#shared/contract/app-contract.ts';
import type { DownloadView } from '#shared/contract/models.ts';

/** As Electron's `setProgressBar` takes it: a share from 0 to 1, above 1 for one that nobody knows, below 0 for none. */
const UNKNOWN = 2;
const NONE = -1;

/** A download may have been started by any face, so it is looked for at all times, and closely while there is one. */
const QUIET_MS = 5_000;
const FETCHING_MS = 1_000;

/** What the task bar shows of the downloads that run: how much of all that they bring has arrived. */
export function progressOf(downloads: readonly Pick<DownloadView, 'state' | 'doneBytes' | 'totalBytes'>[]): number {
  const running = downloads.filter(({ state }) => state === 'running');
  if (running.length === 0) return NONE;
  // A server need not say how much comes; then no share of the whole is known either.
  if (running.some(({ totalBytes }) => totalBytes === null || totalBytes === 0)) return UNKNOWN;
  const sum = (of: 'doneBytes' | 'totalBytes'): number => running.reduce((all, one) => all + (one[of] ?? 0), 0);
  return Math.min(1, sum('doneBytes') / sum('totalBytes'));
}

export type DownloadProgressOptions = {
  readonly client: AppClient;
  readonly show: (progress: number) => void;
  /** Runs `work` once after so many milliseconds; returns the undo. */
  readonly after?: (ms: number, work: () => void) => () => void;
};

const timeout = (ms: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** Keeps the progress in the task bar up to date. While the faces are locked nobody is told how far a download is, and none is shown. Returns the end. */
export function followDownloads({ client, show, after = timeout }: DownloadProgressOptions): () => void {
  let shown = NONE;
  let ended = false;
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    const downloads = await client.invoke('models.list', {}).then(
      (list) => list.downloads,
      () => [],
    );
    if (ended) return;
    const progress = progressOf(downloads);
    if (progress !== shown) show(progress);
    shown = progress;
    cancel = after(progress === NONE ? QUIET_MS : FETCHING_MS, () => void look());
  };
  void look();
  return () => {
    ended = true;
    cancel();
  };
}
