import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Clock, Stopwatch } from '#core/kernel/clock.ts';

export type SystemClockOptions = {
  /** False (the default): a waiting timer alone does not keep the process from ending. */
  readonly keepsProcessAlive?: boolean;
};

/**
 * No single wait is longer. Node's setTimeout fires at once above 2^31-1 ms, and it does not notice that the machine slept or that
 * its clock was set; with short waits a timer is at most this late after either.
 */
const LONGEST_WAIT_MS = 60_000;

function createClock(now: () => UnixMs, options: SystemClockOptions): Clock {
  return {
    now,
    setTimer(at, fire) {
      let pending: NodeJS.Timeout | undefined;
      const wait = (): void => {
        const left = Math.min(Math.max(0, at - now()), LONGEST_WAIT_MS);
        pending = setTimeout(() => {
          // setTimeout may wake a millisecond early by this clock, or at the end of one of several waits.
          if (now() >= at) fire();
          else wait();
        }, left);
        if (options.keepsProcessAlive !== true) pending.unref();
      };
      wait();
      return () => clearTimeout(pending);
    },
  };
}

/** The machine's wall clock. It may jump when the machine is set or wakes up. */
export const createSystemClock = (options: SystemClockOptions = {}): Clock =>
  createClock(() => unixMs(Date.now()), options);

/** Starts at the wall time and from then on only counts the time that passes: never back, no jump when the wall clock is set. */
export function createSteadyClock(options: SystemClockOptions = {}): Clock {
  const offset = Date.now() - performance.now();
  return createClock(() => unixMs(Math.floor(offset + performance.now())), options);
}

/** Measures from the moment it is made. */
export function createStopwatch(): Stopwatch {
  const start = performance.now();
  return { elapsedMs: () => performance.now() - start };
}
