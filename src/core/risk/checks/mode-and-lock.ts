import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/**
 * New risk needs an engine whose data are open and a mode in which agents may act by themselves. The modes that ask the master have no way
 * of asking yet, so in them nothing new is risked.
 */
export const modeAndLock: RiskCheck = {
  name: 'mode-and-lock',
  refuse(order, { access }) {
    if (onlyReduces(order)) return undefined;
    if (access.lock !== 'open') return 'the vault is locked';
    switch (access.mode) {
      case 'full':
        return undefined;
      case 'semi':
      case 'manual':
      case 'emergency':
        return `mode ${access.mode} lets no agent take new risk`;
      default:
        return `unknown mode ${JSON.stringify(access.mode satisfies never)}`;
    }
  },
};
