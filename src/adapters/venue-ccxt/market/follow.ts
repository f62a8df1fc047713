import { unixMs } from '#core/domain/ids.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { inLane } from '../call-context.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

export type Follow = {
  /** One round: waits for the stream's next news and hands it on. */
  readonly next: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly steady: Clock;
  readonly chance: () => number;
};

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.setTimer(unixMs(clock.now() + Math.ceil(ms)), resolve);
  });

/** Repeats until stopped; after an error it waits, longer each time, until a round succeeds again. */
export function follow({ next, onError, steady, chance }: Follow): () => void {
  let stopped = false;
  const run = async (): Promise<void> => {
    let wait = FIRST_WAIT_MS;
    while (!stopped) {
      try {
        await inLane('data', next);
        wait = FIRST_WAIT_MS;
      } catch (error) {
        if (stopped) return;
        onError(error);
        await sleep(steady, wait * (1 + chance() * 0.5));
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  };
  void run();
  return () => {
    stopped = true;
  };
}
