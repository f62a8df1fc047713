import { z } from 'zod';
import { call } from './define.ts';
import { decimalText, nothing } from './primitives.ts';

const fraction = decimalText;

/** The limits of the whole engine. Fractions, not percent. Their hard bounds are the engine's to check. */
export const riskPolicy = z.strictObject({
  priceCollar: fraction,
  maxOrderFraction: fraction,
  maxSymbolFraction: fraction,
  maxGrossFraction: fraction,
  maxOpenOrders: z.int(),
  maxOpenOrderFraction: fraction,
  maxOrdersPerSecond: z.int(),
  maxOrdersPerMinute: z.int(),
  maxRepeatsPerMinute: z.int(),
  duplicateWindowMs: z.int(),
  dayLoss: fraction,
  halveAt: fraction,
  reduceOnlyAt: fraction,
  haltAt: fraction,
  maxDrawdown: fraction,
  gapFraction: fraction,
  gapAtr: fraction,
  maxOpenRisk: fraction,
  maxPositions: z.int(),
  maxAgents: z.int(),
});
export type RiskPolicyView = z.infer<typeof riskPolicy>;
export const limitName = z.enum(Object.keys(riskPolicy.shape) as [keyof RiskPolicyView, ...(keyof RiskPolicyView)[]], {
  error: 'is not the name of a limit',
});

export const limitsContract = {
  'risk.limits': call('view', nothing, riskPolicy),
  /** Tightening is instant; loosening needs a reason. */
  'risk.set_limits': call(
    'trade',
    z.strictObject({ changes: riskPolicy.partial(), reason: z.string().max(200).optional() }),
    z.strictObject({ policy: riskPolicy, changed: z.array(limitName) }),
  ),
} as const;
