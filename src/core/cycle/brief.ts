import type { Assessment } from '../analyst/types.ts';
import type { BriefLimits } from '../automation/approval-types.ts';
import { limitsOfSpec, tighter } from '../automation/brief-limits.ts';
import type { Fact } from '../context/types.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import type { Digest } from '../kernel/ids.ts';
import { percentText } from '../spawner/envelope.ts';
import { specHash } from '../spawner/make-spec.ts';
import type { AgentSpec, SpawnDecision } from '../spawner/types.ts';

/** What the master is shown before an agent exists. */
export type Brief = {
  readonly spec: AgentSpec;
  readonly why: string;
  readonly assessment: Assessment;
  /** The facts that the assessment cites. */
  readonly facts: readonly Fact[];
};

export type BriefAnswer =
  | { readonly kind: 'approved'; readonly id: string; readonly limits: BriefLimits }
  | { readonly kind: 'declined'; readonly why: string };

type Spawning = SpawnDecision & { readonly kind: 'spawn' };
/** The agent that was decided on, as it may be; or why there is none. */
export type Agreed =
  | SpawnDecision
  | { readonly kind: 'declined'; readonly why: string; readonly memory: Spawning['memory'] };

/** What was decided on, after the master's answer. The life of an agent begins when it was approved, not when it was thought of. */
export function agreed(decision: Spawning, answer: BriefAnswer, digest: Digest, now: UnixMs): Agreed {
  // A person cut it short, so that the end says nothing about the lessons that were weighed.
  if (answer.kind === 'declined')
    return { kind: 'declined', why: answer.why, memory: { ...decision.memory, weighed: [] } };
  return {
    ...decision,
    spec: withLimits(decision.spec, answer.limits, digest, now),
    why: `${decision.why} Approved by the master (${answer.id}).`,
  };
}

function withLimits(spec: AgentSpec, wanted: BriefLimits, digest: Digest, now: UnixMs): AgentSpec {
  const before = limitsOfSpec(spec);
  const limits = tighter(before, wanted);
  const lowered = Object.entries(limits).some(([name, value]) => value !== before[name as keyof BriefLimits]);
  const content: AgentSpec = {
    ...spec,
    envelope: {
      ...spec.envelope,
      riskPerTrade: limits.riskPerTrade,
      maxNotionalFraction: limits.maxNotionalFraction,
      maxPositions: limits.maxPositions,
    },
    lifespan: {
      maxBars: limits.maxBars,
      expiresAt: unixMs(now + limits.maxBars * INTERVAL_MS[spec.interval]),
    },
    instructions: lowered ? `${spec.instructions}\n\n${loweredWords(limits)}` : spec.instructions,
  };
  return { ...content, hash: specHash(digest, content) };
}

const loweredWords = ({ riskPerTrade, maxNotionalFraction, maxPositions, maxBars }: BriefLimits): string =>
  `The master lowered the limits, and these hold: risk per trade ${percentText(riskPerTrade)}, size ${percentText(maxNotionalFraction)} of the equity, positions ${maxPositions}, life ${maxBars} candles.`;
