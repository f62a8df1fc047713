import { describe, expect, it } from 'vitest';
import { PATTERNS, type PatternName } from '#core/context/patterns/catalogue.ts';
import { patternsAt } from '#core/context/patterns/patterns-in.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { CANDLE_PATTERN_TAPES } from '#test/support/pattern-tapes/candle-pattern-tapes.ts';
import { CHART_PATTERN_TAPES } from '#test/support/pattern-tapes/chart-pattern-tapes.ts';
import { type LabelledTape, type PatternTapes, upsideDown } from '#test/support/pattern-tapes/draw.ts';

const turned = ([what, candles]: LabelledTape): LabelledTape => [`${what}, upside down`, upsideDown(candles)];

/** Both sides of every pair, each with tapes of its own. */
const ALL: readonly PatternTapes[] = [...CANDLE_PATTERN_TAPES, ...CHART_PATTERN_TAPES].flatMap((tapes) => {
  const { mirror, ...one } = tapes;
  return mirror === undefined
    ? [one]
    : [one, { name: mirror, complete: one.complete.map(turned), missed: one.missed.map(turned) }];
});

const cases = (kind: 'complete' | 'missed'): readonly (readonly [PatternName, string, readonly ClosedCandle[]])[] =>
  ALL.flatMap((tapes) => tapes[kind].map(([what, candles]) => [tapes.name, what, candles] as const));

const namesAt = (candles: readonly ClosedCandle[]): readonly PatternName[] =>
  patternsAt(candles).map(({ name }) => name);

describe('each pattern', () => {
  it('has at least two tapes on which it is complete and two on which it is not', () => {
    expect(ALL.map(({ name }) => name).toSorted()).toEqual(PATTERNS.map(({ name }) => name).toSorted());
    expect(ALL.filter(({ complete, missed }) => complete.length < 2 || missed.length < 2)).toEqual([]);
  });

  it('is missed for a reason of its shape, not for want of candles', () => {
    const short = cases('missed').filter(
      ([name, , candles]) => candles.length < (PATTERNS.find((one) => one.name === name)?.candles ?? 0),
    );
    expect(short.map(([name, what]) => `${name}: ${what}`)).toEqual([]);
  });

  it.each(cases('complete'))('%s: %s', (name, _what, candles) => {
    expect(namesAt(candles)).toContain(name);
  });

  it.each(cases('missed'))('no %s: %s', (name, _what, candles) => {
    expect(namesAt(candles)).not.toContain(name);
  });
});

describe('the pattern catalogue', () => {
  it('says of each pattern what it is, where it comes from and how many candles it needs', () => {
    for (const { name, label, what, source, candles } of PATTERNS) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(label.length, name).toBeGreaterThan(3);
      expect(what, name).toMatch(/^[A-Z].*\.$/);
      expect(source, name).toMatch(/\(.*\d{4}\)|Donchian/);
      expect(candles, name).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(PATTERNS.map(({ name }) => name)).size).toBe(PATTERNS.length);
    expect(PATTERNS.length).toBeGreaterThanOrEqual(25);
  });

  it('looks for nothing before there are candles enough', () => {
    for (const [name, what, candles] of cases('complete')) {
      const needed = PATTERNS.find((pattern) => pattern.name === name)?.candles ?? 0;
      expect(namesAt(candles.slice(-needed)), `${name}: ${what}`).toContain(name);
      expect(namesAt(candles.slice(1 - needed)), `${name}: ${what}`).not.toContain(name);
    }
  });
});
