import type { UnixMs } from '../domain/ids.ts';
import type { AbortToken } from '../kernel/abort.ts';
import type { TestClock } from '../kernel/test-clock.ts';

/**
 * Lets other work run, then moves the clock to `moment` unless it is there already. False when the caller was asked to stop, before or
 * by a timer that fell due on the way.
 */
export async function stepClockTo(
  clock: TestClock,
  moment: UnixMs,
  abort: AbortToken,
  breathe?: () => Promise<void>,
): Promise<boolean> {
  await breathe?.();
  if (abort.aborted) return false;
  if (moment > clock.now()) clock.advanceTo(moment);
  return !abort.aborted;
}
