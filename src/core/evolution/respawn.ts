import { plainSpec } from '../backtest/agent-spec.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { Digest } from '../kernel/ids.ts';
import type { AgentSpec } from '../spawner/types.ts';
import { envelopeOf } from './envelope-steps.ts';
import type { Genome } from './types.ts';

export type RespawnAt = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly expiresAt: UnixMs;
  readonly seed: number;
};

/** The agent of a genome: the same genome at the same place is the same agent, byte for byte. Its parent is the genome. */
export function respawn(digest: Digest, { family, parameters, envelope, hash }: Genome, at: RespawnAt): AgentSpec {
  return plainSpec(digest, { family, parameters, ...at, envelope: envelopeOf(envelope), parents: [hash] });
}
