import type { UnixMs } from '../domain/ids.ts';
import { type AbortToken, createAbortSource } from '../kernel/abort.ts';
import type { TestClock } from '../kernel/test-clock.ts';

/** One of those who step through a market together. Whoever has joined holds the clock until it waits or leaves. */
export type Walker = {
  /** True once the clock has reached the moment, false when asked to stop before. One wait at a time. */
  wait(moment: UnixMs, abort: AbortToken): Promise<boolean>;
  /** Lets the others of this moment come as far, then goes on in the order of joining: who thinks longer is not overtaken. */
  turn(): Promise<void>;
  leave(): void;
};

/**
 * A clock that several step through at the same time: it moves on only when all of them wait, to the earliest moment that one of them
 * waits for. So nobody is left behind while another one thinks, and the same walkers see the same moments in the same order each time.
 */
export type StepTogether = { join(): Walker };

type Waiting = { readonly moment: UnixMs; readonly go: (reached: boolean) => void };

/** `breathe` lets other work run before the clock moves, so that a long walk blocks neither a press nor a cancel. */
export function stepTogether(clock: TestClock, breathe: () => Promise<void>): StepTogether {
  const walkers = new Map<number, Waiting | undefined>();
  let joined = 0;
  let moving = false;

  const earliest = (): UnixMs | undefined => {
    let found: UnixMs | undefined;
    for (const waiting of walkers.values()) {
      if (waiting === undefined) return undefined;
      if (found === undefined || waiting.moment < found) found = waiting.moment;
    }
    return found;
  };

  const move = async (): Promise<void> => {
    if (moving) return;
    moving = true;
    try {
      while (earliest() !== undefined) {
        await breathe();
        const moment = earliest();
        // Somebody has joined or was stopped meanwhile.
        if (moment === undefined) return;
        if (moment > clock.now()) clock.advanceTo(moment);
        // In the order of joining, which is the order of the presses.
        for (const waiting of walkers.values())
          if (waiting !== undefined && waiting.moment <= clock.now()) waiting.go(true);
      }
    } finally {
      moving = false;
    }
  };

  return {
    join() {
      const me = joined++;
      walkers.set(me, undefined);
      const wait: Walker['wait'] = (moment, abort) => {
        if (abort.aborted) return Promise.resolve(false);
        return new Promise((resolve) => {
          const go = (reached: boolean): void => {
            cancelAbort();
            if (walkers.has(me)) walkers.set(me, undefined);
            resolve(reached);
          };
          const cancelAbort = abort.onAbort(() => go(false));
          walkers.set(me, { moment, go });
          void move();
        });
      };
      return {
        wait,
        async turn() {
          await wait(clock.now(), createAbortSource().token);
        },
        leave() {
          walkers.get(me)?.go(false);
          walkers.delete(me);
          void move();
        },
      };
    },
  };
}
