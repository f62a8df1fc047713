import { describe, expect, it } from 'vitest';
import type { AskedSample, ModelReceipt, ReceiptModel } from '#core/analyst/receipt.ts';
import { type Cause, changedModel, changedRequest, compareSample, replay } from '#core/analyst/replay.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { ModelStatus } from '#core/ports/inference.ts';
import { SCRIPTED_MODEL, scriptedInference } from '../../support/scripted-inference.ts';
import { SCRIPTED_RUNTIME } from '../../support/scripted-worker.ts';
import * as fc from '../../support/seeded-check.ts';

const MODEL: ReceiptModel = {
  name: 'scripted',
  hash: SCRIPTED_MODEL.hash,
  build: 'script',
  runtime: SCRIPTED_RUNTIME,
  canary: null,
};
const READY: Extract<ModelStatus, { kind: 'ready' }> = { ...SCRIPTED_MODEL, runtime: SCRIPTED_RUNTIME };
const sampleOf = (tokenIds: readonly number[] | null, text = 'text', seed = 7): AskedSample => ({
  seed,
  temperature: 0.8,
  reply: { kind: 'answer', text, tokenIds },
});
const receiptOf = (samples: readonly AskedSample[]): ModelReceipt => ({
  snapshotHash: '1'.repeat(64) as Hash,
  contextHash: '2'.repeat(64) as Hash,
  promptVersion: 'analyst-system@1',
  question: { system: 'Label.', user: 'F01 a = 1', schema: { enum: ['a'] }, maxTokens: 10 },
  model: MODEL,
  cutoff: 'unknown',
  masked: false,
  samples,
});
const says = (tokenIds: readonly number[], text = 'text') =>
  ({ kind: 'answer', text, tokens: tokenIds.length, tokenIds, elapsedMs: 1 }) as const;

describe('a replay', () => {
  it('is identical when every token is, and asks each sample with its own seed and temperature', async () => {
    const inference = scriptedInference([says([1, 2, 3]), says([4])], READY);
    const samples = [sampleOf([1, 2, 3]), sampleOf([4], 'b', 8)];
    const found = await replay({ receipt: receiptOf(samples), inference, deadlineMs: 50 });
    expect(found).toMatchObject({ verdict: 'identical', cause: null });
    expect(inference.asked.map(({ request }) => request.seed)).toEqual([7, 8]);
  });

  it('names the first token that differs, and what is left when nothing changed', async () => {
    const found = await replay({
      receipt: receiptOf([sampleOf([1, 2, 3])]),
      inference: scriptedInference([says([1, 9, 3])], READY),
      deadlineMs: 50,
    });
    expect(found).toMatchObject({ verdict: 'differs', cause: 'unexplained' });
    expect(found.samples[0]?.difference).toEqual({ unit: 'token', at: 1, recorded: 2, again: 9 });
  });

  it.each<[string, Cause, Partial<Extract<ModelStatus, { kind: 'ready' }>>]>([
    ['other weights', 'weights', { hash: '6'.repeat(64) as Hash }],
    ['another library', 'build', { runtime: { ...SCRIPTED_RUNTIME, nodeLlamaCpp: '3.23.0' } }],
    ['another llama.cpp', 'build', { runtime: { ...SCRIPTED_RUNTIME, llamaCpp: 'b2' } }],
    ['another backend', 'backend', { runtime: { ...SCRIPTED_RUNTIME, backend: 'vulkan' } }],
    ['more threads', 'evaluation', { runtime: { ...SCRIPTED_RUNTIME, threads: 4 } }],
    ['another batch', 'evaluation', { runtime: { ...SCRIPTED_RUNTIME, batchSize: 512 } }],
    ['another chat format', 'prompt', { runtime: { ...SCRIPTED_RUNTIME, chatFormat: 'Llama3' } }],
  ])('says that it was %s', async (_what, cause, change) => {
    const found = await replay({
      receipt: receiptOf([sampleOf([1, 2])]),
      inference: scriptedInference([says([1, 3])], { ...READY, ...change }),
      deadlineMs: 50,
    });
    expect(found).toMatchObject({ verdict: 'differs', cause });
    expect(found.samples[0]?.changed).toHaveLength(1);
  });

  it('says that it was the seed, or one character of the prompt, wherever it is', async () => {
    const inference = scriptedInference([says([1, 3])], READY);
    const receipt = receiptOf([sampleOf([1, 2])]);
    const seed = await replay({ receipt, inference, deadlineMs: 50, instead: { seed: 99 } });
    expect(seed).toMatchObject({ cause: 'sampler' });
    expect(seed.samples[0]?.changed).toEqual([{ cause: 'sampler', what: 'seed 7, now 99' }]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('system', 'user' as const), fc.nat(5), async (part, at) => {
        const text = receipt.question[part];
        const question = { ...receipt.question, [part]: `${text.slice(0, at)}~${text.slice(at + 1)}` };
        const found = await replay({ receipt, inference, deadlineMs: 50, instead: { question } });
        expect(found.cause).toBe('prompt');
        expect(found.samples[0]?.changed[0]?.what).toContain(`from character ${at + 1} on`);
      }),
      { numRuns: 20 },
    );
  });

  it('does not call a change the cause of what stayed the same', async () => {
    const found = await replay({
      receipt: receiptOf([sampleOf([1, 2])]),
      inference: scriptedInference([says([1, 2])], { ...READY, hash: '6'.repeat(64) as Hash }),
      deadlineMs: 50,
    });
    expect(found).toMatchObject({ verdict: 'identical', cause: null });
    expect(found.samples[0]?.changed.map(({ cause }) => cause)).toEqual(['weights']);
  });

  it('claims nothing where there was no answer then, or is none now', async () => {
    const none: AskedSample = { seed: 1, temperature: 0, reply: { kind: 'late', why: 'no answer within 5 ms' } };
    const then = await replay({
      receipt: receiptOf([none]),
      inference: scriptedInference([says([1])], READY),
      deadlineMs: 5,
    });
    expect(then.verdict).toBe('no_record');
    const failing = scriptedInference([{ kind: 'failed', why: 'gone' }], READY);
    const now = await replay({ receipt: receiptOf([sampleOf([1])]), inference: failing, deadlineMs: 5 });
    expect(now).toMatchObject({ verdict: 'no_answer', cause: null });
  });

  it('compares characters where a model shows no tokens', () => {
    const found = compareSample(sampleOf(null, 'abc'), { kind: 'answer', text: 'abd', tokenIds: null }, []);
    expect(found.difference).toEqual({ unit: 'character', at: 2, recorded: 99, again: 100 });
  });

  it('finds every difference between two lists of tokens, and none between equal ones', () => {
    const tokens = fc.array(fc.nat(5), { maxLength: 12 });
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const found = compareSample(sampleOf(a), { kind: 'answer', text: 'x', tokenIds: b }, []);
        expect(found.verdict).toBe(JSON.stringify(a) === JSON.stringify(b) ? 'identical' : 'differs');
        if (found.difference === null) return;
        const { at } = found.difference;
        expect(a.slice(0, at)).toEqual(b.slice(0, at));
        expect(a[at]).not.toBe(b[at]);
      }),
    );
  });

  it('sees no change in equal conditions, and the order of a grammar as one', () => {
    expect(changedModel(MODEL, MODEL)).toEqual([]);
    const request = { ...receiptOf([]).question, seed: 1, temperature: 0 };
    expect(changedRequest(request, { ...request })).toEqual([]);
    const one = { ...request, schema: { a: 1, b: 2 } };
    expect(changedRequest(one, { ...one, schema: { b: 2, a: 1 } }).map(({ cause }) => cause)).toEqual(['prompt']);
  });
});
