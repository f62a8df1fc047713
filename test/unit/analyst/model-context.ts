import type { Judgement } from '#core/analyst/types.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import type { MarketContext } from '#core/context/types.ts';
import { type FactId, type Hash, type InstrumentId, unixMs } from '#core/domain/ids.ts';

export const idOf = (name: FactName): FactId => FACT_CATALOGUE[name].id;
export const idsOf = (...names: readonly FactName[]): readonly FactId[] => names.map(idOf);

/** A context that holds exactly these facts, in the catalogue's order. */
export function contextOf(values: { readonly [name in FactName]?: number }): MarketContext {
  return {
    snapshotHash: '1'.repeat(64) as Hash,
    instrumentId: 'BTC/USDT.SIM' as InstrumentId,
    interval: '1h',
    asOf: unixMs(1_700_000_000_000),
    dataAgeMs: 0,
    lastClose: 30_000,
    facts: (Object.keys(FACT_CATALOGUE) as FactName[]).flatMap((name) => {
      const value = values[name];
      const { id, label, unit } = FACT_CATALOGUE[name];
      return value === undefined ? [] : [{ id, name, label, unit, value, interval: '1h' as const }];
    }),
    patterns: [],
    hash: '2'.repeat(64) as Hash,
  };
}

const CALM = {
  atr14: 0.01,
  volatilityRatio: 0.8,
  largestMove24: 2.5,
  bollingerWidthRank: 0.5,
  flatShare: 0,
  zeroVolumeShare: 0,
} as const;

/** A week that rose, two standard deviations of a random walk. */
export const RISING = contextOf({
  ...CALM,
  return24: 0.04,
  return168: 0.15,
  adx14: 40,
  emaStack: 1,
  ema50Slope: 0.12,
  efficiency168: 0.3,
  drift168: 2,
  distanceHigh50: -0.5,
  distanceLow50: 6,
  diBalance14: 0.4,
});

export const FALLING = contextOf({
  ...CALM,
  return24: -0.04,
  return168: -0.15,
  adx14: 40,
  emaStack: -1,
  ema50Slope: -0.12,
  efficiency168: 0.3,
  drift168: -2,
  distanceHigh50: -6,
  distanceLow50: 0.5,
  diBalance14: -0.4,
});

/** A week that led nowhere, 1 % up. */
export const SIDEWAYS = contextOf({
  ...CALM,
  return24: 0.002,
  return168: 0.01,
  adx14: 14,
  emaStack: 1 / 3,
  ema50Slope: 0.01,
  efficiency168: 0.04,
  drift168: 0.1,
  volatilityRatio: 0.7,
  largestMove24: 1.4,
  bollingerWidthRank: 0.2,
  distanceHigh50: -2,
  distanceLow50: 2,
  diBalance14: 0.05,
});

export const rulesSay = (
  regime: Judgement['regime'],
  bias: Judgement['bias'] = 'none',
  confidence = 0.6,
): Judgement => ({
  regime,
  bias,
  confidence,
  evidence: [],
  reasons: [],
});
