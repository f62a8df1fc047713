import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '#core/analyst/analyst-prompt.ts';
import { readingOf } from '#core/analyst/fact-readings.ts';
import { groundingProblem } from '#core/analyst/grounding.ts';
import { type Bias, REGIMES, type Regime } from '#core/analyst/types.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import type { FactId } from '#core/domain/ids.ts';
import * as fc from '../../support/seeded-check.ts';
import { contextOf, FALLING, idOf, idsOf, RISING, rulesSay, SIDEWAYS } from './model-context.ts';

const answer = (regime: Regime, evidence: readonly FactId[], bias: Bias = 'none'): ModelAnswer => ({
  regime,
  bias,
  evidence,
  confidence: 0.7,
});
const UP = rulesSay('trending_up', 'long');
const DOWN = rulesSay('trending_down', 'short');
const SIDE = rulesSay('ranging');

describe('the grounding gate', () => {
  it.each([
    ['a rising market', answer('trending_up', idsOf('drift168', 'adx14', 'emaStack'), 'long'), RISING, UP],
    ['a falling market', answer('trending_down', idsOf('ema50Slope'), 'short'), FALLING, DOWN],
    ['a sideways market', answer('ranging', idsOf('drift168', 'adx14', 'volatilityRatio')), SIDEWAYS, SIDE],
    [
      'a shock',
      answer('volatile', idsOf('largestMove24')),
      contextOf({ largestMove24: 9, return168: -0.1 }),
      rulesSay('volatile'),
    ],
    [
      'a breakout',
      answer('breakout', idsOf('distanceHigh50', 'volumeZ48'), 'long'),
      contextOf({ distanceHigh50: 1, volumeZ48: 4, return168: 0.1 }),
      UP,
    ],
    [
      'a dead market',
      answer('illiquid', idsOf('zeroVolumeShare')),
      contextOf({ zeroVolumeShare: 0.4 }),
      rulesSay('illiquid'),
    ],
  ])('lets a supported label pass in %s', (_what, said, context, rules) => {
    expect(groundingProblem(said, context, rules)).toBeUndefined();
  });

  it('refuses a fact id that does not exist', () => {
    expect(groundingProblem(answer('trending_up', [idOf('drift168'), 'F99' as FactId]), RISING, UP)).toBe(
      'F99 is no fact of this context',
    );
  });

  it('refuses a fact of the catalogue that this context does not hold', () => {
    const context = contextOf({ drift168: 2, return168: 0.1 });
    expect(groundingProblem(answer('trending_up', idsOf('drift168', 'rsi14')), context, UP)).toBe(
      'F10 is no fact of this context',
    );
  });

  it('refuses a fact cited twice', () => {
    expect(groundingProblem(answer('trending_up', idsOf('drift168', 'drift168')), RISING, UP)).toBe(
      'F30 is cited twice',
    );
  });

  it('refuses an answer without evidence', () => {
    expect(groundingProblem(answer('ranging', []), SIDEWAYS, SIDE)).toBe('no fact is cited');
  });

  it('refuses a fact that says nothing about regimes', () => {
    const context = contextOf({ drift168: 2, return168: 0.1, atr14: 0.01 });
    expect(groundingProblem(answer('trending_up', idsOf('drift168', 'atr14')), context, UP)).toContain(
      'says nothing about a regime',
    );
  });

  it('refuses a label that one of its facts speaks against', () => {
    expect(groundingProblem(answer('ranging', idsOf('adx14')), RISING, UP)).toContain(
      '(trend strength (ADX 14): strong trend) speaks against ranging',
    );
    expect(groundingProblem(answer('volatile', idsOf('volatilityRatio')), SIDEWAYS, SIDE)).toContain(
      'speaks against volatile',
    );
  });

  it('does not take a strong trend without direction for a rising one', () => {
    expect(groundingProblem(answer('trending_up', idsOf('adx14', 'efficiency168')), RISING, UP)).toBe(
      'none of F05, F22 speaks for trending_up',
    );
  });

  it('refuses a direction against the market, whatever facts are cited for it', () => {
    const bounce = contextOf({ atr14: 0.01, return24: 0.05, return168: -0.2, emaStack: 1 });
    expect(groundingProblem(answer('trending_up', idsOf('return24')), bounce, SIDE)).toContain(
      'does not agree with F03',
    );
    expect(
      groundingProblem(
        answer('breakout', idsOf('distanceHigh50'), 'long'),
        contextOf({ distanceHigh50: 1, return168: -0.1 }),
        SIDE,
      ),
    ).toContain('long does not agree with F03');
  });

  it('refuses a direction when no return is known', () => {
    expect(groundingProblem(answer('trending_up', idsOf('drift168')), contextOf({ drift168: 2 }), UP)).toContain(
      'no return is known',
    );
  });

  it('refuses a direction opposite to the rules', () => {
    expect(groundingProblem(answer('trending_up', idsOf('drift168'), 'long'), RISING, DOWN)).toBe(
      "long is opposite to the rules' short",
    );
    expect(groundingProblem(answer('trending_up', idsOf('drift168')), RISING, DOWN)).toBe(
      "trending_up is opposite to the rules' short",
    );
  });

  it('refuses a bias that contradicts its own label', () => {
    expect(groundingProblem(answer('trending_up', idsOf('drift168'), 'short'), RISING, UP)).toBe(
      'short contradicts trending_up',
    );
  });

  it('never lets the model lift the caution of the rules', () => {
    for (const cautious of ['volatile', 'illiquid', 'trending_down'] as const) {
      const problem = groundingProblem(answer('ranging', idsOf('drift168')), SIDEWAYS, rulesSay(cautious));
      expect(problem).toBe(`the rules stand aside (${cautious}); the model may not lift that to ranging`);
    }
  });

  it('passes only what the table supports, for any answer over any context', () => {
    const names = Object.keys(FACT_CATALOGUE) as FactName[];
    const anyId = fc.constantFrom(...names.map(idOf), 'F99' as FactId);
    const anyContext = fc
      .dictionary(fc.constantFrom(...names), fc.double({ min: -5, max: 60, noNaN: true }))
      .map(contextOf);
    // Half of the cases begin from something sensible; uniform ones alone would almost never pass.
    const sensible = fc.constantFrom(
      {
        context: RISING,
        regime: 'trending_up',
        rules: UP,
        ids: idsOf('drift168', 'emaStack', 'ema50Slope', 'adx14'),
      },
      {
        context: FALLING,
        regime: 'trending_down',
        rules: DOWN,
        ids: idsOf('drift168', 'emaStack', 'ema50Slope', 'adx14'),
      },
      {
        context: SIDEWAYS,
        regime: 'ranging',
        rules: SIDE,
        ids: idsOf('drift168', 'adx14', 'ema50Slope', 'volatilityRatio'),
      },
    );
    const anything = fc.record({
      context: fc.oneof(anyContext, fc.constantFrom(RISING, FALLING, SIDEWAYS)),
      regime: fc.constantFrom(...REGIMES),
      rules: fc.constantFrom(UP, DOWN, SIDE, rulesSay('volatile')),
      ids: fc.array(anyId, { maxLength: 6 }),
    });
    let passed = 0;
    fc.assert(
      fc.property(
        fc.oneof(sensible, anything),
        fc.constantFrom<Bias>('long', 'short', 'none'),
        fc.infiniteStream(fc.nat(5)),
        fc.integer({ min: 1, max: 4 }),
        ({ context, regime, rules, ids }, bias, picks, count) => {
          const evidence =
            ids.length === 0 ? [] : [...picks.take(count)].map((pick) => ids[pick % ids.length] as FactId);
          if (groundingProblem(answer(regime, evidence, bias), context, rules) !== undefined) return;
          passed++;
          const cited = evidence.map((id) => context.facts.find((fact) => fact.id === id));
          expect(cited).not.toContain(undefined);
          expect(new Set(evidence).size).toBe(evidence.length);
          const readings = cited.map((fact) => (fact === undefined ? undefined : readingOf(fact, context)));
          expect(readings.some((reading) => reading?.supports.includes(regime))).toBe(true);
          expect(readings.some((reading) => reading?.contradicts.includes(regime))).toBe(false);
          if (bias === 'long') expect(rules.bias).not.toBe('short');
          if (bias === 'short') expect(rules.bias).not.toBe('long');
        },
      ),
      { numRuns: 4_000 },
    );
    // A gate that refuses everything would pass the property too.
    expect(passed).toBeGreaterThan(400);
  });
});
