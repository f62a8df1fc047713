import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { assess } from '#core/analyst/assess.ts';
import { disagreementOf, type SampleLabel, sizeFactorOf } from '#core/analyst/disagreement.ts';
import type { ModelReceipt } from '#core/analyst/receipt.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { compare, parseDecimal } from '#core/domain/decimal.ts';
import { spawn } from '#core/spawner/spawn.ts';
import { scriptedInference } from '../support/scripted-inference.ts';
import * as fc from '../support/seeded-check.ts';
import { assessmentOf, contextOf, spawnInputOf } from '../support/spawn-inputs.ts';
import { idOf, RISING } from '../unit/analyst/model-context.ts';

const label = fc.constantFrom<SampleLabel>(...REGIMES, 'abstained');
const labels = fc.array(label, { minLength: 2, maxLength: 5 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };

/** What is spawned when the model's answer stands and its samples disagreed so much. */
function spawnedAt(entropy: number, source: 'rules' | 'model' = 'model') {
  const context = contextOf({ adx14: 31 });
  const disagreement = { samples: 5, labels: { trending_up: 5 }, entropy, sizeFactor: sizeFactorOf(entropy) };
  const assessment = { ...assessmentOf(context), source, disagreement };
  return spawn({ ...spawnInputOf({}, { context }), assessment });
}

describe('disagreement of a model with itself (X18)', () => {
  it('is nothing when all agree, the most when no two do, and the same in any order', () => {
    fc.assert(
      fc.property(labels, (given) => {
        const found = disagreementOf(given);
        if (found === undefined) throw new Error('two samples can disagree');
        expect(found.entropy).toBeGreaterThanOrEqual(0);
        expect(found.entropy).toBeLessThanOrEqual(1);
        const kinds = new Set(given).size;
        expect(found.entropy === 0).toBe(kinds === 1);
        if (kinds === given.length) expect(found).toMatchObject({ entropy: 1, sizeFactor: '0' });
        expect(disagreementOf(given.toReversed())).toEqual(found);
        expect(Object.values(found.labels).reduce((sum, n) => sum + n, 0)).toBe(given.length);
      }),
    );
    expect(disagreementOf(['ranging'])).toBeUndefined();
  });

  it('never grows when one more answer joins the majority', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), label, label, fc.nat(4), (n, most, other, minority) => {
        fc.pre(most !== other && minority * 2 < n);
        const at = (count: number) =>
          disagreementOf(Array.from({ length: n }, (_, i) => (i < count ? other : most)))?.entropy ?? Number.NaN;
        expect(at(Math.max(0, minority - 1))).toBeLessThanOrEqual(at(minority));
      }),
    );
  });

  it('leaves a size that is monotone in the entropy, and nothing for what is no share', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(compare(parseDecimal(sizeFactorOf(low)), parseDecimal(sizeFactorOf(high)))).toBeGreaterThanOrEqual(0);
      }),
    );
    expect([sizeFactorOf(0), sizeFactorOf(1), sizeFactorOf(Number.NaN), sizeFactorOf(-1)]).toEqual([
      '1',
      '0',
      '0',
      '0',
    ]);
  });

  it('makes the spawned envelope monotone in the entropy, and spawns nothing when it blocks', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [low, high] = [spawnedAt(Math.min(a, b)), spawnedAt(Math.max(a, b))];
        if (high.kind === 'no_trade') {
          expect(high.why).toContain('The model does not agree with itself');
          expect(Math.max(a, b)).toBeGreaterThanOrEqual(0.5);
          return;
        }
        if (low.kind !== 'spawn') throw new Error('less entropy blocked more');
        for (const limit of ['riskPerTrade', 'maxNotionalFraction'] as const)
          expect(
            compare(parseDecimal(low.spec.envelope[limit]), parseDecimal(high.spec.envelope[limit])),
          ).toBeGreaterThanOrEqual(0);
      }),
    );
    for (const torn of [0.8, 0.9, 1]) expect(spawnedAt(torn).kind).toBe('no_trade');
    const cut = spawnedAt(0.4);
    expect(cut.kind === 'spawn' ? cut.spec.instructions : '').toContain("because the model's answers differ");
  });

  it('bears on nothing where the rules stand', () => {
    const [calm, torn] = [spawnedAt(0, 'rules'), spawnedAt(1, 'rules')];
    if (calm.kind !== 'spawn' || torn.kind !== 'spawn') throw new Error('the rules were not heard');
    expect(torn.spec.envelope).toEqual(calm.spec.envelope);
  });
});

describe('sampling a model', () => {
  const answer = (regime: string, bias: string, fact: string) =>
    JSON.stringify({ regime, bias, confidence: '0.7', evidence: [fact] });
  const up = answer('trending_up', 'long', idOf('drift168'));
  const asked = async (lines: Parameters<typeof scriptedInference>[0], samples: number, deadlineMs = 100) => {
    const inference = scriptedInference(lines);
    let receipt: ModelReceipt | undefined;
    const assessment = await assess({
      context: RISING,
      judgeByRules,
      model: { inference, prompt, deadlineMs, samples },
      seed: 2 ** 32 - 2,
      digest: sha256,
      onAsked: (given) => {
        receipt = given;
      },
    });
    return { assessment, inference, receipt };
  };

  it('asks once when nothing is said, k times with k seeds that are recorded, and never more than five times', async () => {
    expect((await asked([up], 1)).assessment.disagreement).toBeUndefined();
    const five = await asked([up], 9);
    const seeds = five.inference.asked.map(({ request }) => request.seed);
    expect(seeds).toHaveLength(5);
    expect(new Set(seeds).size).toBe(5);
    expect(five.receipt?.samples.map(({ seed }) => seed)).toEqual(seeds);
    expect(five.receipt?.samples.map(({ temperature }) => temperature)).toEqual([0, 0.8, 0.8, 0.8, 0.8]);
    expect(five.assessment.disagreement).toMatchObject({ samples: 5, entropy: 0, sizeFactor: '1' });
  });

  it('lets the first answer stand and counts what would not have stood as a label of its own', async () => {
    const { assessment } = await asked([up, up, 'nonsense', answer('ranging', 'none', 'F99')], 4);
    expect(assessment.source).toBe('model');
    expect(assessment.disagreement).toEqual({
      samples: 4,
      labels: { abstained: 2, trending_up: 2 },
      entropy: 0.5,
      sizeFactor: '0.5',
    });
  });

  it('shares one deadline: what an answer took is gone for the next, and after one that was late none is asked', async () => {
    const slow = { kind: 'answer', text: up, tokens: 1, elapsedMs: 60 } as const;
    const { inference, assessment } = await asked([slow], 5, 100);
    expect(inference.asked.map(({ deadlineMs }) => deadlineMs)).toEqual([100, 40]);
    expect(assessment.disagreement?.labels).toEqual({ abstained: 3, trending_up: 2 });
    const late = await asked([up, { kind: 'late', why: 'no answer within 100 ms' }], 5);
    expect(late.inference.asked).toHaveLength(2);
  });
});
