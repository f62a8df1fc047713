import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';

/** Fastest pace of the simulated market: a one-minute candle closes every tenth of a second. */
const FASTEST = 600;

const speedText = z.coerce.number().min(1).max(FASTEST);

/**
 * Reads the master's own pace for the simulated market (`MT_MARKET_SPEED`): how many times as fast as the clock its time passes. Undefined: the
 * usual one. It is shown wherever the market is named, and no other market knows it. Throws a Fault when it is no such number.
 */
export function marketSpeed(chosen: string | undefined): number | undefined {
  if (chosen === undefined || chosen.trim() === '') return undefined;
  const parsed = speedText.safeParse(chosen);
  if (parsed.success) return parsed.data;
  throw new Fault(
    'usage',
    `MT_MARKET_SPEED is ${chosen.trim()}, which is no pace of the simulated market`,
    `give a number from 1 to ${FASTEST}, or leave it out`,
  );
}
