import { familyOf } from '#core/agent/family-registry.ts';
import type { FamilyName, FamilyParameters } from '#core/domain/strategy.ts';

/** What is tried beside the usual parameters: a quicker and a slower reading of the same idea. Few, because each one has to be paid for. */
const VARIATIONS: Readonly<Record<FamilyName, readonly FamilyParameters[]>> = {
  'trend-following': [
    { fastLength: 12, slowLength: 36, trailAtr: 2.5 },
    { fastLength: 40, slowLength: 120, trailLength: 40, trailAtr: 4 },
  ],
  'mean-reversion': [
    { length: 14, deviations: 1.8, maxBarsHeld: 12 },
    { length: 40, deviations: 2.5, maxBarsHeld: 48 },
  ],
  scalping: [
    { rsiLength: 2, entryRsi: 15, maxBarsHeld: 4 },
    { trendLength: 50, rsiLength: 5, entryRsi: 40, maxBarsHeld: 16 },
  ],
  dca: [
    { tranches: 2, everyBars: 4, holdBars: 20 },
    { tranches: 5, everyBars: 8, holdBars: 48, maxStretchAtr: 5 },
  ],
  reversal: [
    { fallLength: 15, minFallAtr: 3, oversoldRsi: 38, maxBarsHeld: 12 },
    { fallLength: 80, minFallAtr: 8, oversoldRsi: 28, maxBarsHeld: 48 },
  ],
  sentiment: [
    { minTone: 0.05, trendLength: 15, maxBarsHeld: 24 },
    { minTone: 0.3, trendLength: 80 },
  ],
  'news-reaction': [
    { maxAgeBars: 3, minMoveAtr: 0.3, maxBarsHeld: 6 },
    { maxAgeBars: 24, minMoveAtr: 1, maxMoveAtr: 6, maxBarsHeld: 24 },
  ],
  'pattern-recognition': [
    { recentBars: 1, minScore: 1, maxBarsHeld: 12 },
    { recentBars: 5, minScore: 4, maxBarsHeld: 48 },
  ],
};

/**
 * The usual parameters first. A scalper is let onto the candles at hand, as long as it can be; a reader of moods asks for no more sources than
 * there are.
 */
export const configurationsOf = (family: FamilyName, minutes: number, sources = 0): readonly FamilyParameters[] =>
  [{}, ...VARIATIONS[family]].map((given) =>
    familyOf(family).parse({
      ...familyOf(family).defaults,
      ...given,
      ...(family === 'scalping' ? { longestMinutes: Math.min(60, Math.max(15, minutes)) } : {}),
      ...(family === 'sentiment' ? { minSources: Math.min(2, Math.max(1, sources)) } : {}),
    }),
  );
