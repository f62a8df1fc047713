import { parseDecimal } from '../domain/decimal.ts';
import type { MatchRules } from '../matching/types.ts';
import type { CostProfile, LimitsProfile } from './types.ts';

/**
 * What a profile's name stands for. The values are part of a run's hash through `BACKTEST_CODE_VERSION`: raise it when one changes.
 * The share is generous: a tenth of what traded is more than a patient order should take, and stops a back-test from buying a market
 * that was not there.
 */
const HALF_SPREAD_BPS = 2;
const PARTICIPATION = 0.1;
const IMPACT = 0.1;

/** Half spread of the cost profile `default`, for the venue that trades in decimals. */
export const DEFAULT_HALF_SPREAD_BPS = parseDecimal(String(HALF_SPREAD_BPS));
export const DEFAULT_PARTICIPATION = PARTICIPATION;
export const DEFAULT_IMPACT = IMPACT;

export const matchRulesOf = (limits: LimitsProfile, costs: CostProfile): MatchRules => ({
  halfSpread: { numerator: costs === 'default' ? HALF_SPREAD_BPS : 0, denominator: 10_000 },
  participation: limits === 'default' ? PARTICIPATION : Number.POSITIVE_INFINITY,
  impact: costs === 'default' ? IMPACT : 0,
  tickStep: 1,
});
