import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { RebalanceDesk } from '../portfolio/rebalance-desk.ts';

type RebalanceHandlers = Pick<AppHandlers, 'portfolio.targets' | 'portfolio.set_targets' | 'portfolio.rebalance'>;

export function createRebalanceHandlers(desk: RebalanceDesk): RebalanceHandlers {
  const answer = () => {
    const found = desk.targets();
    return { targets: found === undefined ? null : { ...found, weights: { ...found.weights } } };
  };
  return {
    'portfolio.targets': answer,
    'portfolio.set_targets'({ reason, ...targets }) {
      desk.setTargets(targets, reason);
      return answer();
    },
    'portfolio.rebalance': ({ preview }) => desk.rebalance(preview),
  };
}
