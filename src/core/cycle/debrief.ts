import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { type Decimal, formatDecimal, isZero, subtract } from '../domain/decimal.ts';
import { reconciliationText, type Valued } from '../ledger/reconcile.ts';
import { buildLesson } from '../memory/build-lesson.ts';
import { trialsOf } from '../memory/trials.ts';
import type { AgentSpec, SpawnMemory } from '../spawner/types.ts';
import type { AgentLife } from './agent-life.ts';
import type { CycleOutcome } from './records.ts';
import type { CyclePorts, CycleSetup } from './run-cycle.ts';
import type { TradingDesk } from './trading-desk.ts';

export type DebriefInput = {
  readonly setup: CycleSetup;
  readonly ports: CyclePorts;
  /** The account as it was before the first record. */
  readonly before: Valued;
  readonly context: MarketContext;
  readonly assessment: Assessment;
  readonly spec: AgentSpec | null;
  /** What memory did in the decision. */
  readonly weighing: SpawnMemory;
  readonly life: AgentLife;
  readonly desk: TradingDesk;
};

/**
 * The last stage: proves that the money adds up, keeps the lesson and closes the cycle. Throws when the books do not reconcile to the
 * last digit, because then nothing they say may be believed.
 */
export function debrief({ setup, ports, before, context, assessment, spec, weighing, life, desk }: DebriefInput): void {
  const { account, journal, memory, ids } = ports;
  const proof = desk.result();
  for (const { difference } of [account.proofSince(before), proof]) {
    if (!isZero(difference))
      throw new Error(`the books do not reconcile: ${formatDecimal(difference)} ${account.asset} unexplained`);
  }
  const netPnl: Decimal = subtract(proof.grossPnl, proof.fees);
  const traded = desk.fills() > 0;
  const resolvedAt = desk.now();
  const result = { traded, netPnl, plannedRisk: desk.plannedRisk(), fees: proof.fees, quoteAsset: account.asset };
  const lesson = buildLesson({
    ids,
    assessment,
    context,
    environment: setup.environment,
    spec,
    result,
    decidedAt: setup.at,
    resolvedAt,
    why: life.why,
  });
  const outcome: CycleOutcome = life.interrupted ? 'interrupted' : traded ? 'traded' : 'no_trade';
  // Where a person cut it short, the end says nothing about what was decided.
  const trials = life.interrupted ? [] : trialsOf(weighing, lesson);
  const [recorded] = journal.writeAll([
    { type: 'memory.lesson', ts: resolvedAt, payload: { lesson, trials } },
    {
      type: 'cycle.completed',
      ts: resolvedAt,
      payload: {
        outcome,
        reason: life.why,
        regime: assessment.regime,
        netPnl: formatDecimal(netPnl),
        r: lesson.outcomeR,
        fees: formatDecimal(proof.fees),
        barsLived: life.barsLived,
        peakEquity: formatDecimal(account.peakEquity()),
        reconciliation: reconciliationText(proof),
      },
    },
  ]);
  // After the journal, which is the truth: a lesson that nobody recorded must not be remembered.
  if (recorded !== undefined) memory.put(lesson, trials, recorded.seq);
}
