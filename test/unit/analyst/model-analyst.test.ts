import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import type { AnalystPrompt } from '#core/analyst/analyst-prompt.ts';
import { sentenceOf } from '#core/analyst/fact-sentences.ts';
import { groundingProblem } from '#core/analyst/grounding.ts';
import { type AskModelInput, askModel } from '#core/analyst/model-analyst.ts';
import { REGIMES } from '#core/analyst/types.ts';
import {
  SCRIPTED_MODEL,
  type ScriptedInference,
  type ScriptLine,
  scriptedInference,
} from '../../support/scripted-inference.ts';
import * as fc from '../../support/seeded-check.ts';
import { contextOf, idOf, RISING, rulesSay } from './model-context.ts';

const PROMPT: AnalystPrompt = { id: 'analyst-system', version: 3, text: 'Label the market.', hash: sha256('prompt') };
const UP = rulesSay('trending_up', 'long');
const text = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    regime: 'trending_up',
    bias: 'long',
    confidence: '0.8',
    evidence: [idOf('drift168'), idOf('adx14')],
    ...change,
  });

const ask = (inference: ScriptedInference, change: Partial<AskModelInput> = {}) =>
  askModel({
    inference,
    context: RISING,
    rules: UP,
    prompt: PROMPT,
    seed: 7,
    deadlineMs: 500,
    digest: sha256,
    ...change,
  });
const answering = (line: ScriptLine, change: Partial<AskModelInput> = {}) => ask(scriptedInference([line]), change);

describe('asking the model', () => {
  it('uses a grounded answer and gives the reasons in words of its own', async () => {
    const opinion = await answering(text());
    expect(opinion.outcome).toEqual({ kind: 'used', answer: text() });
    expect(opinion.judgement).toEqual({
      regime: 'trending_up',
      bias: 'long',
      confidence: 0.8,
      evidence: ['F30', 'F05'],
      reasons: ['drift168', 'adx14'].flatMap((name) =>
        RISING.facts.filter((fact) => fact.name === name).map(sentenceOf),
      ),
    });
  });

  it('records what is needed to ask the same question again', async () => {
    const { provenance } = await answering(text(), { seed: 2 ** 32 + 5 });
    expect(provenance).toEqual({
      modelName: 'scripted',
      modelHash: SCRIPTED_MODEL.hash,
      promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      promptVersion: 'analyst-system@3',
      seed: 5,
      temperature: 0,
      build: 'script',
    });
    const again = await answering(text(), { seed: 5 });
    expect(again.provenance).toEqual(provenance);
    const otherPrompt = await answering(text(), { seed: 5, prompt: { ...PROMPT, text: 'Label the market!' } });
    expect(otherPrompt.provenance?.promptHash).not.toBe(provenance?.promptHash);
  });

  it('shows the telling facts with id, label, value and reading, and lets only these be cited', async () => {
    const inference = scriptedInference([text()]);
    await ask(inference);
    const request = inference.asked[0]?.request;
    expect(request?.system).toBe('Label the market.');
    expect(request?.user).toContain('F05 trend strength (ADX 14) = 40.0 (strong trend)');
    expect(request?.user).not.toContain('ATR 14) as a share');
    const shown = [...(request?.user ?? '').matchAll(/^(F\d\d) /gm)].map((match) => match[1]);
    expect(shown.length).toBeLessThanOrEqual(14);
    expect(request?.schema).toMatchObject({
      properties: { evidence: { items: { enum: shown }, minItems: 1, maxItems: 4 } },
    });
    expect(inference.asked[0]?.deadlineMs).toBe(500);
  });

  it('writes a schema that a grammar can express: enums and bounded arrays, no free text and no numbers', async () => {
    const inference = scriptedInference([text()]);
    await ask(inference);
    const schema = JSON.stringify(inference.asked[0]?.request.schema);
    expect(schema).not.toMatch(/"(number|integer|minimum|maximum|pattern|format)"/);
    expect(schema.match(/"type":"string"/g)?.length).toBe(schema.match(/"enum":/g)?.length);
  });

  it.each<[string, ScriptLine, string]>([
    ['plain words', 'The market goes up.', 'not complete JSON'],
    ['an answer that was cut off', text().slice(0, -3), 'not complete JSON'],
    ['an empty answer', '', 'not complete JSON'],
    ['another label', text({ regime: 'to the moon' }), 'outside the schema at regime'],
    ['a free number as confidence', text({ confidence: 0.85 }), 'outside the schema at confidence'],
    ['an invented fact id', text({ evidence: ['F30', 'F99'] }), 'outside the schema at evidence.1'],
    [
      'a fact that exists but was not shown',
      text({ evidence: [idOf('return168')] }),
      'outside the schema at evidence.0',
    ],
    ['too many facts', text({ evidence: ['F30', 'F05', 'F14', 'F12', 'F33'] }), 'outside the schema at evidence'],
    ['a field of its own', text({ size: '10 BTC' }), 'outside the schema'],
    ['a missing field', '{"regime":"trending_up"}', 'outside the schema'],
    ['an array', '[1]', 'outside the schema'],
  ])('calls %s invalid', async (_what, line, why) => {
    const { outcome, judgement } = await answering(line);
    expect(outcome.kind).toBe('invalid');
    expect(outcome).toMatchObject({ why: expect.stringContaining(why) });
    expect(judgement).toBeUndefined();
  });

  it('calls a valid answer that its facts do not carry ungrounded, and keeps it for the record', async () => {
    const said = text({ evidence: [idOf('drift168'), idOf('drift168')] });
    expect(await answering(said)).toMatchObject({
      outcome: { kind: 'ungrounded', why: 'F30 is cited twice', answer: said },
    });
  });

  it('passes on why there is no answer', async () => {
    expect((await answering({ kind: 'late', why: 'no answer within 500 ms' })).outcome).toEqual({
      kind: 'late',
      why: 'no answer within 500 ms',
    });
    expect((await answering({ kind: 'failed', why: 'crash' })).outcome).toEqual({ kind: 'failed', why: 'crash' });
    const broken = scriptedInference([text()], { kind: 'failed', name: 'm.gguf', why: 'weights missing' });
    expect(await ask(broken)).toEqual({ outcome: { kind: 'failed', why: 'weights missing' } });
    const none = scriptedInference([text()], { kind: 'absent', why: 'no model is chosen' });
    expect(await ask(none)).toEqual({ outcome: { kind: 'absent', why: 'no model is chosen' } });
    expect([...broken.asked, ...none.asked]).toEqual([]);
  });

  it('asks nothing about a context without telling facts', async () => {
    const inference = scriptedInference([text()]);
    expect((await ask(inference, { context: contextOf({ return1: 0.01 }) })).outcome.kind).toBe('failed');
    expect(inference.asked).toEqual([]);
  });

  it('survives any text and never makes an ungrounded judgement of it', async () => {
    const ids = ['F30', 'F05', 'F14', 'F12', 'F22', 'F24', 'F99', '', '__proto__'];
    const nearly = fc.record(
      {
        regime: fc.constantFrom<unknown>(...REGIMES, 'up', 3),
        bias: fc.constantFrom<unknown>('long', 'short', 'none', null),
        confidence: fc.constantFrom<unknown>('0.0', '0.5', '1.0', '9', 1),
        evidence: fc.array(fc.constantFrom(...ids), { maxLength: 5 }),
      },
      { requiredKeys: ['regime', 'bias', 'confidence'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          nearly.map((value) => JSON.stringify(value)),
        ),
        async (said) => {
          const { outcome, judgement } = await answering(said);
          expect(['used', 'invalid', 'ungrounded']).toContain(outcome.kind);
          expect(judgement !== undefined).toBe(outcome.kind === 'used');
          if (judgement !== undefined) expect(groundingProblem(judgement, RISING, UP)).toBeUndefined();
        },
      ),
      { numRuns: 800 },
    );
  });
});
