import { add, type Decimal, decimal, multiply, subtract } from '../domain/decimal.ts';
import type { Opportunity } from './detect.ts';
import { inSteps } from './steps.ts';

const PPM_SCALE = 6;
const MILLION = 1_000_000;
const ONE: Decimal = decimal(1_000_000n, PPM_SCALE);

/**
 * The same opportunity with limits that give way: each leg may be worse by its equal part of what the trade would earn. When every leg
 * fills within its limit the trade as a whole does not lose; a leg that would cost more than that is not filled.
 */
export function withSlack(opportunity: Opportunity): Opportunity {
  const { legs, netPpm } = opportunity;
  // A part of what comes back and not of what went in: equal parts of the latter would lose the square of the gain.
  const part = decimal(
    BigInt(Math.max(0, Math.floor((netPpm * MILLION) / (legs.length * (MILLION + netPpm))))),
    PPM_SCALE,
  );
  return {
    ...opportunity,
    legs: legs.map((leg) => {
      const share = leg.side === 'buy' ? add(ONE, part) : subtract(ONE, part);
      return {
        ...leg,
        limit: inSteps(multiply(leg.limit, share), leg.market.tick, leg.side === 'buy' ? 'down' : 'up'),
      };
    }),
  };
}
