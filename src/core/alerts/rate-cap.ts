import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';

/** A person who is told more often than this within a minute stops reading. */
export const MOST_A_MINUTE = 6;
const MINUTE_MS = 60_000;

export type RateCap = {
  /** Whether one more may be told now. What may not is counted for the digest. */
  take(): boolean;
  stop(): void;
};

/** Lets so many through in any minute; what is over is told together, once, when the minute of the first one has passed. */
export function createRateCap(clock: Clock, onDigest: (more: number) => void): RateCap {
  let told: UnixMs[] = [];
  let more = 0;
  let waiting: Cancel | undefined;
  const tellMore = (): void => {
    const count = more;
    more = 0;
    waiting = undefined;
    told.push(clock.now());
    onDigest(count);
  };
  return {
    take() {
      const now = clock.now();
      told = told.filter((at) => now - at < MINUTE_MS && at <= now);
      if (told.length < MOST_A_MINUTE && waiting === undefined) {
        told.push(now);
        return true;
      }
      more += 1;
      waiting ??= clock.setTimer(unixMs((told[0] ?? now) + MINUTE_MS), tellMore);
      return false;
    },
    stop: () => waiting?.(),
  };
}
