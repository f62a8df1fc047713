import { describe, expect, it } from 'vitest';
import { familyOf } from '#core/agent/family-registry.ts';
import { type Bias, type Judgement, REGIMES, type Regime } from '#core/analyst/types.ts';
import { compare, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import type { RecalledLesson } from '#core/memory/types.ts';
import { parseSpawnPolicy } from '#core/spawner/policy.ts';
import { type SpawnInput, spawn } from '#core/spawner/spawn.ts';
import type { RiskEnvelope, SpawnPolicy } from '#core/spawner/types.ts';
import { assessmentOf, contextOf, lessonOf, NOW, recalled, sha256, spawnInputOf } from '#test/support/spawn-inputs.ts';
import * as fc from '../support/seeded-check.ts';

const thousandths = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => `0.${String(n).padStart(3, '0')}`);
const tenths = (max: number) => fc.integer({ min: 1, max: max * 10 }).map((n) => `${Math.floor(n / 10)}.${n % 10}`);

const policies: fc.Arbitrary<SpawnPolicy> = fc
  .record({
    riskPerTrade: thousandths(1, 20),
    maxNotionalFraction: thousandths(1, 999),
    stopAtr: tenths(10),
    targetAtr: tenths(20),
    dayLoss: thousandths(1, 50),
    maxPositions: fc.integer({ min: 1, max: 10 }),
    maxBars: fc.integer({ min: 2, max: 1000 }),
    minConfidence: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
  })
  .map(parseSpawnPolicy);

// Mostly judgements that can trade, so that most cases reach the envelope; the rest as hostile as a broken analyst can be.
const judgements: fc.Arbitrary<Judgement> = fc.record({
  regime: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Regime>('trending_up', 'ranging', 'breakout') },
    fc.constantFrom<Regime>(...REGIMES),
  ),
  bias: fc.constantFrom<Bias>('long', 'long', 'long', 'long', 'short', 'none'),
  confidence: fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: 0.4, max: 1, noNaN: true }) },
    fc.double(),
    fc.constantFrom(0, 1, -0, Number.NaN, Number.NEGATIVE_INFINITY),
  ),
  evidence: fc.constant([]),
  reasons: fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 }),
});

const lessons: fc.Arbitrary<readonly RecalledLesson[]> = fc
  .array(
    fc.record({
      outcomeR: fc
        .integer({ min: -30_000, max: 30_000 })
        .map(
          (n) =>
            `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 10_000)}.${String(Math.abs(n) % 10_000).padStart(4, '0')}`,
        ),
      similarity: fc.double({ min: 0, max: 1, noNaN: true }),
      family: fc.constantFrom(...FAMILIES, null),
      traded: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map(({ similarity, ...changes }, i) => recalled(lessonOf(String(i), changes), similarity)));

const facts = fc.dictionary(
  fc.constantFrom('adx14', 'rsi14', 'drift168', 'other'),
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true })),
);

const inputs: fc.Arbitrary<SpawnInput> = fc
  .record({ policy: policies, judgement: judgements, lessons, facts, seed: fc.nat() })
  .map(({ judgement, facts: measured, ...changes }) => {
    const context = contextOf(measured);
    // The context's hash cannot be made over NaN, but the assessment may still say anything.
    return spawnInputOf({}, { ...changes, context, assessment: assessmentOf(context, judgement) });
  });

const atMost = (value: string, limit: string): boolean =>
  isPositive(parseDecimal(value)) && compare(parseDecimal(value), parseDecimal(limit)) <= 0;

/** Nothing is risked when nothing is spawned. */
function riskOf(input: SpawnInput): string {
  const decision = spawn(input);
  return decision.kind === 'spawn' ? decision.spec.envelope.riskPerTrade : '0';
}

const noMore = (a: string, b: string): boolean => compare(parseDecimal(a), parseDecimal(b)) <= 0;

describe('spawning, whatever the analyst says', () => {
  it('gives an agent inside every bound of its family and policy, or declines with a reason', () => {
    let spawned = 0;
    let runs = 0;
    fc.assert(
      fc.property(inputs, (input) => {
        runs++;
        const decision = spawn(input);
        expect(decision.why.length).toBeGreaterThan(10);
        expect(decision.why.length).toBeLessThanOrEqual(400);
        if (decision.kind === 'no_trade') {
          expect(decision.lessons).toHaveLength(input.lessons.length);
          return;
        }
        spawned++;
        const { spec } = decision;
        const { policy } = input;
        expect(familyOf(spec.family).parse(spec.parameters)).toEqual(spec.parameters);
        for (const limit of [
          'riskPerTrade',
          'maxNotionalFraction',
          'stopAtr',
          'targetAtr',
          'dayLoss',
        ] as const satisfies readonly (keyof RiskEnvelope)[]) {
          expect(atMost(spec.envelope[limit], policy[limit]), limit).toBe(true);
        }
        expect(spec.envelope.maxPositions).toBeLessThanOrEqual(policy.maxPositions);
        expect(spec.envelope.allowShort).toBe(false);
        expect(spec.lifespan.maxBars).toBeLessThanOrEqual(policy.maxBars);
        expect(spec.lifespan.expiresAt).toBe(NOW + policy.maxBars * 3_600_000);
        expect(spec.confidence).toBeGreaterThanOrEqual(policy.minConfidence);
        expect(spec.lessons).toHaveLength(input.lessons.length);
        expect(spec.instructions.length).toBeLessThanOrEqual(20_000);
        expect(spec.instructions.match(/^## /gm)).toHaveLength(5);
      }),
      { numRuns: 600 },
    );
    expect(spawned / runs).toBeGreaterThan(0.2);
  });

  it('never risks more for less confidence, nor for more losses', () => {
    fc.assert(
      fc.property(
        policies,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        lessons,
        (policy, a, b, known) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          const at = (confidence: number, with_: readonly RecalledLesson[]) =>
            riskOf(spawnInputOf({ confidence }, { policy, lessons: with_ }));
          expect(noMore(at(less, known), at(more, known))).toBe(true);
          expect(noMore(at(more, known), at(more, []))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has the same hash for the same inputs', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(spawn(structuredCloneOf(input))).toEqual(spawn(input));
      }),
      { numRuns: 100 },
    );
  });

  it('has another hash when any input is another', () => {
    const base = spawnInputOf({ confidence: 0.71 }, { lessons: [recalled(lessonOf('a'), 0.8)] });
    const policy = (changes: Partial<SpawnPolicy>): SpawnInput => ({ ...base, policy: { ...base.policy, ...changes } });
    const judged = (changes: Partial<Judgement>): SpawnInput => ({
      ...base,
      assessment: assessmentOf(base.context, { ...base.assessment, ...changes }),
    });
    const seen = (changes: Parameters<typeof contextOf>[1]): SpawnInput => {
      const context = contextOf({ adx14: 31 }, changes);
      return { ...base, context, assessment: assessmentOf(context, { confidence: 0.71 }) };
    };
    const part = base.promptParts.get('limits');
    if (part === undefined) throw new Error('no limits part');
    const changed: Readonly<Record<string, SpawnInput>> = {
      nothing: base,
      seed: { ...base, seed: base.seed + 1 },
      now: { ...base, now: unixMs(NOW + 1) },
      parents: { ...base, parents: [sha256('parent')] },
      confidence: judged({ confidence: 0.72 }),
      regime: judged({ regime: 'breakout' }),
      reasons: judged({ reasons: ['Another reason.'] }),
      source: { ...base, assessment: { ...base.assessment, source: 'model' } },
      instrument: seen({ instrumentId: 'ETH/USDT.SIM' as InstrumentId }),
      interval: seen({ interval: '4h' }),
      snapshot: seen({ snapshotHash: sha256('other') }),
      'last close': seen({ lastClose: 26_000.6 }),
      'moment seen': seen({ asOf: unixMs(NOW - 1) }),
      'a lesson less': { ...base, lessons: [] },
      'outcome of a lesson': { ...base, lessons: [recalled(lessonOf('a', { outcomeR: '-0.9' }), 0.8)] },
      'likeness of a lesson': { ...base, lessons: [recalled(lessonOf('a'), 0.81)] },
      'hash of a prompt part': {
        ...base,
        promptParts: new Map(base.promptParts).set('limits', { ...part, hash: sha256('edited') }),
      },
      'version of a prompt part': {
        ...base,
        promptParts: new Map(base.promptParts).set('limits', { ...part, version: part.version + 1 }),
      },
      riskPerTrade: policy({ riskPerTrade: '0.0049' }),
      maxNotionalFraction: policy({ maxNotionalFraction: '0.24' }),
      stopAtr: policy({ stopAtr: '2.1' }),
      targetAtr: policy({ targetAtr: '3.1' }),
      dayLoss: policy({ dayLoss: '0.011' }),
      maxPositions: policy({ maxPositions: 2 }),
      maxBars: policy({ maxBars: 47 }),
      minConfidence: policy({ minConfidence: 0.51 }),
    };
    const hashes = Object.entries(changed).map(([what, input]) => {
      const decision = spawn(input);
      if (decision.kind !== 'spawn') throw new Error(`${what}: ${decision.why}`);
      return decision.spec.hash;
    });
    expect(new Set(hashes).size).toBe(Object.keys(changed).length);
  });
});

/** A deep copy of the data; functions and the part map are shared, as two presses of one engine share them. */
const structuredCloneOf = (input: SpawnInput): SpawnInput => ({
  ...input,
  assessment: structuredClone(input.assessment),
  context: structuredClone(input.context),
  lessons: structuredClone(input.lessons),
  policy: structuredClone(input.policy),
});
