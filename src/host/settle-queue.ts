import type { Leftover } from './leftovers.ts';

/** Cycles that have to be ended for them, one after another. */
export type SettleQueue = {
  add(leftover: Leftover): void;
  /** Those that are still to be ended. */
  waiting(): number;
  /** Ends all that match. Throws at the first that cannot be ended now; it stays, and can be tried again. */
  run(matching?: (leftover: Leftover) => boolean): Promise<void>;
};

export function createSettleQueue(
  initial: readonly Leftover[],
  settleOne: (leftover: Leftover) => Promise<void>,
): SettleQueue {
  const leftovers = [...initial];
  let chain: Promise<void> = Promise.resolve();
  return {
    add: (leftover) => void leftovers.push(leftover),
    waiting: () => leftovers.length,
    run(matching = () => true) {
      const work = async (): Promise<void> => {
        for (let next = leftovers.find(matching); next !== undefined; next = leftovers.find(matching)) {
          await settleOne(next);
          leftovers.splice(leftovers.indexOf(next), 1);
        }
      };
      const result = chain.then(work);
      chain = result.catch(() => undefined);
      return result;
    },
  };
}
