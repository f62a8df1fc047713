import { decimal, formatDecimal, multiply, parseDecimal } from '../domain/decimal.ts';
import { DEFAULT_SPAWN_POLICY } from '../spawner/policy.ts';
import type { RiskEnvelope, SpawnPolicy } from '../spawner/types.ts';
import type { EnvelopeSteps } from './types.ts';

/** Steps of each part of the envelope, in quarters. A stop or target nearer than half of the policy's would sit inside the noise of ATR. */
export const STEP_BOUNDS: { readonly [K in keyof EnvelopeSteps]: { readonly least: number; readonly most: number } } = {
  risk: { least: 1, most: 4 },
  stop: { least: 2, most: 4 },
  target: { least: 2, most: 4 },
};

export const STEP_NAMES = ['risk', 'stop', 'target'] as const satisfies readonly (keyof EnvelopeSteps)[];

/** The limits of the policy as they are. */
export const FULL_STEPS: EnvelopeSteps = { risk: 4, stop: 4, target: 4 };

export const areSteps = (steps: EnvelopeSteps): boolean =>
  STEP_NAMES.every((name) => {
    const { least, most } = STEP_BOUNDS[name];
    return Number.isInteger(steps[name]) && steps[name] >= least && steps[name] <= most;
  });

export type SteppedEnvelope = Pick<RiskEnvelope, 'riskPerTrade' | 'maxNotionalFraction' | 'stopAtr' | 'targetAtr'>;

/** The limits that these steps stand for, exactly. Undefined for the policy's own: a genome that changes nothing is the plain agent. */
export function envelopeOf(
  { risk, stop, target }: EnvelopeSteps,
  policy: SpawnPolicy = DEFAULT_SPAWN_POLICY,
): SteppedEnvelope | undefined {
  if (risk === 4 && stop === 4 && target === 4) return undefined;
  const quarters = (limit: string, steps: number): string =>
    formatDecimal(multiply(parseDecimal(limit), decimal(BigInt(steps) * 25n, 2)));
  return {
    riskPerTrade: quarters(policy.riskPerTrade, risk),
    maxNotionalFraction: quarters(policy.maxNotionalFraction, risk),
    stopAtr: quarters(policy.stopAtr, stop),
    targetAtr: quarters(policy.targetAtr, target),
  };
}
