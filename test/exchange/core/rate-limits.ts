/** Counts what was used in the current window of the clock, as binance does. */
export type WindowCounter = {
  /** Adds, and answers the use of this window so far. */
  add(weight: number): number;
  used(): number;
  /** Seconds until the window ends, rounded up. */
  secondsLeft(): number;
};

export function createWindowCounter(now: () => number, windowMs: number): WindowCounter {
  let window = -1;
  let used = 0;
  const roll = (): void => {
    const current = Math.floor(now() / windowMs);
    if (current !== window) used = 0;
    window = current;
  };
  return {
    add: (weight) => {
      roll();
      used += weight;
      return used;
    },
    used: () => {
      roll();
      return used;
    },
    secondsLeft: () => Math.ceil((windowMs - (now() % windowMs)) / 1000),
  };
}

/** A counter that leaks: rises with each call and falls by so much a second, as kraken's does. */
export type LeakyCounter = {
  /** False, and nothing added, when the limit would be passed. */ tryAdd(weight: number): boolean;
};

export function createLeakyCounter(now: () => number, limit: number, leakPerSecond: number): LeakyCounter {
  let level = 0;
  let at = now();
  return {
    tryAdd: (weight) => {
      const time = now();
      level = Math.max(0, level - ((time - at) / 1000) * leakPerSecond);
      at = time;
      if (level + weight > limit) return false;
      level += weight;
      return true;
    },
  };
}
