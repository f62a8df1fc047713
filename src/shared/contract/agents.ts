import { z } from 'zod';
import { faceText } from './automation.ts';
import { diffLine, promptUsed } from './brief-prompt.ts';
import { chosenAgent } from './chosen-agent.ts';
import { agentSpecView, assessmentView, cycleRequest, decisionView, fillView, orderView } from './cycle.ts';
import { call } from './define.ts';
import { impactView } from './impact.ts';
import { decimalText, environmentText, intervalText, shortText, symbolText, unixMsNumber } from './primitives.ts';
import { strategyView } from './strategies.ts';

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
  /** The pause that holds now, or held when it ended; null when none does. */
  paused: z.strictObject({ at: unixMsNumber, why: shortText, by: z.enum([...faceText.options, 'engine']) }).nullable(),
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

/** An agent by its id, or by its run: the id, the beginning of it, or the number of its cycle. */
export const agentText = z.string().regex(/^[\w-]{1,40}$/, 'is neither an agent nor a run');

/** What an agent was told, part by part, and how that differs from the templates and from an agent before it. */
export const agentPrompt = z.strictObject({
  agent: agentView,
  parts: z.array(promptUsed),
  instructions: z.string().max(20_000),
  /** From the templates, as they are now, to what was told. */
  template: z.array(diffLine),
  /** From what an earlier agent was told: a parent, else the one before on this instrument, else the one before. Null for the first. */
  previous: z
    .strictObject({
      agentId: z.string(),
      cycle: z.int(),
      relation: z.enum(['parent', 'same instrument', 'the one before']),
      lines: z.array(diffLine),
    })
    .nullable(),
});
export type AgentPrompt = z.infer<typeof agentPrompt>;

/** Decisions of an agent, oldest first, a page at a time; each has its reason, a hold too. */
export const agentLog = z.strictObject({
  agent: agentView,
  total: z.int(),
  offset: z.int(),
  decisions: z.array(decisionView),
  /** Where the next page begins; null after the last one. */
  next: z.int().nullable(),
});
export type AgentLog = z.infer<typeof agentLog>;

const limitsOfChoice = z.strictObject({
  /** The most that it holds, in the asset of the account. */
  budget: decimalText,
  /** Fractions of the equity. */
  riskPerTrade: decimalText,
  dayLoss: decimalText,
  maxBars: z.int(),
});

/** An agent that somebody would choose himself, before it is started: what it would be and what it would put at stake. */
export const agentDraft = z.strictObject({
  instrument: symbolText,
  interval: intervalText,
  environment: environmentText,
  /** All parameters, and what may be chosen for each. */
  strategy: strategyView,
  spec: agentSpecView.pick({ family: true, parameters: true, envelope: true, lifespan: true }),
  limits: limitsOfChoice,
  /** The most that each limit may be now, and the least candles. */
  most: limitsOfChoice,
  leastBars: z.int(),
  impact: impactView,
  /** The agent that it would be made after. */
  parent: z.string().nullable(),
});
export type AgentDraft = z.infer<typeof agentDraft>;

const ended = z.strictObject({ agentId: z.string().nullable(), cycle: z.int(), runId: z.string() });

const pauseRequest = z.strictObject({
  agent: agentText,
  reason: z.string().min(1).max(200),
  by: faceText.default('socket'),
});

export const agentsContract = {
  'agents.list': call('view', z.strictObject({ limit: z.int().min(1).max(500).default(100) }), z.array(agentView)),
  /** Why the agent exists and why it did what it did; refuses with `not_found`. */
  'agents.why': call('view', z.strictObject({ agentId: z.string().min(1).max(40) }), agentWhy),
  /** The brief of an agent before it is started; nothing is recorded. Refuses what `cycle.start` would refuse of the choice. */
  'agents.draft': call(
    'view',
    cycleRequest
      .pick({ instrument: true, interval: true, market: true, cash: true, seed: true, at: true })
      .extend({ chosen: chosenAgent }),
    agentDraft,
    60_000,
  ),
  'agents.prompt': call('view', z.strictObject({ agent: agentText }), agentPrompt),
  'agents.log': call(
    'view',
    z.strictObject({
      agent: agentText,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(50),
    }),
    agentLog,
  ),
  /** Closes what one agent holds, in order, and lets its cycle end with its debrief; the others go on. Resolves once it is told. */
  'agents.retire': call('trade', z.strictObject({ agent: agentText, reason: z.string().min(1).max(200) }), ended),
  /**
   * At once it opens and adds nothing more: what was sent to open is canceled. Its stop and target rest, and it closes as ever. It stays so
   * until `agents.resume`; a second time changes nothing.
   */
  'agents.pause': call('trade', pauseRequest, agentView),
  /** Raises autonomy: needs a second proof, and is refused while trading is halted. */
  'agents.resume': call('trade', pauseRequest, agentView),
  /** Takes one agent's hands off what it holds: its stops stay, and the master looks after it. The others go on. */
  'agents.release': call('trade', z.strictObject({ agent: agentText, reason: z.string().min(1).max(200) }), ended),
} as const;
