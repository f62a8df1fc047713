import { CHART_CANDLES } from './swings.ts';
import { CANDLE_PATTERN_CANDLES } from './tape.ts';
import type { Pattern, PatternKind, Shape } from './types.ts';

type Words<Name extends string> = { readonly name: Name; readonly label: string; readonly what: string };

const NISON = 'S. Nison, Japanese Candlestick Charting Techniques (1991), sizes made relative to the typical range';
const BULKOWSKI =
  'T. Bulkowski, Encyclopedia of Chart Patterns (2nd ed., 2005), turned into distances of the typical range';

const common = (kind: PatternKind, source?: string) => ({
  kind,
  candles: kind === 'candle' ? CANDLE_PATTERN_CANDLES : CHART_CANDLES,
  source: source ?? (kind === 'candle' ? NISON : BULKOWSKI),
});

/** One shape, two patterns: as it is written (bullish), and on the chart turned upside down (bearish). */
export function pair<Up extends string, Down extends string>(
  kind: PatternKind,
  up: Words<Up>,
  down: Words<Down>,
  shape: Shape,
  source?: string,
): readonly [Pattern & { readonly name: Up }, Pattern & { readonly name: Down }] {
  return [
    { ...up, ...common(kind, source), direction: 'bullish', mirrored: false, shape },
    { ...down, ...common(kind, source), direction: 'bearish', mirrored: true, shape },
  ];
}

/** A pattern that favours no side; its shape must be its own mirror image. */
export const neutral = <Name extends string>(
  kind: PatternKind,
  words: Words<Name>,
  shape: Shape,
): Pattern & { readonly name: Name } => ({ ...words, ...common(kind), direction: 'neutral', mirrored: false, shape });
