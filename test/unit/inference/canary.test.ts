import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLlamaInference } from '#host/inference-process.ts';
import { runCanary } from '#host/models/canary.ts';
import { QUIET } from '../../support/llama.ts';
import { loads, PLAYED_HASH, play, playedModelFile } from '../../support/played-worker.ts';

let folder = '';
let model = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-canary-'));
  model = playedModelFile(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = { readonly bits: string; readonly tokens: number[] };
const STEADY: Answer = { bits: 'a'.repeat(64), tokens: [5, 6, 7] };

/** The grade of a model whose answers are these, one after the other. */
async function gradeOf(answers: readonly Answer[]) {
  const contexts: string[] = [];
  const inference = createLlamaInference({
    modelPath: model,
    logger: QUIET,
    spawnWorker: () =>
      play((message, say, die) => {
        if (message.kind === 'load') loads(say);
        if (message.kind === 'stop') die('stopped');
        if (message.kind !== 'probe') return;
        const answer = answers[contexts.length] ?? STEADY;
        contexts.push(`${message.probe.context} ${message.probe.seed}`);
        say({
          kind: 'probed',
          id: message.id,
          text: 'x',
          ...answer,
          promptTokens: 9,
          reusedTokens: 0,
          firstTokenMs: 1,
          elapsedMs: 2,
        });
      }),
  });
  const outcome = await runCanary(inference, 10_000, () => 77);
  await inference.dispose();
  return { outcome, contexts };
}

describe('the determinism canary', () => {
  it('asks one question three times, each time in a context of its own', async () => {
    const { outcome, contexts } = await gradeOf([]);
    expect(new Set(contexts)).toEqual(new Set(['cold 20260101']));
    expect(contexts).toHaveLength(3);
    expect(outcome).toMatchObject({
      kind: 'graded',
      canary: { grade: 'bit-exact', hash: PLAYED_HASH, build: 'played', n: 3, tokens: 3, at: 77 },
    });
  });

  it.each([
    ['the last bits of one answer', [STEADY, { ...STEADY, bits: 'b'.repeat(64) }], 'stable-text'],
    ['the last bits of the third', [STEADY, STEADY, { ...STEADY, bits: 'b'.repeat(64) }], 'stable-text'],
    ['a token', [STEADY, { bits: 'b'.repeat(64), tokens: [5, 6, 8] }], 'non-deterministic'],
    ['the length', [STEADY, STEADY, { bits: 'b'.repeat(64), tokens: [5, 6] }], 'non-deterministic'],
  ])('drops the grade when a perturbed model changes %s', async (_what, answers, grade) => {
    expect((await gradeOf(answers)).outcome).toMatchObject({ kind: 'graded', canary: { grade } });
  });

  it('gives no grade to a model that does not answer', async () => {
    const inference = createLlamaInference({
      modelPath: model,
      logger: QUIET,
      graceMs: 10,
      spawnWorker: () =>
        play((message, say, die) => {
          if (message.kind === 'load') loads(say);
          if (message.kind === 'stop') die('stopped');
        }),
    });
    expect(await runCanary(inference, 20, () => 0)).toEqual({ kind: 'failed', why: 'no answer within 20 ms' });
    await inference.dispose();
  });
});
