import { z } from 'zod';
import { agentSpecView, assessmentView, decisionView, fillView, orderView } from './cycle.ts';
import { call } from './define.ts';
import { decimalText, environmentText, intervalText, shortText, symbolText, unixMsNumber } from './primitives.ts';

export const agentView = z.strictObject({
  agentId: z.string(),
  cycle: z.int(),
  runId: z.string(),
  environment: environmentText,
  family: z.string(),
  instrument: symbolText,
  interval: intervalText,
  regime: z.string(),
  state: z.enum(['trading', 'waiting', 'retired', 'interrupted']),
  spawnedAt: unixMsNumber,
  retiredAt: unixMsNumber.nullable(),
  retiredWhy: shortText.nullable(),
  netPnl: decimalText,
  r: decimalText,
  quoteAsset: z.string(),
  specHash: z.string(),
});
export type AgentView = z.infer<typeof agentView>;

export const agentWhy = z.strictObject({
  agent: agentView,
  assessment: assessmentView.nullable(),
  spec: agentSpecView,
  decisions: z.array(decisionView),
  orders: z.array(orderView),
  fills: z.array(fillView),
});
export type AgentWhy = z.infer<typeof agentWhy>;

export const agentsContract = {
  'agents.list': call('view', z.strictObject({ limit: z.int().min(1).max(500).default(100) }), z.array(agentView)),
  /** Why the agent exists and why it did what it did; refuses with `not_found`. */
  'agents.why': call('view', z.strictObject({ agentId: z.string().min(1).max(40) }), agentWhy),
} as const;
