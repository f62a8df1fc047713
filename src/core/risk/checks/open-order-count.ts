import { onlyReduces } from '../exposure.ts';
import { LIMITS } from '../limits.ts';
import type { RiskCheck } from '../types.ts';

/** A ceiling on resting orders, against an agent that keeps asking. */
export const openOrderCount: RiskCheck = {
  name: 'open-order-count',
  refuse: (order, { openOrders }) =>
    onlyReduces(order) || openOrders < LIMITS.maxOpenOrders
      ? undefined
      : `${openOrders} orders are open, the limit is ${LIMITS.maxOpenOrders}`,
};
