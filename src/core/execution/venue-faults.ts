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
  /** Times during which the venue answers nobody: it refuses new orders and looks at cancels after the next open. What rests may fill. */
  readonly outages?: VenueOutages;
};

/** One outage begins `everyMs` after the end of the one before, on average, and lasts between the two bounds. */
export type VenueOutages = { readonly everyMs: number; readonly lastsMs: readonly [least: number, most: number] };

/** Draws one mishap after another. Each kind has its own stream, so that switching one on does not move the others. */
export type Mishaps = {
  rejects(): boolean;
  cancelsLate(): boolean;
  repeats(): boolean;
  latencyMs(): number;
  /** Whether an outage covers this moment; asked in the order of time. */
  isDown(now: number): boolean;
};

/** Walks through outages as time passes. The first moment that is asked about is the beginning of the world. */
function createOutages({ everyMs, lastsMs: [least, most] }: VenueOutages, rng: Rng): (now: number) => boolean {
  let from = Number.NaN;
  let until = Number.NaN;
  const after = (moment: number): void => {
    // Times between events that come at random: exponential, never infinite because next() is below 1.
    from = moment - Math.log(1 - rng.next()) * everyMs;
    until = from + least + rng.integer(most - least + 1);
  };
  return (now) => {
    if (Number.isNaN(from)) after(now);
    while (until <= now) after(until);
    return now >= from;
  };
}

export function createMishaps(faults: VenueFaults | undefined): Mishaps {
  if (faults === undefined)
    return {
      rejects: () => false,
      cancelsLate: () => false,
      repeats: () => false,
      latencyMs: () => 0,
      isDown: () => false,
    };
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
    isDown: faults.outages === undefined ? () => false : createOutages(faults.outages, faults.rng.fork('outages')),
    latencyMs: () => (most === 0 ? 0 : least + latency.integer(most - least + 1)),
  };
}
