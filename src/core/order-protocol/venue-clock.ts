import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Clock, Stopwatch } from '../kernel/clock.ts';
import type { ProtocolSettings } from './settings.ts';
import { ask, type Task } from './steps.ts';

const SAMPLES = 5;

/** The venue's clock as we know it, and whether ours can be trusted enough to send anything new. */
export type VenueClock = {
  /** Venue time by our clock and the measured offset. */
  now(): UnixMs;
  /** Why nothing new may be sent; undefined when the clocks agree. */
  problem(): string | undefined;
  /** Our wall clock moved against the monotonic one since the last measurement: it was set, or the machine slept. */
  jumped(): boolean;
  isDue(): boolean;
  /** Measures the offset as the median of several answers. False when the venue did not answer. */
  measure(): Task<boolean>;
};

export function createVenueClock(
  clock: Clock,
  stopwatch: Stopwatch | undefined,
  { worstOffsetMs, jumpMs, clockRefreshMs }: ProtocolSettings,
): VenueClock {
  let offset: number | undefined;
  let measuredAt = 0;
  /** Wall minus monotonic time: stands still while nobody touches the clock and the machine is awake. */
  const drift = (): number => (stopwatch === undefined ? 0 : clock.now() - stopwatch.elapsedMs());
  let baseline = drift();
  const jumped = (): boolean => Math.abs(drift() - baseline) > jumpMs;
  return {
    now: () => unixMs(Math.round(clock.now() + (offset ?? 0))),
    jumped,
    problem() {
      if (offset === undefined) return 'the clock of the venue is not known yet';
      if (jumped()) return 'the clock jumped or the machine slept; everything is looked at again first';
      if (Math.abs(offset) > worstOffsetMs)
        return `the clock is ${Math.round(Math.abs(offset))} ms ${offset > 0 ? 'behind' : 'ahead of'} the venue; at most ${worstOffsetMs} ms are allowed`;
      return undefined;
    },
    isDue: () => offset === undefined || Math.abs(clock.now() - measuredAt) >= clockRefreshMs,
    *measure() {
      const began = drift();
      const offsets: number[] = [];
      for (let i = 0; i < SAMPLES; i++) {
        const sent = clock.now();
        const answer = yield* ask('time');
        if (answer.kind === 'ok') offsets.push(answer.value - (sent + clock.now()) / 2);
      }
      // Samples that span a jump say nothing.
      if (offsets.length === 0 || Math.abs(drift() - began) > jumpMs) return false;
      offsets.sort((a, b) => a - b);
      offset = offsets[Math.floor(offsets.length / 2)] ?? 0;
      measuredAt = clock.now();
      baseline = began;
      return true;
    },
  };
}
