import {
  add,
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
import { Fault } from '../kernel/fault.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import type { ApprovalImpact, BriefLimits } from './approval-types.ts';

/** What the master asks for; what is absent stays. The size is money, as a person thinks of it. */
export type WantedLimits = {
  readonly maxSize?: string | undefined;
  readonly riskPerTrade?: string | undefined;
  readonly maxPositions?: number | undefined;
  readonly maxBars?: number | undefined;
};

/** An agent that may not live for two candles decides nothing. */
const LEAST_BARS = 2;
const FRACTION_DIGITS = 8;
const CENT = decimal(1n, 2);

/** The limits of an agent that is not there yet. */
export const limitsOfSpec = (spec: {
  readonly envelope: RiskEnvelope;
  readonly lifespan: { readonly maxBars: number };
}): BriefLimits => ({
  riskPerTrade: spec.envelope.riskPerTrade,
  maxNotionalFraction: spec.envelope.maxNotionalFraction,
  maxPositions: spec.envelope.maxPositions,
  maxBars: spec.lifespan.maxBars,
});

/** Of one entry its size and its risk can be lowered; how long its agent lives was decided with the brief. */
export function refuseNotOfEntry({ maxPositions, maxBars }: WantedLimits): void {
  if (maxPositions === undefined && maxBars === undefined) return;
  throw new Fault(
    'refused',
    'of an entry only the size and the risk can be lowered',
    'lower those, or reject it; an agent is retired with mt agents retire',
  );
}

/** Lowers what was asked. Throws Fault `refused` that names the limit which would rise, or which leaves nothing to trade with. */
export function loweredLimits(now: BriefLimits, wanted: WantedLimits, equity: string): BriefLimits {
  const size = wanted.maxSize === undefined ? undefined : sizeFraction(wanted.maxSize, equity);
  return {
    riskPerTrade: loweredText('the risk per trade', now.riskPerTrade, wanted.riskPerTrade),
    maxNotionalFraction: loweredText('the size', now.maxNotionalFraction, size),
    maxPositions: loweredCount('the number of positions', now.maxPositions, wanted.maxPositions, 1),
    maxBars: loweredCount('the lifespan', now.maxBars, wanted.maxBars, LEAST_BARS),
  };
}

const sizeFraction = (size: string, equity: string): string =>
  formatDecimal(divide(parseDecimal(size), parseDecimal(equity), FRACTION_DIGITS, 'down'));

function loweredText(name: string, now: string, wanted: string | undefined): string {
  if (wanted === undefined) return now;
  const asked = parseDecimal(wanted);
  if (!isPositive(asked))
    throw new Fault('refused', `${name} of ${wanted} leaves nothing to trade with`, 'reject it instead');
  if (compare(asked, parseDecimal(now)) > 0) throw raised(name, wanted, now);
  return formatDecimal(asked);
}

function loweredCount(name: string, now: number, wanted: number | undefined, least: number): number {
  if (wanted === undefined) return now;
  if (wanted < least) throw new Fault('refused', `${name} must be at least ${least}`, 'reject it instead');
  if (wanted > now) throw raised(name, String(wanted), String(now));
  return wanted;
}

const raised = (name: string, wanted: string, now: string): Fault =>
  new Fault('refused', `${name} can only be lowered: ${wanted} is above ${now}`, 'approve it as it is, or lower it');

/** The tighter of both, limit by limit: whatever a record says, an agent never gets more than what was decided for it. */
export const tighter = (a: BriefLimits, b: BriefLimits): BriefLimits => ({
  riskPerTrade: lesser(a.riskPerTrade, b.riskPerTrade),
  maxNotionalFraction: lesser(a.maxNotionalFraction, b.maxNotionalFraction),
  maxPositions: Math.min(a.maxPositions, b.maxPositions),
  maxBars: Math.min(a.maxBars, b.maxBars),
});

const lesser = (a: string, b: string): string => formatDecimal(min(parseDecimal(a), parseDecimal(b)));

export type ImpactInput = {
  readonly asset: string;
  readonly equity: Decimal;
  /** Fraction below the highest equity, now. */
  readonly drawdown: Decimal;
  readonly drawdownBudget: Decimal;
  /** The most that the agent may lose in a day, as a fraction. */
  readonly dayLoss: string;
};

/** What these limits put at stake, as planned. */
export function impactOf(
  limits: BriefLimits,
  { asset, equity, drawdown, drawdownBudget, dayLoss }: ImpactInput,
): ApprovalImpact {
  const money = (fraction: Decimal): string => formatDecimal(quantize(multiply(equity, fraction), CENT, 'up'));
  const [size, trade] = [parseDecimal(limits.maxNotionalFraction), parseDecimal(limits.riskPerTrade)];
  const worstTrade = min(trade, size);
  // Below the loss of a day it may enter once more.
  const day = add(parseDecimal(dayLoss), worstTrade);
  return {
    asset,
    equity: formatDecimal(equity),
    exposure: money(size),
    exposureFraction: limits.maxNotionalFraction,
    worstTrade: money(worstTrade),
    worstTradeFraction: formatDecimal(worstTrade),
    worstDay: money(day),
    worstDayFraction: formatDecimal(day),
    drawdown: formatDecimal(drawdown),
    drawdownAfter: formatDecimal(add(drawdown, day)),
    drawdownBudget: formatDecimal(drawdownBudget),
  };
}
