import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Ceilings on orders per second, per minute, and on the same side of the same instrument; the venue's own budget stays free for cancels and exits. */
export const messageRate: RiskCheck = {
  name: 'message-rate',
  refuse(order, { ordersLastSecond, ordersLastMinute, repeatsLastMinute, limits }) {
    if (onlyReduces(order)) return undefined;
    if (!(ordersLastSecond < limits.maxOrdersPerSecond))
      return `${ordersLastSecond} orders in the last second, the limit is ${limits.maxOrdersPerSecond}`;
    if (!(ordersLastMinute < limits.maxOrdersPerMinute))
      return `${ordersLastMinute} orders in the last minute, the limit is ${limits.maxOrdersPerMinute}`;
    return repeatsLastMinute < limits.maxRepeatsPerMinute
      ? undefined
      : `${repeatsLastMinute} orders on this side of this instrument in the last minute, the limit is ${limits.maxRepeatsPerMinute}`;
  },
};
