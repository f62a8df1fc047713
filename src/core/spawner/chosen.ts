import {
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  isPositive,
  min,
  multiply,
  parseDecimal,
  quantize,
} from '../domain/decimal.ts';
import type { Hash } from '../domain/ids.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import type { RiskEnvelope, SpawnPolicy } from './types.ts';

/** What an agent may be limited to by whoever chose it. Fractions of the equity as decimal text; a life in candles. */
export type ChosenLimits = Pick<RiskEnvelope, 'riskPerTrade' | 'maxNotionalFraction' | 'dayLoss'> & {
  readonly maxBars: number;
};

/** An agent that was chosen and not derived from a judgement: the family, all of its parameters and its limits, as they are recorded. */
export type ChosenAgent = {
  readonly family: FamilyName;
  readonly parameters: FamilyParameters;
  readonly limits: ChosenLimits;
  /** Whose choice: the master's own hand, or a program of his, which is no hand. */
  readonly by: 'master' | 'program';
  /** The agent that it was made after. */
  readonly parent?: { readonly agentId: string; readonly spec: Hash };
};

/** What is asked for; what is left out is the most that may be. The budget is money in the asset of the account. */
export type WantedChoice = {
  readonly budget?: string | undefined;
  readonly riskPerTrade?: string | undefined;
  readonly dayLoss?: string | undefined;
  readonly maxBars?: number | undefined;
};

/** Those limits of the account that bound an agent too. */
export type SignedLimits = Readonly<
  Record<'maxOpenRisk' | 'maxOrderFraction' | 'maxSymbolFraction' | 'maxGrossFraction' | 'dayLoss', Decimal>
>;

/** An agent that may not live for two candles decides nothing. */
export const LEAST_BARS = 2;
const FRACTION_DIGITS = 8;
const CENT = decimal(1n, 2);

/** The most that a chosen agent may have: what the policy lets any agent have, and never more than the limits that were signed. */
export function mostOf(policy: SpawnPolicy, signed: SignedLimits): ChosenLimits {
  const least = (first: string, ...others: readonly Decimal[]): string =>
    formatDecimal(others.reduce(min, parseDecimal(first)));
  return {
    riskPerTrade: least(policy.riskPerTrade, signed.maxOpenRisk),
    maxNotionalFraction: least(
      policy.maxNotionalFraction,
      signed.maxOrderFraction,
      signed.maxSymbolFraction,
      signed.maxGrossFraction,
    ),
    dayLoss: least(policy.dayLoss, signed.dayLoss),
    maxBars: policy.maxBars,
  };
}

/** A fraction of the equity as money, rounded down to the cent. */
export const budgetOf = (fraction: string, equity: Decimal): string =>
  formatDecimal(quantize(multiply(parseDecimal(fraction), equity), CENT, 'down'));

/** Limit by limit the tighter of both. */
export const noMore = (one: ChosenLimits, most: ChosenLimits): ChosenLimits => {
  const lesser = (a: string, b: string): string => formatDecimal(min(parseDecimal(a), parseDecimal(b)));
  return {
    riskPerTrade: lesser(one.riskPerTrade, most.riskPerTrade),
    maxNotionalFraction: lesser(one.maxNotionalFraction, most.maxNotionalFraction),
    dayLoss: lesser(one.dayLoss, most.dayLoss),
    maxBars: Math.min(one.maxBars, most.maxBars),
  };
};

export type LimitTerms = {
  readonly most: ChosenLimits;
  /** What holds where nothing is said. */
  readonly usual: ChosenLimits;
  readonly equity: Decimal;
  readonly asset: string;
};

/** The limits of a choice. Throws Fault `refused` that names the limit, what was asked, and between what it may be. */
export function chosenLimits(wanted: WantedChoice, { most, usual, equity, asset }: LimitTerms): ChosenLimits {
  const { budget, maxBars = usual.maxBars } = wanted;
  if (maxBars < LEAST_BARS || maxBars > most.maxBars)
    throw beyond('the life', `${maxBars} candles`, `from ${LEAST_BARS} to ${most.maxBars} candles`);
  return {
    riskPerTrade: fractionUpTo('the risk per trade', wanted.riskPerTrade ?? usual.riskPerTrade, most.riskPerTrade),
    maxNotionalFraction: budget === undefined ? usual.maxNotionalFraction : sizeOf(budget, most, equity, asset),
    dayLoss: fractionUpTo('the loss of a day', wanted.dayLoss ?? usual.dayLoss, most.dayLoss),
    maxBars,
  };
}

function sizeOf(budget: string, { maxNotionalFraction }: ChosenLimits, equity: Decimal, asset: string): string {
  const asked = parseDecimal(budget);
  const most = budgetOf(maxNotionalFraction, equity);
  const inside = isPositive(asked) && isPositive(equity) && compare(asked, parseDecimal(most)) <= 0;
  if (inside) return formatDecimal(divide(asked, equity, FRACTION_DIGITS, 'down'));
  throw beyond('the budget', `${budget} ${asset}`, `above 0 and at most ${most} ${asset}`);
}

function fractionUpTo(name: string, wanted: string, most: string): string {
  const asked = parseDecimal(wanted);
  if (isPositive(asked) && compare(asked, parseDecimal(most)) <= 0) return formatDecimal(asked);
  throw beyond(name, wanted, `above 0 and at most ${most} of the equity`);
}

const beyond = (name: string, asked: string, bounds: string): Fault =>
  new Fault(
    'refused',
    `${name} of ${asked} is not ${bounds}`,
    `choose ${name} ${bounds}; the account's limits are in mt limits`,
  );
