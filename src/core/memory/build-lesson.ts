import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import { type Decimal, divide, formatDecimal, isPositive, isZero, ZERO } from '../domain/decimal.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { AgentSpec } from '../spawner/types.ts';
import { featuresOf } from './features.ts';
import type { Lesson } from './types.ts';

const R_DECIMALS = 4;
const MAX_TEXT = 400;

export type LessonResult = {
  /** True when anything was filled. */
  readonly traded: boolean;
  /** After fees, in the quote asset. */
  readonly netPnl: Decimal;
  /** Planned loss from entry to stop of everything that was entered, in the quote asset; null when nothing was entered. */
  readonly plannedRisk: Decimal | null;
  readonly fees: Decimal;
  readonly quoteAsset: string;
};

export type LessonInput = {
  readonly ids: Pick<IdFactory, 'runId' | 'lessonId'>;
  readonly assessment: Assessment;
  readonly context: MarketContext;
  readonly environment: CycleEnvironment;
  /** Null when nothing was spawned. */
  readonly spec: AgentSpec | null;
  readonly result: LessonResult;
  readonly decidedAt: UnixMs;
  readonly resolvedAt: UnixMs;
  /** How it ended, in a few plain words. */
  readonly why: string;
};

/**
 * What one cycle taught. R = net result / planned risk at four decimals, ties away from zero (W. van Tharp's R multiple).
 * Throws RangeError when it would be resolved before it was decided, or when something was traded without a planned risk: a result
 * that cannot be measured against its risk must not look like a zero.
 */
export function buildLesson(input: LessonInput): Lesson {
  const { ids, assessment, context, environment, spec, result, decidedAt, resolvedAt } = input;
  if (resolvedAt < decidedAt) throw new RangeError(`resolved at ${resolvedAt}, before the decision at ${decidedAt}`);
  const outcomeR = result.traded ? multipleOfRisk(result.netPnl, result.plannedRisk) : ZERO;
  return {
    id: ids.lessonId(),
    runId: ids.runId,
    instrumentId: context.instrumentId,
    interval: context.interval,
    environment,
    regime: assessment.regime,
    family: spec?.family ?? null,
    parameters: spec?.parameters ?? {},
    specHash: spec?.hash ?? null,
    decidedAt,
    resolvedAt,
    features: featuresOf(context),
    outcomeR: formatDecimal(outcomeR),
    outcomeMoney: formatDecimal(result.netPnl),
    fees: formatDecimal(result.fees),
    traded: result.traded,
    text: lessonText(input, formatDecimal(outcomeR)),
  };
}

function multipleOfRisk(netPnl: Decimal, plannedRisk: Decimal | null): Decimal {
  if (plannedRisk === null || !isPositive(plannedRisk))
    throw new RangeError('a traded cycle needs a positive planned risk');
  return divide(netPnl, plannedRisk, R_DECIMALS, 'half-up');
}

function lessonText({ context, assessment, spec, result, why }: LessonInput, outcomeR: string): string {
  const market = `${context.instrumentId} ${context.interval}, ${assessment.regime.replaceAll('_', ' ')}`;
  const ending = why.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return clip(`${market}: ${whatHappened(spec, result, outcomeR)}; ${ending}.`);
}

function whatHappened(spec: AgentSpec | null, result: LessonResult, outcomeR: string): string {
  if (spec === null) return 'no agent was spawned';
  const family = spec.family.replace('-', ' ');
  if (!result.traded) return `${family} found no entry`;
  const verb = isZero(result.netPnl) ? 'came out even at' : isPositive(result.netPnl) ? 'won' : 'lost';
  const money = `${formatDecimal(result.netPnl)} ${result.quoteAsset} after ${formatDecimal(result.fees)} of fees`;
  return `${family} ${verb} ${outcomeR.replace('-', '')} R (${money})`;
}

const clip = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`);
