import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type {
  ApprovalList,
  ApprovalView,
  ChosenModeText,
  ModeView,
  WantedLimitsInput,
} from '#shared/contract/automation.ts';
import { assessment, spec } from './sample-cycle.ts';

type Handlers = Pick<
  AppHandlers,
  | 'mode.get'
  | 'mode.set'
  | 'approvals.list'
  | 'approvals.get'
  | 'approvals.approve'
  | 'approvals.reject'
  | 'approvals.edit'
>;

const TTL_MS = 600_000;
const FREEDOM: Readonly<Record<ChosenModeText, number>> = { manual: 0, semi: 1, full: 2 };
const ALL: readonly ChosenModeText[] = ['full', 'semi', 'manual'];

export type ScriptedAutomation = {
  readonly handlers: Handlers;
  mode(): ChosenModeText;
  /** A brief waits from now on. */
  ask(cycle: number, change?: Partial<ApprovalView>): ApprovalView;
  /** As another face would. */
  decide(id: string, state: 'approved' | 'rejected' | 'expired', reason?: string): void;
};

export type AutomationHooks = {
  readonly halted: () => boolean;
  readonly tell: (list: ApprovalList) => void;
  readonly onMode: (mode: ChosenModeText) => void;
  readonly onDecided: (approval: ApprovalView) => void;
};

/** One waiting brief, as the engine tells it. */
export const sampleApproval = (n: number, cycle: number): ApprovalView => {
  const { envelope, lifespan, family } = spec(cycle);
  const limits = {
    riskPerTrade: envelope.riskPerTrade,
    maxNotionalFraction: envelope.maxNotionalFraction,
    maxPositions: envelope.maxPositions,
    maxBars: lifespan.maxBars,
  };
  const now = Date.now();
  return {
    id: `AP-${n}`,
    kind: 'brief',
    state: 'pending',
    cycle,
    environment: 'simulated',
    instrument: 'BTC/USDT',
    interval: '1h',
    family,
    why: spec(cycle).why,
    asked: limits,
    limits,
    edits: 0,
    impact: {
      asset: 'USDT',
      equity: '10042.18',
      exposure: '2008.44',
      exposureFraction: '0.2',
      worstTrade: '50.22',
      worstTradeFraction: '0.005',
      worstDay: '150.64',
      worstDayFraction: '0.015',
      drawdown: '0.006',
      drawdownAfter: '0.021',
      drawdownBudget: '0.05',
    },
    evidence: {
      regime: assessment.regime,
      confidence: assessment.confidence,
      source: 'rules',
      reasons: [...assessment.reasons],
      facts: [...assessment.evidence],
      lessonsFor: [
        {
          id: 'L-7a11c0de42f0',
          environment: 'simulated',
          outcomeR: '0.80',
          similarity: 0.71,
          effect: 'kept the exit near the mean',
        },
      ],
      lessonsAgainst: [
        {
          id: 'L-19b2c3d4e5f6',
          environment: 'simulated',
          outcomeR: '-0.80',
          similarity: 0.64,
          effect: 'lost on a news day',
        },
      ],
    },
    entry: null,
    requestedAt: now,
    expiresAt: now + TTL_MS,
    decidedAt: null,
    by: null,
    reason: null,
  };
};

/** Modes and approvals that last as long as the scripted engine. It decides nothing that the real one would not answer with a remedy. */
export function scriptedAutomation(first: ChosenModeText, hooks: AutomationHooks): ScriptedAutomation {
  let chosen = first;
  let all: readonly ApprovalView[] = [];
  const list = (): ApprovalList => ({
    pending: all.filter(({ state }) => state === 'pending'),
    decided: all.filter(({ state }) => state !== 'pending').toReversed(),
    now: Date.now(),
  });
  const view = (): ModeView => ({
    mode: hooks.halted() ? 'emergency' : chosen,
    chosen,
    reason: 'chosen in the window',
    by: 'window',
    since: null,
    raises: ALL.filter((mode) => FREEDOM[mode] > FREEDOM[chosen]),
  });
  const find = (id: string): ApprovalView => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw new Fault('not_found', `there is no approval ${id}`, 'list them');
    return found;
  };
  const change = (id: string, by: Partial<ApprovalView>): ApprovalView => {
    const next = { ...find(id), ...by };
    all = all.map((one) => (one.id === id ? next : one));
    hooks.tell(list());
    return next;
  };
  const open = (id: string): ApprovalView => {
    const found = find(id);
    if (found.state !== 'pending')
      throw new Fault('refused', `${id} was ${found.state} already, through the ${found.by}`, 'one decision stands');
    return found;
  };
  const lowered = (id: string, { maxSize, riskPerTrade, maxBars, maxPositions }: WantedLimitsInput): void => {
    const { limits, impact, edits } = open(id);
    if (maxBars !== undefined && maxBars > limits.maxBars)
      throw new Fault('refused', `the lifespan can only be lowered: ${maxBars} is above ${limits.maxBars}`, 'lower it');
    if ([maxSize, riskPerTrade, maxBars, maxPositions].every((one) => one === undefined)) return;
    change(id, {
      edits: edits + 1,
      limits: {
        ...limits,
        riskPerTrade: riskPerTrade ?? limits.riskPerTrade,
        maxBars: maxBars ?? limits.maxBars,
        maxPositions: maxPositions ?? limits.maxPositions,
      },
      impact: { ...impact, exposure: maxSize ?? impact.exposure },
    });
  };
  const decide = (id: string, by: Partial<ApprovalView>): ApprovalView => {
    open(id);
    const decided = change(id, { decidedAt: Date.now(), by: 'window', ...by });
    hooks.onDecided(decided);
    return decided;
  };
  return {
    mode: () => chosen,
    ask(cycle, given = {}) {
      const asked = { ...sampleApproval(all.length + 1, cycle), ...given };
      all = [...all, asked];
      hooks.tell(list());
      return asked;
    },
    decide(id, state, reason = 'decided elsewhere') {
      decide(id, { state, by: 'terminal', reason: state === 'approved' ? null : reason });
    },
    handlers: {
      'mode.get': view,
      'mode.set'({ mode, reason }) {
        if (FREEDOM[mode] > FREEDOM[chosen] && reason === undefined)
          throw new Fault('refused', `${mode} lets agents do more than ${chosen}`, 'give a reason');
        chosen = mode;
        hooks.onMode(mode);
        return view();
      },
      'approvals.list': list,
      'approvals.get'({ id }) {
        const told = spec(find(id).cycle);
        return {
          approval: find(id),
          spec: told,
          prompt: {
            parts: told.promptParts.map((part) => ({ ...part, current: true })),
            instructions: told.instructions,
            template: [
              { kind: 'removed', text: 'You trade {{instrument}} on closed candles.' },
              { kind: 'added', text: 'You trade BTC/USDT on closed candles, and never on a Friday.' },
            ],
            edited: [
              { kind: 'removed', text: 'You trade {{instrument}} on closed candles, and never on a Friday.' },
              { kind: 'added', text: 'You trade BTC/USDT on closed candles, and never on a Friday.' },
            ],
          },
        };
      },
      'approvals.approve'({ id, limits }) {
        lowered(id, limits);
        return decide(id, { state: 'approved' });
      },
      'approvals.reject': ({ id, reason }) => decide(id, { state: 'rejected', reason }),
      'approvals.edit'({ id, limits }) {
        lowered(id, limits);
        return find(id);
      },
    },
  };
}
