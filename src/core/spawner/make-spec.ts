import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { type Hash, type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { PromptParts } from '../ports/prompt-parts.ts';
import { assembleInstructions, type InstructionFacts } from './instructions.ts';
import type { AgentSpec, Lifespan, SpawnPolicy } from './types.ts';

/** The moment that an agent is made for, and what it is told from. */
export type SpecInput = {
  readonly digest: Digest;
  readonly assessment: Assessment;
  readonly context: MarketContext;
  readonly policy: SpawnPolicy;
  readonly promptParts: PromptParts;
  readonly seed: number;
  readonly now: UnixMs;
  readonly parents?: readonly Hash[];
};

/** What was decided on. */
export type SpecChoice = Pick<
  InstructionFacts,
  'family' | 'parameters' | 'envelope' | 'envelopeWhy' | 'memory' | 'chosenBy'
> & { readonly maxBars: number };

/** The agent that was decided on, with its instructions and the hash over all of it. */
export function makeSpec(input: SpecInput, choice: SpecChoice): AgentSpec {
  const { assessment, context, policy, now } = input;
  const { maxBars, ...decided } = choice;
  const lifespan: Lifespan = { expiresAt: unixMs(now + maxBars * INTERVAL_MS[context.interval]), maxBars };
  const instructions = assembleInstructions(input.promptParts, { context, assessment, policy, lifespan, ...decided });
  const content: Omit<AgentSpec, 'hash'> = {
    parents: input.parents ?? [],
    snapshotHash: context.snapshotHash,
    contextHash: context.hash,
    regime: assessment.regime,
    confidence: assessment.confidence,
    analystSource: assessment.source,
    family: choice.family,
    parameters: choice.parameters,
    instrumentId: context.instrumentId,
    interval: context.interval,
    instructions: instructions.text,
    promptParts: instructions.parts.map(({ id, version, hash }) => ({ id, version, hash })),
    envelope: choice.envelope,
    lifespan,
    lessons: choice.memory.uses,
    seed: input.seed,
  };
  return { ...content, hash: specHash(input.digest, content) };
}

/** Hash of a spec's content; also how a stored spec is checked. */
export function specHash(digest: Digest, spec: Omit<AgentSpec, 'hash'> | AgentSpec): Hash {
  const { hash: _own, ...content } = { hash: undefined, ...spec };
  return hashOf(digest, 'agent-spec', content);
}
