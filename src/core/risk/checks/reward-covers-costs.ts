import { expectedPrice, onlyReduces, rewardProblem } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** An entry whose target lies so near that the fees eat half of it or more is refused: it can be reached and still lose money. */
export const rewardCoversCosts: RiskCheck = {
  name: 'reward-covers-costs',
  refuse(order, view) {
    if (onlyReduces(order) || order.target === undefined) return undefined;
    return rewardProblem(expectedPrice(order, view), order.target, view.feeBps);
  },
};
