import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { assess, combine } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { type Bias, type Judgement, REGIMES } from '#core/analyst/types.ts';
import type { MarketContext } from '#core/context/types.ts';
import { type ScriptLine, scriptedInference } from '../../support/scripted-inference.ts';
import * as fc from '../../support/seeded-check.ts';
import { FALLING, idOf, RISING, rulesSay, SIDEWAYS } from './model-context.ts';

const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };
const text = (regime: string, bias: string, confidence: string, ...evidence: readonly string[]): string =>
  JSON.stringify({ regime, bias, confidence, evidence });
const assessWith = (context: MarketContext, line: ScriptLine) =>
  assess({
    context,
    judgeByRules,
    model: { inference: scriptedInference([line]), prompt, deadlineMs: 100 },
    seed: 1,
    digest: sha256,
  });

describe('whose judgement stands', () => {
  it('is the rules when no model is chosen', async () => {
    const rules = judgeByRules(RISING);
    expect(await assess({ context: RISING, judgeByRules, model: undefined, seed: 1, digest: sha256 })).toEqual({
      ...rules,
      contextHash: RISING.hash,
      source: 'rules',
      rules,
      model: { kind: 'absent', why: 'no model is chosen' },
    });
  });

  it.each<[string, ScriptLine]>([
    ['late', { kind: 'late', why: 'no answer within 100 ms' }],
    ['failed', { kind: 'failed', why: 'the process was ended by SIGKILL' }],
    ['invalid', 'up!'],
    ['ungrounded', text('volatile', 'none', '0.9', idOf('adx14'))],
  ])('is the rules when the model is %s, and the outcome says why', async (kind, line) => {
    const assessment = await assessWith(RISING, line);
    expect(assessment).toMatchObject({
      ...judgeByRules(RISING),
      source: 'rules',
      model: { kind, why: expect.any(String) },
    });
  });

  it('is the model when its answer is grounded; agreement gives the mean, at most 0.1 above the rules', async () => {
    const rules = judgeByRules(RISING);
    const modest = await assessWith(RISING, text('trending_up', 'long', '0.4', idOf('drift168')));
    expect(modest).toMatchObject({
      source: 'model',
      regime: 'trending_up',
      bias: 'long',
      evidence: [idOf('drift168')],
      rules,
    });
    expect(modest.confidence).toBeCloseTo((rules.confidence + 0.4) / 2, 2);
    expect(modest.provenance?.modelName).toBe('scripted');
    expect(combine(rulesSay('ranging', 'none', 0.3), rulesSay('ranging', 'none', 1)).confidence).toBe(0.4);
  });

  it('keeps the label of the rules, or the one that stands aside, where they differ: another label brings another family', () => {
    const other = combine(rulesSay('breakout', 'long', 0.9), rulesSay('trending_up', 'long', 0.8));
    expect(other).toMatchObject({ regime: 'breakout', bias: 'long', confidence: 0.4 });
    const aside = combine(rulesSay('ranging', 'none', 0.9), rulesSay('volatile', 'none', 0.6));
    expect(aside).toMatchObject({ regime: 'volatile', bias: 'none', confidence: 0.3 });
  });

  it('loses confidence and direction when the model, grounded, sees something else', async () => {
    const rules = judgeByRules(SIDEWAYS);
    expect(rules.regime).toBe('ranging');
    const assessment = await assessWith(SIDEWAYS, text('ranging', 'long', '0.9', idOf('drift168')));
    expect(assessment).toMatchObject({
      source: 'model',
      bias: 'none',
      confidence: Math.round((Math.min(rules.confidence, 0.9) / 2) * 100) / 100,
    });
  });

  it('cannot be talked into the market by the model', async () => {
    expect(judgeByRules(FALLING).regime).toBe('trending_down');
    expect(await assessWith(FALLING, text('ranging', 'none', '1.0', idOf('volatilityRatio')))).toMatchObject({
      source: 'rules',
      regime: 'trending_down',
    });
    expect(await assessWith(FALLING, text('trending_up', 'long', '1.0', idOf('drift168')))).toMatchObject({
      source: 'rules',
      bias: 'short',
    });
  });

  it('never gains a direction, nor more than 0.1 of confidence, whatever the model says', () => {
    const judgements = fc
      .record({
        regime: fc.constantFrom(...REGIMES),
        bias: fc.constantFrom<Bias>('long', 'short', 'none'),
        steps: fc.nat(10),
      })
      .map(({ regime, bias, steps }): Judgement => rulesSay(regime, bias, steps / 10));
    fc.assert(
      fc.property(judgements, judgements, (rules, model) => {
        const stands = combine(rules, model);
        expect([rules.bias, 'none']).toContain(stands.bias);
        const agrees = rules.regime === model.regime && rules.bias === model.bias;
        expect(stands.confidence).toBeLessThanOrEqual(
          agrees ? rules.confidence + 0.1 + 1e-9 : Math.min(rules.confidence, model.confidence) / 2 + 0.005,
        );
        expect(stands.confidence).toBeGreaterThanOrEqual(0);
        expect(stands.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
