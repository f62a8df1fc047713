/** The venue's wall clock: this machine's, wrong by a skew that a test may change. */
export type VenueClock = { now(): number; setSkew(ms: number): void; skew(): number };

export function createVenueClock(skewMs: number): VenueClock {
  let skew = skewMs;
  return {
    now: () => Date.now() + skew,
    setSkew: (ms) => {
      skew = ms;
    },
    skew: () => skew,
  };
}
