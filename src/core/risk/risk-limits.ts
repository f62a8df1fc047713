import { z } from 'zod';
import { compare, type Decimal, isNegative, isPositive, parseDecimal } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';

/**
 * The limits of the whole engine as one record, in text as it lies in the journal. An agent's envelope may only be tighter. Fractions, not
 * percent; of equity where nothing else is said.
 */
export type RiskPolicy = {
  /** A limit or trigger of new risk may lie this far from the newest price, and a market order is assumed to cost at most this much more. */
  readonly priceCollar: string;
  /** Notional of one order, of one instrument with its open entries, and of everything together. */
  readonly maxOrderFraction: string;
  readonly maxSymbolFraction: string;
  readonly maxGrossFraction: string;
  readonly maxOpenOrders: number;
  /** Notional of all resting entries. */
  readonly maxOpenOrderFraction: string;
  /** New risk only; cancels and exits are never held back. */
  readonly maxOrdersPerSecond: number;
  readonly maxOrdersPerMinute: number;
  /** Same side of the same instrument within a minute. */
  readonly maxRepeatsPerMinute: number;
  /** The same order again within this many ms is a stutter, not a decision. */
  readonly duplicateWindowMs: number;
  /** Lost since the start of the UTC day; then only what reduces passes until the next one. */
  readonly dayLoss: string;
  /** Bands of drawdown from the highest equity ever: half the size, only what reduces, cancel and flatten and halt. */
  readonly halveAt: string;
  readonly reduceOnlyAt: string;
  readonly haltAt: string;
  /** Drawdown that even the worst planned outcome must not reach. */
  readonly maxDrawdown: string;
  /** The gap that the reserve is made for: how far a price may jump past a stop, as a fraction of the price. The guarantee holds up to it. */
  readonly gapFraction: string;
  /** Added to that reserve: this many ATR, for spread, impact and what a candle moves before it is seen. */
  readonly gapAtr: string;
  /** What all agents of an account together may lose at worst, as planned at their entries, gaps included. */
  readonly maxOpenRisk: string;
  /** Positions on an account, and entries that may become one. */
  readonly maxPositions: number;
  /** Cycles that may run at the same time. */
  readonly maxAgents: number;
};

export const DEFAULT_RISK_POLICY: RiskPolicy = {
  priceCollar: '0.01',
  maxOrderFraction: '0.5',
  maxSymbolFraction: '0.5',
  maxGrossFraction: '1',
  maxOpenOrders: 20,
  maxOpenOrderFraction: '0.5',
  maxOrdersPerSecond: 3,
  maxOrdersPerMinute: 10,
  maxRepeatsPerMinute: 5,
  duplicateWindowMs: 2_000,
  dayLoss: '0.02',
  halveAt: '0.03',
  reduceOnlyAt: '0.04',
  haltAt: '0.045',
  maxDrawdown: '0.05',
  gapFraction: '0.05',
  gapAtr: '0.5',
  // Below the drawdown that must not be reached, so that a small loss of one agent does not close what all others hold.
  maxOpenRisk: '0.04',
  maxPositions: 10,
  maxAgents: 5,
};

/** A price further away than this is refused whatever the policy says. */
const HARD_COLLAR = '0.03';

const decimalIn = (least: 'above 0' | 'from 0', most: string) =>
  z.string().refine((text) => {
    const value = decimalOrNull(text);
    if (value === null || compare(value, parseDecimal(most)) > 0) return false;
    return least === 'above 0' ? isPositive(value) : !isNegative(value);
  }, `must be a plain number ${least} and at most ${most}`);

function decimalOrNull(text: string): Decimal | null {
  try {
    return parseDecimal(text);
  } catch {
    return null;
  }
}

/** The hard outer bounds. The bands may be tightened, never widened: 5 % is the product's promise. */
const schema = z.strictObject({
  priceCollar: decimalIn('above 0', HARD_COLLAR),
  maxOrderFraction: decimalIn('above 0', '1'),
  maxSymbolFraction: decimalIn('above 0', '1'),
  maxGrossFraction: decimalIn('above 0', '1'),
  maxOpenOrders: z.int().min(1).max(200),
  maxOpenOrderFraction: decimalIn('above 0', '1'),
  maxOrdersPerSecond: z.int().min(1).max(50),
  maxOrdersPerMinute: z.int().min(1).max(600),
  maxRepeatsPerMinute: z.int().min(1).max(600),
  duplicateWindowMs: z.int().min(500).max(60_000),
  dayLoss: decimalIn('above 0', '0.05'),
  halveAt: decimalIn('above 0', '0.03'),
  reduceOnlyAt: decimalIn('above 0', '0.04'),
  haltAt: decimalIn('above 0', '0.045'),
  maxDrawdown: decimalIn('above 0', '0.05'),
  gapFraction: decimalIn('from 0', '0.5'),
  gapAtr: decimalIn('from 0', '20'),
  maxOpenRisk: decimalIn('above 0', '0.05'),
  maxPositions: z.int().min(1).max(200),
  maxAgents: z.int().min(1).max(50),
});

export type LimitName = keyof RiskPolicy;
export const LIMIT_NAMES = Object.keys(DEFAULT_RISK_POLICY) as readonly LimitName[];

/** The policy as the checks read it. */
export type RiskLimits = {
  readonly [K in LimitName]: RiskPolicy[K] extends string ? Decimal : number;
} & { readonly hardCollar: Decimal };

/** Reads a policy. Throws Fault `refused` that names the limit which is missing, malformed or outside the hard bounds. */
export function parseRiskPolicy(input: unknown): RiskPolicy {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = issue?.path.join('.') || issue?.code || 'policy';
    throw new Fault(
      'refused',
      `limit ${name}: ${issue?.message ?? 'not valid'}`,
      'these bounds hold whatever is asked; see what is set: mt limits show',
    );
  }
  const policy = parsed.data;
  const bands = ['halveAt', 'reduceOnlyAt', 'haltAt', 'maxDrawdown'] as const;
  for (const [index, upper] of bands.entries()) {
    const lower = bands[index - 1];
    if (lower !== undefined && compare(parseDecimal(policy[lower]), parseDecimal(policy[upper])) >= 0)
      throw new Fault(
        'refused',
        `limit ${lower} (${policy[lower]}) is not below ${upper} (${policy[upper]})`,
        'the bands of drawdown must rise: halveAt, reduceOnlyAt, haltAt, maxDrawdown',
      );
  }
  return policy;
}

/** Limits that an earlier version did not know. Its records hold with what it did: the defaults. */
const ADDED_LATER = ['maxOpenRisk', 'maxPositions', 'maxAgents'] as const satisfies readonly LimitName[];

/** Reads a policy of the journal, which an earlier version may have written. Anything else that is missing is refused, as in `parseRiskPolicy`. */
export const recordedRiskPolicy = (recorded: object): RiskPolicy =>
  parseRiskPolicy({ ...Object.fromEntries(ADDED_LATER.map((name) => [name, DEFAULT_RISK_POLICY[name]])), ...recorded });

export function limitsOf(policy: RiskPolicy): RiskLimits {
  const entries = Object.entries(parseRiskPolicy(policy)).map(([name, value]) => [
    name,
    typeof value === 'string' ? parseDecimal(value) : value,
  ]);
  return Object.freeze({ ...Object.fromEntries(entries), hardCollar: parseDecimal(HARD_COLLAR) }) as RiskLimits;
}

export const DEFAULT_LIMITS: RiskLimits = limitsOf(DEFAULT_RISK_POLICY);

/** Limits that protect by being large: a smaller one lets more through. */
const PROTECT_BY_SIZE: ReadonlySet<LimitName> = new Set(['duplicateWindowMs', 'gapFraction', 'gapAtr']);

/** Which limits of `after` let more through than those of `before`. Only these need a reason, and later a second proof of who asks. */
export function loosened(before: RiskPolicy, after: RiskPolicy): readonly LimitName[] {
  return LIMIT_NAMES.filter((name) => {
    const difference = compare(parseDecimal(String(after[name])), parseDecimal(String(before[name])));
    return PROTECT_BY_SIZE.has(name) ? difference < 0 : difference > 0;
  });
}
