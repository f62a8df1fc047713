import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashModelFile } from '#adapters/inference-llama/check-model-file.ts';
import { type FromWorkerMessage, fromWorkerMessage } from '#adapters/inference-llama/protocol.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import type { LlamaInference } from '#host/inference-process.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import { isAlive, LLAMA_WORKER, QUIET, smallQuestion, startLlama } from '../support/llama.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('real models in their own process');
const label = z.strictObject({
  label: z.enum(['wet', 'dry', 'windy']),
  evidence: z
    .array(z.enum(['W1', 'W2']))
    .min(1)
    .max(2),
});
const DEADLINE = 60_000;
/** An answer so long that the model is still writing when something happens to it: about three seconds. */
const endless = smallQuestion({
  schema: { type: 'array', items: { enum: ['wet', 'dry', 'windy'] }, minItems: 900, maxItems: 1000 },
  maxTokens: 1800,
});

describe.skipIf(absent).each(['minimind2-small-q8_0.gguf', 'stories260K-f32.gguf'])('%s in its own process', (name) => {
  let inference: LlamaInference;
  let workers: WorkerLike[];
  beforeAll(async () => {
    ({ inference, workers } = startLlama(modelFile(name)));
    await inference.ready();
  });
  afterAll(() => inference.dispose());

  it('reports name, weights and build', async () => {
    expect(inference.status()).toEqual({
      kind: 'ready',
      name,
      hash: await hashModelFile(modelFile(name)),
      build: expect.stringMatching(/^node-llama-cpp [\d.]+, llama\.cpp \S+, cpu, threads 1, context \d+, batch 256$/),
      runtime: expect.objectContaining({ backend: 'cpu', threads: 1, batchSize: 256 }),
    });
  });

  it('answers inside the schema for every seed', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const reply = await inference.ask(smallQuestion({ seed, temperature: 1.5 }), DEADLINE);
      expect(reply.kind).toBe('answer');
      if (reply.kind === 'answer') expect(label.parse(JSON.parse(reply.text))).toBeDefined();
    }
  });

  it('gives the same text for the same seed and is able to give others', async () => {
    const textOf = async (seed: number): Promise<string> => {
      const reply = await inference.ask(smallQuestion({ seed, temperature: 1.5 }), DEADLINE);
      return reply.kind === 'answer' ? reply.text : reply.kind;
    };
    const first = [
      await textOf(3),
      await textOf(4),
      await textOf(5),
      await textOf(6),
      await textOf(7),
      await textOf(8),
    ];
    const second = [
      await textOf(3),
      await textOf(4),
      await textOf(5),
      await textOf(6),
      await textOf(7),
      await textOf(8),
    ];
    expect(second).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  it('is late under a deadline of one millisecond and answers the next question in the same process', async () => {
    expect(await inference.ask(smallQuestion(), 1)).toEqual({ kind: 'late', why: 'no answer within 1 ms' });
    expect((await inference.ask(smallQuestion(), DEADLINE)).kind).toBe('answer');
    expect(workers).toHaveLength(1);
  });

  it('refuses a question that does not fit instead of shortening it', async () => {
    const reply = await inference.ask(smallQuestion({ user: 'rain '.repeat(3_000) }), DEADLINE);
    expect(reply).toEqual({ kind: 'failed', why: expect.stringContaining("the model's context holds") });
  });

  it('answers questions that were asked at once one after the other', async () => {
    const replies = await Promise.all([1, 2, 3].map((seed) => inference.ask(smallQuestion({ seed }), DEADLINE)));
    expect(replies.map((reply) => reply.kind)).toEqual(['answer', 'answer', 'answer']);
  });
});

describe.skipIf(absent)('a model process that breaks', () => {
  const model = modelFile('minimind2-small-q8_0.gguf');

  it('lets go of a question in the middle of its answer and stays ready for the next', async () => {
    const worker = forkNodeWorker(LLAMA_WORKER, QUIET);
    const heard: FromWorkerMessage[] = [];
    const exited = new Promise((resolve) => worker.onExit(resolve));
    const next = (): Promise<void> => new Promise((resolve) => worker.onMessage(() => resolve()));
    worker.onMessage((message) => heard.push(fromWorkerMessage.parse(message)));
    const loaded = next();
    worker.postMessage({ kind: 'load', modelPath: model, contextSize: 2048, threads: 1 });
    await loaded;
    const first = next();
    worker.postMessage({ kind: 'ask', id: 1, request: endless });
    await new Promise((resolve) => setTimeout(resolve, 200));
    worker.postMessage({ kind: 'abort', id: 1 });
    await first;
    const second = next();
    worker.postMessage({ kind: 'nonsense' });
    worker.postMessage({ kind: 'ask', id: 2, request: smallQuestion() });
    await second;
    worker.postMessage({ kind: 'stop' });
    expect(await exited).toBe('the process ended with code 0');
    expect(heard.map(({ kind }) => kind)).toEqual(['loaded', 'aborted', 'answer']);
  });

  it('fails the question when it is killed in the middle, starts again and answers the next one', async () => {
    const { inference, workers } = startLlama(model);
    try {
      await inference.ready();
      const pending = inference.ask(endless, DEADLINE);
      await new Promise((resolve) => setTimeout(resolve, 200));
      process.kill(workers[0]?.pid ?? 0, 'SIGKILL');
      expect(await pending).toEqual({ kind: 'failed', why: 'the process was ended by SIGKILL' });
      expect((await inference.ask(smallQuestion(), DEADLINE)).kind).toBe('answer');
      expect(workers).toHaveLength(2);
    } finally {
      await inference.dispose();
    }
  });

  it('is killed and replaced when it hangs', async () => {
    const { inference, workers } = startLlama(model, { graceMs: 200 });
    try {
      await inference.ready();
      process.kill(workers[0]?.pid ?? 0, 'SIGSTOP');
      expect((await inference.ask(smallQuestion(), 200)).kind).toBe('late');
      expect((await inference.ask(smallQuestion(), DEADLINE)).kind).toBe('answer');
      expect(workers).toHaveLength(2);
      expect(isAlive(workers[0]?.pid)).toBe(false);
    } finally {
      await inference.dispose();
    }
  });

  it('leaves no process behind, whether idle, busy or hanging', async () => {
    for (const state of ['idle', 'busy', 'hanging', 'loading'] as const) {
      const { inference, workers } = startLlama(model, { graceMs: 500 });
      const ready = inference.ready();
      if (state !== 'loading') await ready;
      else await new Promise((resolve) => setTimeout(resolve, 100));
      const pending = state === 'busy' ? inference.ask(endless, DEADLINE) : undefined;
      if (state === 'hanging') process.kill(workers[0]?.pid ?? 0, 'SIGSTOP');
      await inference.dispose();
      await ready;
      expect(workers.filter((worker) => isAlive(worker.pid))).toEqual([]);
      if (pending !== undefined) expect((await pending).kind).toBe('failed');
      expect((await inference.ask(smallQuestion(), DEADLINE)).kind).toBe('failed');
    }
  });
});

describe.skipIf(absent)('files that only look like a language model', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mt-broken-model-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function whyFailed(path: string): Promise<{ readonly why: string; readonly started: number }> {
    const { inference, workers } = startLlama(path);
    const status = await inference.ready();
    const reply = await inference.ask(smallQuestion(), DEADLINE);
    await inference.dispose();
    expect(reply).toEqual({ kind: 'failed', why: status.kind === 'failed' ? status.why : 'not failed' });
    return { why: status.kind === 'failed' ? status.why : 'not failed', started: workers.length };
  }

  it('starts no process for a file that is not GGUF, is empty, is a folder or is absent', async () => {
    writeFileSync(join(folder, 'text.gguf'), 'not a model');
    writeFileSync(join(folder, 'empty.gguf'), '');
    for (const [name, problem] of [
      ['text.gguf', 'is not a GGUF file'],
      ['empty.gguf', 'is empty'],
      ['', 'is a folder'],
      ['absent.gguf', 'does not exist'],
    ]) {
      const { why, started } = await whyFailed(join(folder, name ?? ''));
      expect(why).toContain(problem);
      expect(why).not.toContain(tmpdir());
      expect(started).toBe(0);
    }
  });

  it.each([200, 5_000, 900_000])('says that a GGUF cut after %i bytes may be incomplete', async (bytes) => {
    const path = join(folder, `cut-${bytes}.gguf`);
    writeFileSync(path, readFileSync(modelFile('stories260K-f32.gguf')).subarray(0, bytes));
    const { why, started } = await whyFailed(path);
    expect(why).toContain(`model file cut-${bytes}.gguf cannot be loaded`);
    expect(why).toContain('incomplete');
    expect(started).toBe(1);
  });

  it('refuses an embedding model by what it is', async () => {
    const path = join(folder, 'embedding.gguf');
    copyFileSync(modelFile('all-minilm-l6-v2-q8_0.gguf'), path);
    expect((await whyFailed(path)).why).toContain('embedding model (bert)');
  });
});
