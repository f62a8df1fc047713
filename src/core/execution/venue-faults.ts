import type { Rng } from '../kernel/rng.ts';

/** What can go wrong at a venue on purpose. All of it comes from one seeded stream: the same seed gives the same mishaps. */
export type VenueFaults = {
  readonly rng: Rng;
  /** Chance, 0 to 1, that a new order is refused. */
  readonly rejects?: number;
  /** Chance that a cancel is looked at only after the next open: a fill may come first. */
  readonly lateCancels?: number;
  /** Chance that a fill is reported twice. */
  readonly repeats?: number;
  /** Least and most milliseconds from sending an order to its arrival. One that misses an open arrives inside that candle. */
  readonly latencyMs?: readonly [least: number, most: number];
};

/** Draws one mishap after another. Each kind has its own stream, so that switching one on does not move the others. */
export type Mishaps = {
  rejects(): boolean;
  cancelsLate(): boolean;
  repeats(): boolean;
  latencyMs(): number;
};

export function createMishaps(faults: VenueFaults | undefined): Mishaps {
  if (faults === undefined)
    return { rejects: () => false, cancelsLate: () => false, repeats: () => false, latencyMs: () => 0 };
  const chance = (label: string, share: number | undefined): (() => boolean) => {
    const rng = faults.rng.fork(label);
    return () => share !== undefined && rng.next() < share;
  };
  const [least, most] = faults.latencyMs ?? [0, 0];
  const latency = faults.rng.fork('latency');
  return {
    rejects: chance('rejects', faults.rejects),
    cancelsLate: chance('late cancels', faults.lateCancels),
    repeats: chance('repeats', faults.repeats),
    latencyMs: () => (most === 0 ? 0 : least + latency.integer(most - least + 1)),
  };
}
