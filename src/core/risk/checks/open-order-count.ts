import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** A ceiling on resting orders, against an agent that keeps asking. */
export const openOrderCount: RiskCheck = {
  name: 'open-order-count',
  refuse: (order, { openOrders, limits }) =>
    onlyReduces(order) || openOrders < limits.maxOpenOrders
      ? undefined
      : `${openOrders} orders are open, the limit is ${limits.maxOpenOrders}`,
};
