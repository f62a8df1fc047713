import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { sentenceOf } from '#core/analyst/fact-sentences.ts';
import { buildContext } from '#core/context/build-context.ts';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { measurePatternFacts } from '#core/context/pattern-facts.ts';
import { PATTERNS, type PatternName } from '#core/context/patterns/catalogue.ts';
import { patternsIn } from '#core/context/patterns/patterns-in.ts';
import { unixMs } from '#core/domain/ids.ts';
import { legs } from '#test/support/pattern-tapes/draw.ts';
import { snapshotOf, walkCandles } from '#test/support/snapshots.ts';

const hit = (name: PatternName, age: number) => {
  const pattern = PATTERNS.find((one) => one.name === name);
  if (pattern === undefined) throw new Error(`no pattern ${name}`);
  const { label, kind, direction } = pattern;
  return { hit: { name, label, kind, direction, index: 100 - age, knownAt: unixMs(1) }, age };
};

describe('the facts about patterns', () => {
  it('count both sides of the newest twelve candles and weigh newer ones more', () => {
    const facts = measurePatternFacts([
      hit('doji', 0),
      hit('hammer', 6),
      hit('double-bottom', 11),
      hit('bearish-engulfing', 12),
      hit('bear-flag', 30),
      hit('double-top', 47),
    ]);
    expect(facts).toEqual({
      bullishPatterns12: 2,
      bearishPatterns12: 0,
      patternBalance24: 1 / 2 + 2 ** (-11 / 6) - 1 / 4,
      newestPatternSide: 0,
      newestPatternAge: 0,
      chartPatternBalance48: -1,
    });
  });

  it('cancel both sides of one candle out, and are absent without a newest pattern', () => {
    expect(measurePatternFacts([hit('hammer', 2), hit('bear-flag', 2)])).toMatchObject({ newestPatternSide: 0 });
    const old = measurePatternFacts([hit('hammer', 24)]);
    expect([old.newestPatternSide, old.newestPatternAge, old.patternBalance24]).toEqual([Number.NaN, Number.NaN, 0]);
  });
});

describe('a context', () => {
  const rise = legs([70, 14], [25, 0], [12, 6], [12, 0.2], [8, 6.7]);

  it('names the patterns that its newest candles completed, newest first', () => {
    const context = buildContext(sha256, snapshotOf(rise));
    expect(context.patterns[0]).toEqual({
      name: 'double-bottom',
      label: 'double bottom',
      direction: 'bullish',
      age: 0,
    });
    expect(context.patterns.map(({ age }) => age)).toEqual(
      context.patterns.map(({ age }) => age).toSorted((a, b) => a - b),
    );
    expect(context.facts.map(sentenceOf)).toEqual(
      expect.arrayContaining(['the newest pattern is bullish', 'the newest candle completed a pattern']),
    );
  });

  it('names what patternsIn sees in the same candles, and nothing older than 48 candles', () => {
    const candles = walkCandles(700, 12);
    const seen = patternsIn(candles)
      .map(({ name, index }) => ({ name, age: candles.length - 1 - index }))
      .filter(({ age }) => age < 48)
      .toReversed();
    const { patterns } = buildContext(sha256, snapshotOf(candles));
    expect(patterns.map(({ name, age }) => ({ name, age }))).toEqual(seen);
    expect(seen.length).toBeGreaterThan(3);
  });
});

describe('a sentence', () => {
  it.each([
    ['bullishPatterns12', 0, 'no bullish pattern was completed within 12 candles'],
    ['bearishPatterns12', 1, '1 bearish pattern was completed within 12 candles'],
    ['bearishPatterns12', 3, '3 bearish patterns were completed within 12 candles'],
    ['patternBalance24', 0.02, 'the patterns of 24 candles favour no side'],
    ['chartPatternBalance48', -2, 'the chart patterns of 48 candles lean to the bearish side (-2.0)'],
    ['newestPatternSide', -1, 'the newest pattern is bearish'],
    ['newestPatternAge', 5, 'the newest pattern is 5 candles old'],
    ['drift30', -1.24, 'the change over 30 1h candles is 1.2 standard deviations of a random walk, downwards'],
    ['higherStack', 0.5, 'on 1h candles price and its 20- and 50-candle averages stand in no clear order'],
    ['intervalAgreement', 1 / 3, 'this interval and the two above it do not agree on a direction'],
  ] as const)('of %s at %d', (name, value, text) => {
    const { id, label, unit } = FACT_CATALOGUE[name];
    expect(sentenceOf({ id, name, label, unit, value, interval: '1h' })).toBe(text);
  });
});
