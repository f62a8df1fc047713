import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** This release is spot and long only, whatever the envelope says: a sale must reduce. */
export const shortNotAllowed: RiskCheck = {
  name: 'short-not-allowed',
  refuse: (order) =>
    order.side === 'sell' && !onlyReduces(order) ? 'selling what is not held is not possible here' : undefined,
};
