import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Clock } from '#core/kernel/clock.ts';

export type ScaledClockOptions = {
  /** Real time; a steady clock, so that a changed wall clock is no leap of the market. Its timers decide whether the process stays alive. */
  readonly base: Clock;
  /** What the scaled clock shows when it is made. */
  readonly start: UnixMs;
  /** Scaled milliseconds for each real one: at 60 a one-minute candle closes every second. */
  readonly speed: number;
};

/** A clock that runs `speed` times as fast as its base, for the simulated market in the window. It never goes back. */
export function createScaledClock({ base, start, speed }: ScaledClockOptions): Clock {
  if (!(Number.isFinite(speed) && speed > 0)) throw new RangeError(`the speed must be a positive number: ${speed}`);
  const origin = base.now();
  let latest = start;
  const now = (): UnixMs => {
    latest = unixMs(Math.max(latest, start + Math.floor((base.now() - origin) * speed)));
    return latest;
  };
  return {
    now,
    setTimer(at, fire) {
      // Rounded up, so that the base never fires before `now()` has reached `at`.
      const due = (): UnixMs => unixMs(origin + Math.ceil((at - start) / speed));
      const check = (): void => {
        if (now() >= at) fire();
        else cancel = base.setTimer(unixMs(Math.max(due(), base.now() + 1)), check);
      };
      let cancel = base.setTimer(due(), check);
      return () => cancel();
    },
  };
}
