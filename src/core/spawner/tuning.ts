import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';

/** From here a trend counts as strong, and below the other as young or weak (Wilder's own reading of ADX). */
const STRONG_ADX = 35;
const WEAK_ADX = 25;
/** A market this quiet has narrow bands. */
const QUIET_ADX = 15;

/**
 * Parameters that differ from the family's defaults because of what is measured now. A fact that is absent changes nothing. The
 * family's own bounds are applied afterwards by its `parse`.
 */
export function tuneParameters(
  family: FamilyName,
  assessment: Assessment,
  context: MarketContext,
  maxBars: number,
): FamilyParameters {
  const trend = factValue(context, 'adx14');
  switch (family) {
    case 'trend-following':
      return { ...averages(trend), ...(assessment.regime === 'breakout' ? BREAKOUT : {}) };
    case 'mean-reversion':
      return { ...bands(trend), maxBarsHeld: within(24, maxBars) };
    case 'scalping':
      return { ...dips(trend), maxBarsHeld: within(8, maxBars) };
    case 'dca':
      return schedule(maxBars);
    case 'reversal':
    case 'pattern-recognition':
      return { maxBarsHeld: within(24, maxBars) };
    case 'sentiment':
      return { maxBarsHeld: within(48, maxBars) };
    case 'news-reaction':
      return { maxBarsHeld: within(12, maxBars) };
  }
}

/** A strong trend outruns slow averages; a weak one whipsaws fast ones. */
function averages(trend: number | undefined): FamilyParameters {
  if (trend === undefined) return {};
  if (trend >= STRONG_ADX) return { fastLength: 12, slowLength: 36, trailAtr: 3.5 };
  if (trend < WEAK_ADX) return { fastLength: 24, slowLength: 60, minAdx: 15 };
  return {};
}

/** A break begins from a quiet range: its strength and averages lag, so less is asked of them. */
const BREAKOUT: FamilyParameters = { fastLength: 8, slowLength: 21, minAdx: 10, trailAtr: 2.5 };

function bands(trend: number | undefined): FamilyParameters {
  if (trend === undefined || trend >= QUIET_ADX) return {};
  return { deviations: 1.8, entryZone: 0.2 };
}

/** No longer than the family's usual time nor the agent's life; a position is held for two candles at least. */
const within = (usual: number, maxBars: number): number => Math.min(usual, Math.max(2, maxBars));

/** The dips of a strong rise are shallow. */
const dips = (trend: number | undefined): FamilyParameters =>
  trend !== undefined && trend >= STRONG_ADX ? { entryRsi: 40 } : {};

/** Parts spread over what the agent has of time, so that the last one is bought well before everything is sold. */
function schedule(maxBars: number): FamilyParameters {
  const holdBars = Math.min(40, Math.max(10, maxBars));
  return { tranches: 4, everyBars: Math.max(2, Math.floor(holdBars / 6)), holdBars };
}

/** Value of a fact by its machine name; undefined when it is absent or not a finite number. */
export function factValue(context: MarketContext, name: string): number | undefined {
  const value = context.facts.find((fact) => fact.name === name)?.value;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
