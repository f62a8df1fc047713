import type { Regime } from '../analyst/types.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { Hash, InstrumentId, LessonId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { Posterior } from '../domain/posterior.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';

/** Limits that code enforces. Money and fractions are decimal text. */
export type RiskEnvelope = {
  /** Largest loss from entry to stop, as a fraction of equity: `0.005`. */
  readonly riskPerTrade: string;
  /** Largest notional of the position, as a fraction of equity. */
  readonly maxNotionalFraction: string;
  /** Distance of the protective stop in multiples of ATR(14). */
  readonly stopAtr: string;
  /** Distance of the target in multiples of ATR(14). */
  readonly targetAtr: string;
  readonly maxPositions: number;
  /** The agent may not enter again after losing this fraction of equity. */
  readonly dayLoss: string;
  readonly allowShort: boolean;
};

export type Lifespan = {
  /** The agent retires at this moment whatever it holds; positions are closed. */
  readonly expiresAt: UnixMs;
  readonly maxBars: number;
};

export type LessonUse = {
  readonly id: LessonId;
  /** Where it was learned; absent where the lesson's record does not say. */
  readonly environment?: CycleEnvironment;
  readonly outcomeR: string;
  readonly similarity: number;
  /** What it changed, in words: `risk halved: 3 of 4 lessons lost`. */
  readonly effect: string;
};

/** What memory had to say in a decision; recorded, so that the worth of every lesson can be measured. */
export type SpawnMemory = {
  /** Recalled and left out by chance; the decision did not know them. */
  readonly withheld: readonly LessonId[];
  /** Those, used or withheld, that are about a family which answered the regime, in a moment alike enough to have a say. */
  readonly weighed: readonly LessonId[];
  /** Share of the policy's risk that memory left, as decimal text; `0` when it refused. */
  readonly factor: string;
  readonly posteriors: readonly { readonly family: FamilyName; readonly posterior: Posterior }[];
};

/** What the agent is. Content-addressed: `hash` covers every other field. Stage 4's output. */
export type AgentSpec = {
  readonly parents: readonly Hash[];
  readonly snapshotHash: Hash;
  readonly contextHash: Hash;
  readonly regime: Regime;
  readonly confidence: number;
  readonly analystSource: 'rules' | 'model';
  readonly family: FamilyName;
  readonly parameters: FamilyParameters;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly instructions: string;
  readonly promptParts: readonly { readonly id: string; readonly version: number; readonly hash: Hash }[];
  readonly envelope: RiskEnvelope;
  readonly lifespan: Lifespan;
  readonly lessons: readonly LessonUse[];
  readonly seed: number;
  readonly hash: Hash;
};

/** A family and the regime that it was spawned for. */
export type PastFamily = { readonly family: FamilyName; readonly regime: Regime };

/** What was spawned in a market before: the newest of all, and the newest of each regime. */
export type LastFamilies = {
  readonly newest: PastFamily;
  readonly inRegime: Readonly<Partial<Record<Regime, FamilyName>>>;
};

/** Another family than the last one of the market, and why: the regime changed, memory knows better, memory refuses, or the moment is another. */
export type FamilySwitch = {
  readonly from: PastFamily;
  readonly to: PastFamily;
  readonly cause: 'regime' | 'memory' | 'risk' | 'moment';
  readonly why: string;
};

/** The spawner may decline: no family fits the regime. A complete outcome with its reason, never an error. */
export type SpawnDecision =
  | {
      readonly kind: 'spawn';
      readonly spec: AgentSpec;
      readonly why: string;
      readonly memory: SpawnMemory;
      readonly switched?: FamilySwitch;
    }
  | {
      readonly kind: 'no_trade';
      readonly why: string;
      readonly lessons: readonly LessonUse[];
      readonly memory: SpawnMemory;
    };

/**
 * What the spawner knows of a strategy family: its name, its bounds and its words, not how it decides. The registry of the agent
 * stage satisfies it; the cycle hands it in.
 */
export type FamilySheet = {
  readonly name: FamilyName;
  readonly summary: string;
  readonly defaults: FamilyParameters;
  /** Throws when a parameter is unknown or out of its bounds. */
  parse(parameters: unknown): FamilyParameters;
};
export type FamilySheets = (name: FamilyName) => FamilySheet;

/** The master's limits for every agent. An agent's envelope may be tighter, never wider. Fractions and multiples are decimal text. */
export type SpawnPolicy = {
  readonly riskPerTrade: string;
  readonly maxNotionalFraction: string;
  readonly stopAtr: string;
  readonly targetAtr: string;
  readonly dayLoss: string;
  readonly maxPositions: number;
  readonly maxBars: number;
  /** Below this confidence nothing is spawned; 0 to 1. */
  readonly minConfidence: number;
};
