import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { REGIME_CASES } from '#core/analyst/regime-table.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { buildContext } from '#core/context/build-context.ts';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { tapeOf } from '#test/support/candle-tapes.ts';
import { snapshotOf, walkCandles } from '#test/support/snapshots.ts';
import { contextOf } from '#test/support/spawn-inputs.ts';

/** Facts of a market about which nothing can be said. */
const QUIET = {
  return24: 0,
  return168: 0,
  drift168: 0,
  adx14: 15,
  diBalance14: 0,
  ema50Slope: 0,
  ema200Slope: 0,
  emaStack: 0,
  efficiency168: 0.02,
  volatilityRatio: 1,
  largestMove24: 1.5,
  bollingerWidthRank: 0.5,
  bollingerWidthRankBefore: 0.5,
  volumeZ48: 0,
  distanceHigh50: -3,
  distanceLow50: 3,
  zeroVolumeShare: 0,
  flatShare: 0,
  missingCandles: 0,
};
const RISING = {
  ...QUIET,
  return168: 0.198,
  drift168: 2,
  adx14: 41,
  diBalance14: 0.5,
  ema50Slope: 0.15,
  ema200Slope: 0.07,
  emaStack: 1,
  efficiency168: 0.3,
};
const FALLING = {
  ...RISING,
  return168: -0.24,
  drift168: -2,
  diBalance14: -0.5,
  ema50Slope: -0.15,
  ema200Slope: -0.07,
  emaStack: -1,
};
const SHOCK = { ...FALLING, return24: -0.395, volatilityRatio: 4.1, largestMove24: 11.7, bollingerWidthRank: 1 };
const BROKEN_UP = { ...QUIET, distanceHigh50: 1.2, distanceLow50: 6, bollingerWidthRankBefore: 0.05, volumeZ48: 4 };
const BROKEN_DOWN = { ...BROKEN_UP, distanceHigh50: -6, distanceLow50: -1.2 };
const DEAD = { ...RISING, zeroVolumeShare: 0.6, flatShare: 0.6 };

const judge = (facts: Readonly<Record<string, number>>) => judgeByRules(contextOf(facts));

describe('the regime table', () => {
  it('has a case for every regime', () => {
    expect(new Set(REGIME_CASES.map(({ regime }) => regime))).toEqual(new Set(REGIMES));
  });

  it('reads facts of the catalogue only', () => {
    const read = REGIME_CASES.flatMap(({ clues, only }) => [...clues, ...(only === undefined ? [] : [only])]);
    const names = read.flatMap(({ fact, alongside }) => (alongside === undefined ? [fact] : [fact, alongside]));
    expect(names.filter((name) => !Object.hasOwn(FACT_CATALOGUE, name))).toEqual([]);
  });
});

describe('the rules analyst', () => {
  it.each([
    ['a steady rise', RISING, 'trending_up', 'long', 0.95],
    ['a steady fall', FALLING, 'trending_down', 'short', 0.95],
    ['a market that goes nowhere', QUIET, 'ranging', 'none', 1],
    ['a shock, whichever way it went', SHOCK, 'volatile', 'none', 1],
    ['a break above fifty candles out of narrow bands on high volume', BROKEN_UP, 'breakout', 'long', 1],
    ['a break below fifty candles out of narrow bands on high volume', BROKEN_DOWN, 'breakout', 'short', 1],
    ['a market that hardly trades, whatever its prices say', DEAD, 'illiquid', 'none', 1],
  ] as const)('judges %s', (_what, facts, regime, bias, confidence) => {
    expect(judge(facts)).toMatchObject({ regime, bias, confidence });
  });

  it('gives its reasons in plain sentences made of the facts it cites', () => {
    expect(judge(RISING).reasons).toMatchInlineSnapshot(`
      [
        "price rose 19.8 % over 168 candles",
        "the change over 168 candles is 2.0 standard deviations of a random walk, upwards",
        "the 50-candle average is rising by 0.15 ATR a candle",
        "the 200-candle average is rising by 0.07 ATR a candle",
        "price stands above its 20-, 50- and 200-candle averages, each above the next",
        "ADX 14 is 41: a strong trend",
      ]
    `);
    expect(judge(SHOCK).reasons).toMatchInlineSnapshot(`
      [
        "price fell 39.5 % over 24 candles",
        "volatility of 24 candles is 4.1 times its long-run level",
        "the largest single-candle move of 24 candles was 11.7 ATR",
        "the Bollinger bands are wider than at 100 % of past candles",
      ]
    `);
    expect(judge(QUIET).reasons).toMatchInlineSnapshot(`
      [
        "price stood still over 168 candles",
        "the change over 168 candles is 0.0 standard deviations of a random walk: chance explains it",
        "the 50-candle average is flat (0.000 ATR a candle)",
        "the 200-candle average is flat (0.000 ATR a candle)",
        "only 2 % of the way walked over 168 candles led anywhere",
        "ADX 14 is 15: no trend",
      ]
    `);
    expect(judge(BROKEN_DOWN).reasons).toMatchInlineSnapshot(`
      [
        "price is 1.2 ATR below the low of the 50 candles before",
        "24 candles ago the Bollinger bands were wider than at only 5 % of past candles",
        "volume is 4.0 standard deviations above the 48 candles before",
        "price stood still over 24 candles",
        "the change over 168 candles is 0.0 standard deviations of a random walk: chance explains it",
      ]
    `);
    expect(judge(DEAD).reasons).toMatchInlineSnapshot(`
      [
        "60 % of the last 168 candles had no volume at all",
        "in 60 % of the last 168 candles the price never moved",
      ]
    `);
  });

  it('cites facts that exist in the context, each once, the most telling first', () => {
    const context = contextOf(RISING);
    const { evidence, reasons } = judgeByRules(context);
    const names = evidence.map((id) => context.facts.find((fact) => fact.id === id)?.name);
    expect(names).toEqual(['return168', 'drift168', 'ema50Slope', 'ema200Slope', 'emaStack', 'adx14']);
    expect(reasons.length).toBe(evidence.length);
  });

  it('does not cite what spoke against its judgement', () => {
    const context = contextOf({ ...RISING, adx14: 12 });
    const { regime, evidence } = judgeByRules(context);
    const adx = context.facts.find(({ name }) => name === 'adx14')?.id;
    expect(regime).toBe('trending_up');
    expect(evidence).not.toContain(adx);
  });

  it('is less sure when the facts point both ways', () => {
    const torn = judge({ ...RISING, ema50Slope: 0, emaStack: 0, adx14: 15 });
    expect(torn.regime).toBe('trending_up');
    expect(torn.confidence).toBeLessThan(0.6);
    expect(torn.confidence).toBeGreaterThan(0);
  });

  it('is less sure when facts are missing, in proportion to their weight', () => {
    const { drift168: _drift, ...rest } = RISING;
    // Drift weighs 30 of 100, and calm volatility alone gives ranging 10 of the 70 that are left: (1 - 1/7/2) x 0.7.
    expect(judge(rest)).toMatchObject({ regime: 'trending_up', confidence: 0.65 });
  });

  it('takes what volatility has to say off a trend once, not twice', () => {
    // Half of the ramp of the volatility ratio: 0.6 x 0.5 = 0.3 for volatile, so 0.7 is left of the trend. ADX gives the other
    // trend 0.1 x 0.7, half of which is taken off. With volatility as a rival too it would be 0.55.
    expect(judge({ ...RISING, volatilityRatio: 2.25 })).toMatchObject({ regime: 'trending_up', confidence: 0.66 });
  });

  it('calls no close inside the last fifty candles a breakout', () => {
    expect(judge({ ...BROKEN_UP, distanceHigh50: -0.01 }).regime).toBe('ranging');
  });

  it('answers with no confidence and no evidence when it has no facts', () => {
    expect(judge({})).toMatchObject({ confidence: 0, evidence: [], reasons: [] });
  });

  it('answers the same for the same context', () => {
    const context = buildContext(sha256, snapshotOf(walkCandles(500, 11)));
    expect(judgeByRules(context)).toEqual(judgeByRules(structuredClone(context)));
  });

  it('calls candles without trades illiquid', () => {
    const still = tapeOf(
      Array.from({ length: 300 }, () => 50),
      '1h',
      0,
    ).candles.map((candle) => ({ ...candle, volume: 0 }));
    expect(judgeByRules(buildContext(sha256, snapshotOf(still)))).toMatchObject({ regime: 'illiquid', bias: 'none' });
  });
});
