import { type Estimate, estimated, notEnough } from './figure.ts';
import { Z_95 } from './normal.ts';

/** Below ten the interval is wider than half of all there is, and a reader sees the number and not the interval. */
export const ENOUGH_FOR_SHARE = 10;

/**
 * A share with the score interval of E. B. Wilson (1927), which keeps inside 0..1 and holds its confidence where the textbook interval
 * p +- z sqrt(p q / n) fails: few trials, shares near 0 or 1.
 *   centre = (p + z^2/2n) / (1 + z^2/n);  half width = z / (1 + z^2/n) * sqrt(p (1 - p) / n + z^2 / 4n^2)
 */
export function shareOf(successes: number, n: number, of: string, need = ENOUGH_FOR_SHARE): Estimate {
  if (!(Number.isSafeInteger(successes) && Number.isSafeInteger(n) && successes >= 0 && successes <= n))
    throw new RangeError(`not a share: ${successes} of ${n}`);
  if (n < Math.max(1, need)) return notEnough(n, need, of);
  const { low, high } = wilsonInterval(successes, n);
  return estimated(successes / n, n, low, high, 'Wilson score');
}

/** The interval alone; n of at least 1. */
export function wilsonInterval(
  successes: number,
  n: number,
  z = Z_95,
): { readonly low: number; readonly high: number } {
  const p = successes / n;
  const shrink = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
