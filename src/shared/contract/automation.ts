import { z } from 'zod';
import { briefPrompt } from './brief-prompt.ts';
import { agentSpecView, factView, lessonUseView } from './cycle.ts';
import { call, event } from './define.ts';
import { impactView } from './impact.ts';
import {
  decimalText,
  environmentText,
  intervalText,
  nothing,
  priceDecimals,
  regimeText,
  shortText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';

export const modeText = z.enum(['full', 'semi', 'manual', 'emergency']);
export const chosenModeText = z.enum(['full', 'semi', 'manual']);
export type ChosenModeText = z.infer<typeof chosenModeText>;
/** Through which face a person decides. */
export const faceText = z.enum(['window', 'terminal', 'tray', 'socket']);
const deciderText = z.enum([...faceText.options, 'engine']);
const reasonText = z.string().trim().min(1).max(200);

export const modeView = z.strictObject({
  /** What holds now: `emergency` while trading is halted. */
  mode: modeText,
  /** What holds as soon as it is not. */
  chosen: chosenModeText,
  reason: shortText,
  by: deciderText,
  /** Market time of the change; null while nobody has ever changed it. */
  since: unixMsNumber.nullable(),
  /** What needs a second proof and a reason from here: modes that are freer than the chosen one. */
  raises: z.array(chosenModeText),
});
export type ModeView = z.infer<typeof modeView>;

export const briefLimits = z.strictObject({
  riskPerTrade: decimalText,
  maxNotionalFraction: decimalText,
  maxPositions: z.int(),
  maxBars: z.int(),
});

/** What to lower; what is left out stays. `maxSize` is money in the account's asset. */
export const wantedLimits = z.strictObject({
  maxSize: decimalText.optional(),
  riskPerTrade: decimalText.optional(),
  maxPositions: z.int().min(1).max(100).optional(),
  maxBars: z.int().min(1).max(100_000).optional(),
});
export type WantedLimitsInput = z.infer<typeof wantedLimits>;

export const approvalView = z.strictObject({
  id: z.string().max(20),
  kind: z.enum(['brief', 'entry']),
  state: z.enum(['pending', 'approved', 'rejected', 'expired']),
  cycle: z.int(),
  environment: environmentText,
  instrument: symbolText,
  interval: intervalText,
  family: z.string().max(60),
  why: shortText,
  /** As first asked, and as they are now. */
  asked: briefLimits,
  limits: briefLimits,
  edits: z.int(),
  impact: impactView,
  evidence: z.strictObject({
    regime: regimeText,
    confidence: z.number().min(0).max(1),
    source: z.enum(['rules', 'model']),
    reasons: z.array(shortText),
    facts: z.array(factView),
    lessonsFor: z.array(lessonUseView),
    lessonsAgainst: z.array(lessonUseView),
  }),
  /** Of a purchase that waits for an approval of its own. */
  entry: z
    .strictObject({
      agentId: z.string().max(60),
      quantity: decimalText,
      price: decimalText,
      priceDecimals,
      stop: decimalText.nullable(),
      plannedLoss: decimalText,
      /** Outside these two prices an approval is worth nothing. */
      lowest: decimalText,
      highest: decimalText,
      /** It adds to what the agent holds. */
      adds: z.boolean(),
    })
    .nullable(),
  /** Wall time of this machine. */
  requestedAt: unixMsNumber,
  expiresAt: unixMsNumber,
  decidedAt: unixMsNumber.nullable(),
  by: deciderText.nullable(),
  reason: shortText.nullable(),
});
export type ApprovalView = z.infer<typeof approvalView>;

export const approvalList = z.strictObject({
  /** The oldest first: it has the least time left. */
  pending: z.array(approvalView),
  /** The newest first. */
  decided: z.array(approvalView),
  /** Wall time of the engine, so that a face counts down from the same moment. */
  now: unixMsNumber,
});
export type ApprovalList = z.infer<typeof approvalList>;

export const approvalId = z.string().regex(/^AP-\d{1,9}$/, 'is not the id of an approval');

export const automationContract = {
  'mode.get': call('view', nothing, modeView),
  /** Lowering is instant. Raising needs a second proof and a reason. Emergency is entered by `engine.kill` and left by `engine.resume`. */
  'mode.set': call(
    'trade',
    z.strictObject({ mode: chosenModeText, reason: reasonText.optional(), by: faceText.default('socket') }),
    modeView,
  ),
  'approvals.list': call('view', z.strictObject({ limit: z.int().min(0).max(200).default(50) }), approvalList),
  'approvals.get': call(
    'view',
    z.strictObject({ id: approvalId }),
    z.strictObject({ approval: approvalView, spec: agentSpecView, prompt: briefPrompt }),
  ),
  /** One decision stands: a second one is refused and told who decided. `limits` lowers first. */
  'approvals.approve': call(
    'admin',
    z.strictObject({ id: approvalId, limits: wantedLimits.default({}), by: faceText.default('socket') }),
    approvalView,
  ),
  'approvals.reject': call(
    'trade',
    z.strictObject({ id: approvalId, reason: reasonText, by: faceText.default('socket') }),
    approvalView,
  ),
  /** Limits can only be lowered; a raise is refused. */
  'approvals.edit': call(
    'admin',
    z.strictObject({ id: approvalId, limits: wantedLimits, by: faceText.default('socket') }),
    approvalView,
  ),
  'approvals.changed': event('view', approvalList),
} as const;
