import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { RiskEnvelope } from '#core/spawner/types.ts';

const { riskPerTrade, maxNotionalFraction, stopAtr, targetAtr, dayLoss, maxPositions } = DEFAULT_SPAWN_POLICY;

/** The limits of one order by hand: those that an agent of the default policy has. */
export const manualEnvelope: RiskEnvelope = {
  riskPerTrade,
  maxNotionalFraction,
  stopAtr,
  targetAtr,
  dayLoss,
  maxPositions,
  allowShort: false,
};
