import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { factsToShow, parseAnswer } from '#core/analyst/analyst-prompt.ts';
import { assess } from '#core/analyst/assess.ts';
import { groundingProblem } from '#core/analyst/grounding.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import type { Assessment } from '#core/analyst/types.ts';
import type { MarketContext } from '#core/context/types.ts';
import type { LlamaInference } from '#host/inference-process.ts';
import { startLlama } from '../support/llama.ts';
import { btcMoments } from '../support/real-moments.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const prompt = loadPromptParts(resolve(import.meta.dirname, '../../resources/prompts'), sha256).get('analyst-system');
if (prompt === undefined) throw new Error('the analyst has no prompt');
const MOMENTS = 30;

/**
 * A model of 26 million weights cannot judge a market. What this shows is that its answers are always well-formed, that those its facts
 * do not carry are found out, and that everything else falls back to the rules with a reason.
 */
describe.skipIf(notRunWithoutShared('a small real model at thirty real moments'))(
  'a small real model at thirty real moments',
  () => {
    let inference: LlamaInference;
    let contexts: readonly MarketContext[];
    const assessments: Assessment[] = [];

    const judge = (context: MarketContext): Promise<Assessment> =>
      assess({
        context,
        judgeByRules,
        model: { inference, prompt, deadlineMs: 120_000 },
        seed: 1,
        digest: sha256,
      });

    beforeAll(async () => {
      ({ inference } = startLlama(modelFile('minimind2-small-q8_0.gguf')));
      await inference.ready();
      contexts = btcMoments(MOMENTS, '2019-01-01T00:00:00Z', '2025-01-01T00:00:00Z');
      for (const context of contexts) assessments.push(await judge(context));
    });
    afterAll(() => inference.dispose());

    it('answers inside the schema at every moment', () => {
      const valid = assessments.filter(({ model }, index) => {
        const answer = 'answer' in model ? model.answer : undefined;
        const context = contexts[index];
        if (answer === undefined || context === undefined) return false;
        return parseAnswer(
          answer,
          factsToShow(context).map((fact) => fact.id),
        ).ok;
      });
      expect(valid).toHaveLength(MOMENTS);
    });

    it('lets grounded answers stand and gives the reason for every fallback', () => {
      const used = assessments.filter((assessment) => assessment.source === 'model');
      const agreeing = used.filter((assessment) => assessment.regime === assessment.rules.regime);
      console.log(
        `grounded: ${used.length} of ${MOMENTS} (${Math.round((100 * used.length) / MOMENTS)} %), ${agreeing.length} of them with the rules' regime`,
      );
      for (const [index, { model, rules, regime }] of assessments.entries()) {
        const at = new Date(contexts[index]?.asOf ?? 0).toISOString().slice(0, 13);
        const said =
          model.kind === 'used' ? `model stands: ${regime}` : `rules stand, model ${model.kind}: ${model.why}`;
        console.log(`${at} rules ${rules.regime} ${rules.confidence} | ${said}`);
      }
      expect(used.length).toBeGreaterThanOrEqual(1);
      for (const { model } of assessments) if (model.kind !== 'used') expect(model.why).not.toBe('');
    });

    it('lets nothing stand that the gate would refuse, and no direction that the rules do not give', () => {
      for (const [index, assessment] of assessments.entries()) {
        const context = contexts[index];
        if (assessment.source !== 'model' || context === undefined) continue;
        const { rules, modelSaid } = assessment;
        // Where the two differ and none stands aside, label and evidence are the rules' own; what is the model's has passed the gate.
        const ofRules = assessment.evidence === rules.evidence;
        if (ofRules) expect(assessment.regime).toBe(rules.regime);
        else {
          expect(assessment.regime).toBe(modelSaid?.regime);
          expect(groundingProblem(assessment, context, rules)).toBeUndefined();
        }
        expect([rules.bias, 'none']).toContain(assessment.bias);
      }
    });

    it('gives the same assessment, answer included, when it is asked again', async () => {
      for (const index of [0, 11, 22]) {
        const context = contexts[index];
        if (context !== undefined) expect(await judge(context)).toEqual(assessments[index]);
      }
    });
  },
);
