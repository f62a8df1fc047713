import type { Regime } from '../analyst/types.ts';
import type { Fact } from '../context/types.ts';
import type { InstrumentId, RunId } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { AgentSpec, LessonUse } from '../spawner/types.ts';
import type { Face } from './types.ts';

/** What of an agent the master may lower before it begins, and never raise. Fractions of the equity as decimal text. */
export type BriefLimits = {
  readonly riskPerTrade: string;
  readonly maxNotionalFraction: string;
  readonly maxPositions: number;
  readonly maxBars: number;
};

/** What an approval would put at stake, as planned; a gap in the price may cost more. Money in the asset, fractions of the equity. */
export type ApprovalImpact = {
  readonly asset: string;
  readonly equity: string;
  /** The most that is bought. */
  readonly exposure: string;
  readonly exposureFraction: string;
  readonly worstTrade: string;
  readonly worstTradeFraction: string;
  readonly worstDay: string;
  readonly worstDayFraction: string;
  /** Of the equity's highest: lost now, lost after the worst day, and the most that may ever be. */
  readonly drawdown: string;
  readonly drawdownAfter: string;
  readonly drawdownBudget: string;
};

/** What speaks for it and against it. */
export type ApprovalEvidence = {
  readonly regime: Regime;
  readonly confidence: number;
  readonly source: 'rules' | 'model';
  readonly reasons: readonly string[];
  /** The facts that the judgement cites. */
  readonly facts: readonly Fact[];
  readonly lessons: readonly LessonUse[];
};

/** A purchase that waits for an approval of its own. */
export type AskedEntry = {
  readonly agentId: string;
  readonly quantity: string;
  readonly price: string;
  /** Of its tick; left out in questions that were asked before it was noted. */
  readonly priceDecimals?: number;
  readonly stop: string | null;
  readonly plannedLoss: string;
  /** Outside these two prices an approval is worth nothing. */
  readonly lowest: string;
  readonly highest: string;
  /** It adds to what the agent holds. */
  readonly adds: boolean;
};

/** `brief`: an agent before it exists. `entry`: one purchase of an agent that does. Moments are wall time: the time that a person has. */
export type ApprovalRequested = {
  readonly id: string;
  readonly kind: 'brief' | 'entry';
  readonly cycle: number;
  readonly runId: RunId;
  readonly environment: 'simulated' | 'paper' | 'shadow' | 'live';
  readonly instrumentId: InstrumentId;
  readonly symbol: string;
  readonly interval: Interval;
  readonly why: string;
  readonly limits: BriefLimits;
  readonly impact: ApprovalImpact;
  readonly evidence: ApprovalEvidence;
  readonly spec: AgentSpec;
  readonly entry: AskedEntry | null;
  readonly requestedAt: number;
  readonly expiresAt: number;
};

export type ApprovalPayloads = {
  'approval.requested': ApprovalRequested;
  /** Only ever lowered. */
  'approval.edited': {
    readonly id: string;
    readonly from: BriefLimits;
    readonly limits: BriefLimits;
    readonly impact: ApprovalImpact;
    readonly by: Face;
    readonly at: number;
  };
  'approval.approved': { readonly id: string; readonly limits: BriefLimits; readonly by: Face; readonly at: number };
  'approval.rejected': { readonly id: string; readonly reason: string; readonly by: Face; readonly at: number };
  /** Nobody decided in time, or what waited is gone. Counts as rejected. */
  'approval.expired': { readonly id: string; readonly reason: string; readonly at: number };
};

export type ApprovalEvent = {
  [K in keyof ApprovalPayloads]: { readonly type: K; readonly payload: ApprovalPayloads[K] };
}[keyof ApprovalPayloads];

/** What the records say of one approval so far. */
export type Approval = {
  readonly request: ApprovalRequested;
  readonly state: 'pending' | 'approved' | 'rejected' | 'expired';
  readonly limits: BriefLimits;
  readonly impact: ApprovalImpact;
  readonly edits: number;
  readonly decidedAt: number | null;
  readonly by: Face | null;
  readonly reason: string | null;
};
