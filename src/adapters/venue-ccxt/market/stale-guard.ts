/** Prices older than this are never fresh, however slow the market is. */
const LEAST_LIMIT_MS = 2_000;
/** A market's own rhythm: three times the median pause between its news. */
const MEDIAN_FACTOR = 3;
const REMEMBERED = 64;

export type StaleGuard = {
  arrived(at: number): void;
  /** How long news may be absent, in ms. */
  limitMs(): number;
  /** True when nothing came for longer than that. */
  isQuiet(now: number): boolean;
  /** Forgets the rhythm, after a reconnection. */
  reset(now: number): void;
};

/** Watches the age of the newest news of one instrument. Times are of a clock that does not jump. */
export function createStaleGuard(start: number): StaleGuard {
  let newest = start;
  let gaps: number[] = [];
  let median = 0;
  return {
    arrived(at) {
      gaps.push(Math.max(0, at - newest));
      if (gaps.length > REMEMBERED) gaps.shift();
      newest = at;
      median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
    },
    limitMs: () => Math.max(LEAST_LIMIT_MS, MEDIAN_FACTOR * median),
    isQuiet: (now) => now - newest > Math.max(LEAST_LIMIT_MS, MEDIAN_FACTOR * median),
    reset(now) {
      newest = now;
      gaps = [];
      median = 0;
    },
  };
}
