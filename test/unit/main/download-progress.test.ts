import { describe, expect, it } from 'vitest';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { DownloadView } from '#shared/contract/models.ts';
import { followDownloads, progressOf } from '../../../src/main/download-progress.ts';

const download = (state: DownloadView['state'], doneBytes: number, totalBytes: number | null) =>
  ({ state, doneBytes, totalBytes }) as DownloadView;

describe('the progress in the task bar', () => {
  it.each([
    ['is none without a download', [], -1],
    ['is none while those that there are do not run', [download('paused', 5, 10), download('done', 10, 10)], -1],
    ['is the share of the one that runs', [download('failed', 1, 10), download('running', 25, 100)], 0.25],
    [
      'is of all that run together, by their bytes',
      [download('running', 10, 100), download('running', 290, 300)],
      0.75,
    ],
    [
      'is unknown while one does not say how much comes',
      [download('running', 50, 100), download('running', 5, null)],
      2,
    ],
    ['is never more than the whole', [download('running', 101, 100)], 1],
  ] as const)('%s', (_, downloads, progress) => {
    expect(progressOf(downloads)).toBe(progress);
  });

  it('follows a download to its end, shows none while nobody may be told, and ends', async () => {
    const answers: (readonly DownloadView[] | 'locked')[] = [];
    const waits: number[] = [];
    let next = (): void => undefined;
    const shown: number[] = [];
    const client = {
      async invoke() {
        const downloads = answers.shift() ?? [];
        if (downloads === 'locked') throw new Error('locked');
        return { downloads };
      },
    } as unknown as AppClient;
    answers.push([], [download('running', 1, 4)], [download('running', 1, 4)], 'locked', [download('running', 3, 4)]);
    const stop = followDownloads({
      client,
      show: (progress) => shown.push(progress),
      after(ms, work) {
        waits.push(ms);
        next = work;
        return () => {
          next = () => undefined;
        };
      },
    });
    for (let look = 1; look <= 5; look += 1) {
      await expect.poll(() => waits.length).toBe(look);
      next();
    }
    await expect.poll(() => waits.length).toBe(6);
    // The same figure is not said twice, and the last look found nothing.
    expect(shown).toEqual([0.25, -1, 0.75, -1]);
    expect(waits).toEqual([5_000, 1_000, 1_000, 5_000, 1_000, 5_000]);
    stop();
    next();
    expect(waits).toHaveLength(6);
  });
});
