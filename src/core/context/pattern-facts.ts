import type { ClosedCandle } from '../domain/candle.ts';
import type { PatternHit } from './patterns/patterns-in.ts';
import { patternsSince } from './patterns/patterns-in.ts';

/** Patterns of so many newest candles are told; what is older has been answered by the market. */
export const PATTERN_CANDLES = 48;
const NEWEST_WITHIN = 24;
const COUNT_WITHIN = 12;
/** A pattern says half as much six candles later. */
const HALF_LIFE = 6;

export type PatternFactName =
  | 'bullishPatterns12'
  | 'bearishPatterns12'
  | 'patternBalance24'
  | 'newestPatternSide'
  | 'newestPatternAge'
  | 'chartPatternBalance48';

const SIDE = { bullish: 1, bearish: -1, neutral: 0 } as const;
const NOTHING_NEW = { newestPatternSide: Number.NaN, newestPatternAge: Number.NaN };

/** The patterns completed within the newest candles, newest first, with their age in candles (0: the newest candle completed it). */
export function recentPatterns(
  candles: readonly ClosedCandle[],
): readonly { readonly hit: PatternHit; readonly age: number }[] {
  const hits = patternsSince(candles, Math.max(0, candles.length - PATTERN_CANDLES));
  return hits.toReversed().map((hit) => ({ hit, age: candles.length - 1 - hit.index }));
}

type Recent = ReturnType<typeof recentPatterns>;

/** Without any pattern the balances are zero, and side and age of the newest are absent. */
export function measurePatternFacts(recent: Recent): { readonly [name in PatternFactName]: number } {
  const within = (candles: number): Recent => recent.filter(({ age }) => age < candles);
  const count = (side: PatternHit['direction']): number =>
    within(COUNT_WITHIN).filter(({ hit }) => hit.direction === side).length;
  const [newest] = within(NEWEST_WITHIN);
  return {
    bullishPatterns12: count('bullish'),
    bearishPatterns12: count('bearish'),
    patternBalance24: within(NEWEST_WITHIN).reduce(
      (sum, { hit, age }) => sum + SIDE[hit.direction] * 2 ** (-age / HALF_LIFE),
      0,
    ),
    ...(newest === undefined
      ? NOTHING_NEW
      : { newestPatternSide: sideAt(recent, newest.age), newestPatternAge: newest.age }),
    chartPatternBalance48: recent.reduce((sum, { hit }) => sum + (hit.kind === 'chart' ? SIDE[hit.direction] : 0), 0),
  };
}

/** One candle may complete patterns of both sides; then they cancel out. */
const sideAt = (recent: Recent, age: number): number =>
  Math.sign(recent.reduce((sum, one) => (one.age === age ? sum + SIDE[one.hit.direction] : sum), 0));
