import { ENTRY_THRESHOLD, isMode, mayAct } from '../../automation/mode-table.ts';
import { compare, multiply, parseDecimal } from '../../domain/decimal.ts';
import { onlyReduces, plannedRisk } from '../exposure.ts';
import type { ProposedOrder, RiskCheck, RiskView } from '../types.ts';

const THRESHOLD = parseDecimal(ENTRY_THRESHOLD);

/**
 * New risk needs an engine whose data are open, and a mode that lets whoever asks take it: see `MODE_TABLE`. What only reduces never waits.
 * In semi an agent acts inside a brief that was approved, and what it plans to lose of real money above the threshold needs an approval of
 * its own. Who does not say who asks counts as an agent.
 */
export const modeAndLock: RiskCheck = {
  name: 'mode-and-lock',
  refuse(order, view) {
    const { access } = view;
    if (onlyReduces(order)) return undefined;
    if (access.lock !== 'open') return 'the vault is locked';
    if (!isMode(access.mode)) return `unknown mode ${JSON.stringify(access.mode)}`;
    const { mode, by = 'agent' } = access;
    if (by === 'agent' && mayAct(view.venue === 'live' ? 'spawn-live' : 'spawn', mode, by) === 'approval') {
      if (access.brief !== 'approved') return `mode ${mode}: no brief of this agent was approved`;
    }
    switch (mayAct(actionOf(order, view), mode, by)) {
      case 'go':
        return undefined;
      case 'approval':
        return access.entry === 'approved'
          ? undefined
          : `mode ${mode}: it plans to lose more than ${ENTRY_THRESHOLD} of the equity, and was not approved`;
      case 'proof':
      case 'no':
        return by === 'agent' ? `mode ${mode} lets no agent take new risk` : `mode ${mode} lets nobody take new risk`;
    }
  },
};

function actionOf(order: ProposedOrder, view: RiskView): 'enter' | 'enter-live' | 'enter-live-above' {
  if (view.venue !== 'live') return 'enter';
  return compare(plannedRisk(order, view), multiply(view.equity, THRESHOLD)) > 0 ? 'enter-live-above' : 'enter-live';
}
