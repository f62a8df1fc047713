import type { Cancel } from '#core/kernel/clock.ts';
import { type ClockGuard, createClockGuard } from '#core/kernel/clock-guard.ts';

const LOOK_MS = 1_000;
/** Ten looks without one: the machine slept, even where its steady clock went on. */
const LONGEST_SILENCE_MS = 10 * LOOK_MS;

/** Guards the clocks of this machine for as long as the engine runs in real time. */
export function watchClocks(): { readonly guard: ClockGuard; readonly stop: Cancel } {
  const guard = createClockGuard({
    clocks: { wall: Date.now, steady: () => performance.now() },
    longestSilenceMs: LONGEST_SILENCE_MS,
  });
  const timer = setInterval(() => guard.trouble(), LOOK_MS);
  timer.unref();
  return { guard, stop: () => clearInterval(timer) };
}
