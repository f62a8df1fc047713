import type { Hash } from '../domain/ids.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';

/** One bounded number of a family, as its own schema states it. */
export type Gene = {
  readonly name: string;
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
};

/** What evolution knows of a family: its genes, and which combinations it takes. */
export type GeneSheet = {
  readonly family: FamilyName;
  readonly genes: readonly Gene[];
  /** All parameters as the family takes them; undefined when it refuses the combination. */
  readonly complete: (parameters: FamilyParameters) => FamilyParameters | undefined;
};

/** Quarters of the master's limits: an agent may be tighter than the policy, never wider, so that 4 is the most. */
export type EnvelopeSteps = {
  /** Of risk per trade and of the largest notional, which shrink together. */
  readonly risk: number;
  /** Of the distance of the stop. */
  readonly stop: number;
  /** Of the distance of the target. */
  readonly target: number;
};

/** A template of agents. `hash` covers every other field, parents included, so that no genome can be its own ancestor. */
export type Genome = {
  readonly family: FamilyName;
  readonly parameters: FamilyParameters;
  readonly envelope: EnvelopeSteps;
  readonly parents: readonly Hash[];
  readonly hash: Hash;
};

/** How a genome came to be. */
export type Origin = 'usual' | 'drawn' | 'mutated' | 'crossed';
