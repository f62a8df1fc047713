import type { Hash, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import { regimesOf } from '../spawner/choose-family.ts';
import { specHash } from '../spawner/make-spec.ts';
import { DEFAULT_SPAWN_POLICY } from '../spawner/policy.ts';
import type { AgentSpec, RiskEnvelope } from '../spawner/types.ts';

export type PlainSpecInput = {
  readonly family: FamilyName;
  readonly parameters: FamilyParameters;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly expiresAt: UnixMs;
  readonly seed: number;
  /** What is tighter than the policy; all of the policy when absent. */
  readonly envelope?: Partial<RiskEnvelope> | undefined;
  /** The genome it is made from. */
  readonly parents?: readonly Hash[];
};

/**
 * The agent of a back-tested family: the limits of a first run at full confidence, no judgement and no memory behind it. It lives until
 * the data end; a position is still held for at most as many candles as an agent of the product holds one.
 */
export function plainSpec(digest: Digest, input: PlainSpecInput): AgentSpec {
  const { riskPerTrade, maxNotionalFraction, stopAtr, targetAtr, maxPositions, dayLoss, maxBars } =
    DEFAULT_SPAWN_POLICY;
  const nothing = hashOf(digest, 'backtest-spec', input);
  const content: Omit<AgentSpec, 'hash'> = {
    parents: input.parents ?? [],
    snapshotHash: nothing,
    contextHash: nothing,
    // The first regime it is made for; a back-test judges none.
    regime: regimesOf(input.family)[0] ?? 'ranging',
    confidence: 1,
    analystSource: 'rules',
    family: input.family,
    parameters: input.parameters,
    instrumentId: input.instrumentId,
    interval: input.interval,
    instructions: '',
    promptParts: [],
    envelope: {
      riskPerTrade,
      maxNotionalFraction,
      stopAtr,
      targetAtr,
      maxPositions,
      dayLoss,
      allowShort: false,
      ...input.envelope,
    },
    lifespan: { expiresAt: input.expiresAt, maxBars },
    lessons: [],
    seed: input.seed,
  };
  return { ...content, hash: specHash(digest, content) };
}
