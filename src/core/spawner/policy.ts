import { z } from 'zod';
import { compare, type Decimal, isPositive, parseDecimal } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';
import type { SpawnPolicy } from './types.ts';

/**
 * Defaults of a first run. A trade risks half a percent of equity and a day one percent, so that even five bad days in a row stay
 * inside a drawdown of 5 %. The size cap keeps a very quiet market (tiny ATR, hence a tight stop) from becoming one huge position.
 * A confidence below one half means that the label is more likely wrong than right.
 */
export const DEFAULT_SPAWN_POLICY: SpawnPolicy = {
  riskPerTrade: '0.005',
  maxNotionalFraction: '0.25',
  stopAtr: '2',
  targetAtr: '3',
  dayLoss: '0.01',
  maxPositions: 1,
  maxBars: 48,
  minConfidence: 0.5,
};

/** Plain decimal text in (0, limit]. */
const decimalUpTo = (limit: string) =>
  z.string().refine((text) => {
    const value = decimalOrNull(text);
    return value !== null && isPositive(value) && compare(value, parseDecimal(limit)) <= 0;
  }, `must be plain decimal text above 0 and at most ${limit}`);

function decimalOrNull(text: string): Decimal | null {
  try {
    return parseDecimal(text);
  } catch {
    return null;
  }
}

/** Hard outer bounds: no setting can make an agent riskier than this. */
const spawnPolicySchema = z.strictObject({
  riskPerTrade: decimalUpTo('0.02'),
  maxNotionalFraction: decimalUpTo('1'),
  stopAtr: decimalUpTo('10'),
  targetAtr: decimalUpTo('20'),
  dayLoss: decimalUpTo('0.05'),
  maxPositions: z.int().min(1).max(10),
  maxBars: z.int().min(2).max(1000),
  minConfidence: z.number().min(0).max(1),
});

/** Reads a policy. Throws Fault `refused` that names the limit which is missing, malformed or outside the hard bounds. */
export function parseSpawnPolicy(input: unknown): SpawnPolicy {
  const parsed = spawnPolicySchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.join('.') || 'policy';
  throw new Fault(
    'refused',
    `limit ${name}: ${issue?.message ?? 'not valid'}`,
    `Set ${name} within its bounds in the limits.`,
  );
}
