import { type Action, ENTRY_THRESHOLD, isMode, mayAct } from '../../automation/mode-table.ts';
import type { Asker, Mode } from '../../automation/types.ts';
import { compare, isPositive, multiply, parseDecimal } from '../../domain/decimal.ts';
import { onlyReduces, plannedRisk } from '../exposure.ts';
import type { ProposedOrder, RiskCheck, RiskView } from '../types.ts';

const THRESHOLD = parseDecimal(ENTRY_THRESHOLD);

/**
 * New risk needs an engine whose data are open, and a mode that lets whoever asks take it: see `MODE_TABLE`. What only reduces never waits.
 * In semi an agent acts inside a brief that was approved, and what it plans to lose of real money above the threshold needs an approval of
 * its own. An agent that the master paused opens and adds nothing. An order of a program has no brief that somebody could have approved, so
 * that in semi it opens nothing. Who does not say who asks counts as an agent.
 */
export const modeAndLock: RiskCheck = {
  name: 'mode-and-lock',
  refuse(order, view) {
    const { access } = view;
    if (onlyReduces(order)) return undefined;
    if (access.lock !== 'open') return 'the vault is locked';
    if (access.paused !== undefined) return `the agent is paused: ${access.paused}`;
    if (!isMode(access.mode)) return `unknown mode ${JSON.stringify(access.mode)}`;
    const { mode, by = 'agent' } = access;
    if (by !== 'master' && mayAct(view.venue === 'live' ? 'spawn-live' : 'spawn', mode, by) === 'approval') {
      if (by === 'program') return `mode ${mode} lets no program open a position: a token is not the master's hand`;
      if (access.brief !== 'approved') return `mode ${mode}: no brief of this agent was approved`;
    }
    switch (mayAct(actionOf(order, view), mode, by)) {
      case 'go':
        return undefined;
      case 'approval':
        return access.entry === 'approved' ? undefined : `mode ${mode}: ${whyAsked(order, view)}, and was not approved`;
      case 'proof':
      case 'no':
        return `mode ${mode} lets ${shutOut(by, mode)} take new risk`;
    }
  },
};

/** Whether an order is an entry of an agent that the master is asked about before it is sent. */
export function asksMaster(order: ProposedOrder, view: RiskView): boolean {
  const { mode, by = 'agent', brief } = view.access;
  return !onlyReduces(order) && brief === 'approved' && mayAct(actionOf(order, view), mode, by) === 'approval';
}

/** Whom the mode keeps out: a program alone, or everybody with it. */
const shutOut = (by: Asker, mode: Mode): string =>
  by === 'agent' ? 'no agent' : mayAct('enter', mode, 'master') === 'no' ? 'nobody' : 'no program';

type Entering = Extract<Action, `enter${string}`>;

function actionOf(order: ProposedOrder, view: RiskView): Entering {
  const above = compare(plannedRisk(order, view), multiply(view.equity, THRESHOLD)) > 0;
  if (view.venue === 'live' && above) return 'enter-live-above';
  const { asks = 'live', formed = false } = view.access;
  // With real money every entry is the master's own in manual, whoever made the agent.
  const chosen = formed && view.venue !== 'live';
  if (asks === 'every' || (asks === 'large' && (above || isPositive(view.heldQuantity))))
    return chosen ? 'enter-chosen-asked' : 'enter-asked';
  if (view.venue === 'live') return 'enter-live';
  return chosen ? 'enter-chosen' : 'enter';
}

function whyAsked(order: ProposedOrder, view: RiskView): string {
  if (view.access.asks === 'every') return 'every entry asks';
  if (compare(plannedRisk(order, view), multiply(view.equity, THRESHOLD)) > 0)
    return `it plans to lose more than ${ENTRY_THRESHOLD} of the equity`;
  return 'it adds to a position';
}
