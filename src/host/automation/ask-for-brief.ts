import type { ApprovalEvidence, ApprovalImpact } from '#core/automation/approval-types.ts';
import { impactOf, limitsOfSpec } from '#core/automation/brief-limits.ts';
import { mayAct } from '#core/automation/mode-table.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import type { Brief } from '#core/cycle/brief.ts';
import type { CyclePorts, CycleSetup } from '#core/cycle/run-cycle.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import { spawnerOf } from '../cycles/refuse-by-mode.ts';
import { drawdownOf } from '../paper/paper-view.ts';
import type { EngineParts } from '../parts.ts';

export type AskForBrief = {
  readonly parts: Pick<EngineParts, 'modes' | 'approvals' | 'limitBook'>;
  readonly setup: CycleSetup;
  readonly account: TradingAccount;
  readonly runId: RunId;
  readonly cycle: () => number;
  /** Says when nobody waits for the answer any more. */
  readonly stop: AbortToken;
  /** Told what spoke for it. */
  readonly onApproved: (evidence: ApprovalEvidence) => void;
};

/**
 * What a cycle asks before it spawns: nobody in full, the master in semi; in the other modes nothing is spawned. Of an agent that the master
 * chose himself he has read the brief in the form: sending it off was the approval.
 */
export function askForBrief(options: AskForBrief): NonNullable<CyclePorts['approve']> {
  const { parts, setup, runId, cycle, stop, onApproved } = options;
  return (brief) => {
    const mode = parts.modes.mode();
    const { spec, why, assessment } = brief;
    const evidence: ApprovalEvidence = {
      regime: assessment.regime,
      confidence: assessment.confidence,
      source: assessment.source,
      reasons: assessment.reasons,
      facts: brief.facts,
      lessons: spec.lessons,
    };
    switch (mayAct('spawn', mode, spawnerOf(setup.chosen))) {
      case 'go':
        if (setup.chosen?.by === 'master') onApproved(evidence);
        return undefined;
      case 'approval':
        break;
      case 'proof':
      case 'no':
        return Promise.resolve({ kind: 'declined', why: `mode ${mode} lets no agent take new risk` });
    }
    const asked = parts.approvals.ask(
      {
        kind: 'brief',
        cycle: cycle(),
        runId,
        environment: setup.environment,
        instrumentId: setup.instrument.id,
        symbol: setup.instrument.symbol,
        interval: setup.interval,
        why,
        limits: limitsOfSpec(spec),
        impact: impactFor(brief, options),
        evidence,
        spec,
        entry: null,
      },
      stop,
    );
    return asked.then((decided) => {
      if (decided.kind === 'approved') onApproved(evidence);
      return decided;
    });
  };
}

const impactFor = ({ spec }: Brief, { account, parts }: AskForBrief): ApprovalImpact =>
  impactOf(limitsOfSpec(spec), {
    asset: account.asset,
    equity: account.equity(),
    drawdown: parseDecimal(drawdownOf(account)),
    drawdownBudget: parts.limitBook.limits().maxDrawdown,
    dayLoss: spec.envelope.dayLoss,
  });
