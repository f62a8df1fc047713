import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Halted and reducing engines accept nothing that adds risk; a way out stays open in every state. */
export const tradingState: RiskCheck = {
  name: 'trading-state',
  refuse(order, { tradingState: state }) {
    switch (state) {
      case 'active':
        return undefined;
      case 'reducing':
      case 'halted':
        return onlyReduces(order) ? undefined : `trading is ${state}: only orders that reduce a position pass`;
      default:
        return `unknown trading state ${JSON.stringify(state satisfies never)}`;
    }
  },
};
