import { onlyReduces } from '../exposure.ts';
import { LIMITS } from '../limits.ts';
import type { RiskCheck } from '../types.ts';

/** A ceiling on orders in the last minute; the venue's own budget stays free for cancels and exits. */
export const messageRate: RiskCheck = {
  name: 'message-rate',
  refuse: (order, { ordersLastMinute }) =>
    onlyReduces(order) || ordersLastMinute < LIMITS.maxOrdersPerMinute
      ? undefined
      : `${ordersLastMinute} orders in the last minute, the limit is ${LIMITS.maxOrdersPerMinute}`,
};
