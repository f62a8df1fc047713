import { describe, expect, it } from 'vitest';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { contextOf } from '#test/support/spawn-inputs.ts';
import * as fc from '../support/seeded-check.ts';

/** Any share of the catalogue with values around and far beyond what markets show. */
const facts: fc.Arbitrary<Readonly<Record<string, number>>> = fc.dictionary(
  fc.constantFrom(...Object.keys(FACT_CATALOGUE)),
  fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true })),
  { size: 'max', maxKeys: Object.keys(FACT_CATALOGUE).length, noNullPrototype: true },
);

const SIGNED = [
  'return1',
  'return24',
  'return168',
  'drift168',
  'diBalance14',
  'ema20Slope',
  'ema50Slope',
  'ema200Slope',
  'emaStack',
];

/** The same market upside down. */
function mirrored(values: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const { distanceHigh50, distanceLow50, ...rest } = values;
  const flipped = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, SIGNED.includes(name) ? -value : value]),
  );
  return {
    ...flipped,
    ...(distanceHigh50 === undefined ? {} : { distanceLow50: -distanceHigh50 }),
    ...(distanceLow50 === undefined ? {} : { distanceHigh50: -distanceLow50 }),
  };
}

const OPPOSITE = { trending_up: 'trending_down', trending_down: 'trending_up' } as const;
const OTHER_SIDE = { long: 'short', short: 'long', none: 'none' } as const;

describe('the rules analyst', () => {
  it('answers a valid judgement to any facts', () => {
    fc.assert(
      fc.property(facts, (values) => {
        const context = contextOf(values);
        const { regime, bias, confidence, evidence, reasons } = judgeByRules(context);
        expect(REGIMES).toContain(regime);
        expect(confidence >= 0 && confidence <= 1 && Number(confidence.toFixed(2)) === confidence).toBe(true);
        expect(new Set(evidence).size).toBe(evidence.length);
        expect(evidence.every((id) => context.facts.some((fact) => fact.id === id))).toBe(true);
        expect(
          reasons.every(
            (reason) => reason.length > 0 && reason.length <= 400 && !/NaN|Infinity|undefined/.test(reason),
          ),
        ).toBe(true);
        const sides = { trending_up: ['long'], trending_down: ['short'], breakout: ['long', 'short'] } as const;
        expect(Object.hasOwn(sides, regime) ? sides[regime as keyof typeof sides] : ['none']).toContain(bias);
      }),
      { numRuns: 500 },
    );
  });

  it('judges a market turned upside down the other way, with the same confidence', () => {
    let judged = 0;
    fc.assert(
      fc.property(facts, (values) => {
        // No price stands above the highest and below the lowest of the same candles: of such a one the table's order would decide.
        fc.pre(!((values['distanceHigh50'] ?? 0) > 0 && (values['distanceLow50'] ?? 0) < 0));
        const plain = judgeByRules(contextOf(values));
        const other = judgeByRules(contextOf(mirrored(values)));
        expect(other.confidence).toBeCloseTo(plain.confidence, 10);
        // With two equal best scores the order of the table decides, which has no mirror image; confidence is then at most half.
        if (plain.confidence <= 0.5) return;
        judged++;
        expect(other.bias).toBe(OTHER_SIDE[plain.bias]);
        expect(other.regime).toBe(
          Object.hasOwn(OPPOSITE, plain.regime) ? OPPOSITE[plain.regime as keyof typeof OPPOSITE] : plain.regime,
        );
      }),
      { numRuns: 1000 },
    );
    expect(judged).toBeGreaterThan(100);
  });
});
