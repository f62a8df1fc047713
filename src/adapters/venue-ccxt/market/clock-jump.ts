import { unixMs } from '#core/domain/ids.ts';
import type { Cancel } from '#core/kernel/clock.ts';
import type { ExchangeClocks } from '../open-exchange.ts';

/** The wall clock may drift by less than this between two looks without anybody having set it. */
export const JUMP_MS = 500;
const LOOK_MS = 250;

/**
 * Calls `onJump` when the wall clock moved against the one that only counts: it was set, or the machine slept. A suspend shows as a jump too,
 * because the counting clock may have stood still meanwhile. Also calls `onTick` at each look.
 */
export function watchClockJumps(
  { wall, steady }: ExchangeClocks,
  onJump: (ms: number) => void,
  onTick: () => void,
): Cancel {
  let apart = wall.now() - steady.now();
  let stopped = false;
  let cancel: Cancel = () => undefined;
  const look = (): void => {
    if (stopped) return;
    const now = wall.now() - steady.now();
    const jump = now - apart;
    if (Math.abs(jump) > JUMP_MS) onJump(jump);
    // Slow drift is followed, so that hours of it never add up to a jump.
    apart = now;
    onTick();
    cancel = steady.setTimer(unixMs(steady.now() + LOOK_MS), look);
  };
  cancel = steady.setTimer(unixMs(steady.now() + LOOK_MS), look);
  return () => {
    stopped = true;
    cancel();
  };
}
