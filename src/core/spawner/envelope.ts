import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  min,
  multiply,
  ONE,
  parseDecimal,
  subtract,
} from '../domain/decimal.ts';
import type { MemoryEvidence } from './memory-evidence.ts';
import type { RiskEnvelope, SpawnPolicy } from './types.ts';

const HALF = parseDecimal('0.5');
/** From this confidence upwards the full limits of the policy are used. */
const FULL_CONFIDENCE = parseDecimal('0.8');

/** An envelope, and in words what made it tighter than the policy. */
export type BuiltEnvelope = { readonly envelope: RiskEnvelope; readonly why: string };

/**
 * The tightest of policy, confidence, memory and the model's agreement with itself. Risk and size shrink together: in a quiet market the size cap is what binds, and a
 * smaller risk alone would change nothing. The arithmetic is exact; only the share is rounded, to four decimals.
 */
export function buildEnvelope(
  policy: SpawnPolicy,
  confidence: number,
  memory: Pick<MemoryEvidence, 'factor'>,
  agreement: { readonly factor: string; readonly words: string } = { factor: '1', words: '' },
): BuiltEnvelope {
  const byConfidence = confidenceShare(confidence, policy.minConfidence);
  const share = multiply(multiply(byConfidence, parseDecimal(memory.factor)), parseDecimal(agreement.factor));
  const tighten = (limit: string): string => formatDecimal(multiply(parseDecimal(limit), share));
  const envelope: RiskEnvelope = {
    riskPerTrade: tighten(policy.riskPerTrade),
    maxNotionalFraction: tighten(policy.maxNotionalFraction),
    stopAtr: formatDecimal(parseDecimal(policy.stopAtr)),
    targetAtr: formatDecimal(parseDecimal(policy.targetAtr)),
    maxPositions: policy.maxPositions,
    dayLoss: formatDecimal(parseDecimal(policy.dayLoss)),
    allowShort: false,
  };
  const confidenceWords =
    compare(byConfidence, ONE) === 0
      ? 'all of it for the confidence'
      : `${percentText(formatDecimal(byConfidence))} of it for the confidence`;
  const memoryWords = wordsOf(memory.factor);
  const why = `Risk per trade ${percentText(envelope.riskPerTrade)}: the policy allows ${percentText(policy.riskPerTrade)}, ${confidenceWords}${memoryWords}${agreement.words}.`;
  return { envelope, why };
}

function wordsOf(factor: string): string {
  if (factor === '1') return '';
  return factor === '0.5' ? ', halved by memory' : `, cut to ${percentText(factor)} of that by memory`;
}

/** One half at the least confidence that spawns, rising in a line to one at 0.8; four decimals, rounded down. */
function confidenceShare(confidence: number, minConfidence: number): Decimal {
  const at = asDecimal(confidence);
  const least = asDecimal(minConfidence);
  if (compare(at, FULL_CONFIDENCE) >= 0 || compare(least, FULL_CONFIDENCE) >= 0) return ONE;
  const climbed = divide(subtract(at, least), subtract(FULL_CONFIDENCE, least), 4, 'down');
  return min(ONE, add(HALF, divide(climbed, parseDecimal('2'), 4, 'down')));
}

/** A confidence in 0..1 at four decimals. */
const asDecimal = (fraction: number): Decimal => decimal(BigInt(Math.round(fraction * 10_000)), 4);

/** `0.0041` as `0.41 %`. */
export const percentText = (fraction: string): string =>
  `${formatDecimal(multiply(parseDecimal(fraction), parseDecimal('100')))} %`;
