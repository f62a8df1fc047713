import { changeOf } from '#core/automation/mode-table.ts';
import { CHOSEN_MODES } from '#core/automation/types.ts';
import { approvalList, approvalView } from '#core/projections/approval-view.ts';
import { specView } from '#core/projections/cycle-parts.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ApprovalList, ModeView } from '#shared/contract/automation.ts';
import { decidedThrough } from '../access/decided-through.ts';
import { briefPromptOf } from '../agent-prompt.ts';
import type { ModeBook } from '../automation/mode-book.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';

type AutomationHandlers = Pick<
  AppHandlers,
  | 'mode.get'
  | 'mode.set'
  | 'approvals.list'
  | 'approvals.get'
  | 'approvals.approve'
  | 'approvals.reject'
  | 'approvals.edit'
>;

/** Decided approvals that every change tells; more are asked for. */
const TOLD = 50;

function modeView(modes: ModeBook): ModeView {
  const { mode: chosen, reason, by, since } = modes.chosen();
  const raises = CHOSEN_MODES.filter((mode) => changeOf(chosen, mode) === 'raise');
  return { mode: modes.mode(), chosen, reason, by, since, raises };
}

export const toldApprovals = ({ approvals }: Pick<EngineParts, 'approvals'>, limit = TOLD): ApprovalList =>
  approvalList(approvals.all(), limit, Date.now());

export function createAutomationHandlers(
  parts: EngineParts,
  runner: CycleRunner,
  changed: () => void,
): AutomationHandlers {
  const { modes, approvals, market, prompts } = parts;
  return {
    'mode.get': () => modeView(modes),
    'mode.set'({ mode, reason, by }) {
      const change = modes.set({ mode, reason, by: decidedThrough(by) }, market.clock.now());
      if (change !== 'same' && mode === 'manual') {
        // What agents hold stays with the stops that protect it, and is the master's from here on.
        runner.release('mode manual: the master decides', 'all');
        approvals.withdraw('mode manual: no agent takes new risk');
      }
      changed();
      return modeView(modes);
    },
    'approvals.list': ({ limit }) => toldApprovals(parts, limit),
    'approvals.get'({ id }) {
      const approval = approvals.get(id);
      const { spec, why } = approval.request;
      return { approval: approvalView(approval), spec: specView(spec, why), prompt: briefPromptOf(spec, prompts) };
    },
    'approvals.approve': ({ id, limits, by }) => approvalView(approvals.approve(id, limits, decidedThrough(by))),
    'approvals.reject': ({ id, reason, by }) => approvalView(approvals.reject(id, reason, decidedThrough(by))),
    'approvals.edit': ({ id, limits, by }) => approvalView(approvals.edit(id, limits, decidedThrough(by))),
  };
}
