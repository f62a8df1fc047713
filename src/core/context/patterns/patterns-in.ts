import type { ClosedCandle } from '../../domain/candle.ts';
import type { UnixMs } from '../../domain/ids.ts';
import { PATTERNS, type PatternName } from './catalogue.ts';
import { CHART_CANDLES } from './swings.ts';
import { createTape, type PatternTape } from './tape.ts';
import type { PatternDirection, PatternKind } from './types.ts';

/** A pattern that was completed by a candle. */
export type PatternHit = {
  readonly name: PatternName;
  readonly label: string;
  readonly kind: PatternKind;
  readonly direction: PatternDirection;
  /** Index of the candle with whose close it was complete, in the candles given. */
  readonly index: number;
  /** When it could first be known: that candle's close. */
  readonly knownAt: UnixMs;
};

/** Candles that the answer at one candle depends on at most: earlier ones change nothing. */
export const PATTERN_LOOK_BACK: number = CHART_CANDLES;

/**
 * Every pattern completed within the candles, oldest first and in the catalogue's order on one candle. A candle after a hit never
 * changes it. Candles must be consecutive closed ones, oldest first.
 */
export const patternsIn = (candles: readonly ClosedCandle[]): readonly PatternHit[] => patternsSince(candles, 0);

/** The patterns completed by the last candle: what `patternsIn` says of it, without looking at the others. */
export function patternsAt(candles: readonly ClosedCandle[]): readonly PatternHit[] {
  return patternsSince(candles, candles.length - 1);
}

/** The patterns completed by the candle at `first` or one after it. */
export function patternsSince(candles: readonly ClosedCandle[], first: number): readonly PatternHit[] {
  const cut = Math.max(0, first - PATTERN_LOOK_BACK + 1);
  const tape = createTape(cut === 0 ? candles : candles.slice(cut));
  const hits: PatternHit[] = [];
  for (let index = Math.max(0, first); index < candles.length; index++) {
    const knownAt = candles[index]?.closeTime;
    if (knownAt !== undefined) hits.push(...hitsAt(tape, index - cut, index, knownAt));
  }
  return hits;
}

/** The same fed with one candle at a time: what each completes. Remembers no more than a pattern can look back on. */
export function createPatternStream(): { next(candle: ClosedCandle): readonly PatternHit[] } {
  let known: readonly ClosedCandle[] = [];
  let seen = 0;
  return {
    next(candle) {
      known = [...known.slice(1 - PATTERN_LOOK_BACK), candle];
      const shift = seen + 1 - known.length;
      seen++;
      return patternsAt(known).map((hit) => ({ ...hit, index: hit.index + shift }));
    },
  };
}

function hitsAt(tape: PatternTape, at: number, index: number, knownAt: UnixMs): readonly PatternHit[] {
  // In a market that stands still nothing has a size.
  if (!(tape.unitAt(at) > 0)) return [];
  const views = [tape.view(at, false), tape.view(at, true)] as const;
  return PATTERNS.filter(({ candles, mirrored, shape }) => at + 1 >= candles && shape(views[mirrored ? 1 : 0])).map(
    ({ name, label, kind, direction }) => ({ name, label, kind, direction, index, knownAt }),
  );
}
