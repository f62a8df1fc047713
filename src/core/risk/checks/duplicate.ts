import type { RiskCheck } from '../types.ts';

/** An order is sent once; a new decision makes a new client order id. */
export const duplicate: RiskCheck = {
  name: 'duplicate',
  refuse: (order, { knownOrderIds = [] }) =>
    knownOrderIds.includes(order.clientOrderId) ? `client order id ${order.clientOrderId} was used before` : undefined,
};
