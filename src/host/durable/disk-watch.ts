import { statfsSync } from 'node:fs';
import type { Logger } from '#core/ports/logger.ts';
import type { Ballast } from './ballast.ts';

/** Below this the owner is warned: a day of records fits many times, a backup perhaps not. */
const LOW_DISK_BYTES = 500_000_000;
const LOOK_EVERY_MS = 60_000;
/** A command that comes and goes sets nothing aside, and a start is not slowed by it. */
const BALLAST_AFTER_MS = 3_000;

/** Free space for this user, in bytes; null where the system does not say. */
export type DiskState = { readonly freeBytes: number | null; readonly low: boolean };

export type DiskWatch = { state(): DiskState; look(): DiskState; stop(): void };

export type DiskWatchOptions = {
  /** A folder on the disk that is watched. */
  readonly folder: string;
  readonly ballast: Ballast;
  readonly logger: Logger;
  readonly onChange: (state: DiskState) => void;
  /** Replaces the system's answer, for tests. */
  readonly freeBytes?: (folder: string) => number;
};

const freeOf = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** Looks at the journal's disk now and every minute, warns when it runs low, and sets the ballast aside while there is room. */
export function watchDisk({ folder, ballast, logger, onChange, freeBytes = freeOf }: DiskWatchOptions): DiskWatch {
  let state: DiskState = { freeBytes: null, low: false };
  const measure = (): DiskState => {
    try {
      const free = freeBytes(folder);
      return { freeBytes: free, low: free < LOW_DISK_BYTES };
    } catch {
      return { freeBytes: null, low: false };
    }
  };
  const look = (): DiskState => {
    const before = state;
    state = measure();
    if (state.low && !before.low)
      logger.warn('the disk of the data folder runs low', { freeMegabytes: Math.floor((state.freeBytes ?? 0) / 1e6) });
    if (state.low !== before.low) onChange(state);
    return state;
  };
  const fillBallast = (): void => {
    if (state.low || state.freeBytes === null) return;
    ballast
      .fill()
      .catch((error: unknown) =>
        logger.warn('no space could be set aside for emergency records', { why: String(error) }),
      );
  };
  look();
  const first = setTimeout(fillBallast, BALLAST_AFTER_MS).unref();
  const timer = setInterval(() => {
    look();
    fillBallast();
  }, LOOK_EVERY_MS).unref();
  return {
    state: () => state,
    look,
    stop() {
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
