import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashModelFile } from '#adapters/inference-llama/check-model-file.ts';
import type { EmbeddingReply } from '#core/ports/embedding.ts';
import type { LlamaEmbedderProcess } from '#host/models/embedding-process.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import { isAlive, startEmbedder } from '../support/llama.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const NAME = 'all-minilm-l6-v2-q8_0.gguf';
const absent = notRunWithoutShared('a real embedding model in its own process');
const DEADLINE = 60_000;

const HEADLINES = [
  'Bitcoin climbs to a record as funds buy',
  'Record high for bitcoin on strong demand from funds',
  'The weather in Lisbon stays mild this weekend',
];

function vectorsOf(reply: EmbeddingReply): readonly Float32Array[] {
  if (reply.kind !== 'vectors') throw new Error(`${reply.kind}: ${reply.why}`);
  return reply.vectors;
}
const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  [...(a ?? [])].reduce((sum, value, at) => sum + value * (b?.[at] ?? Number.NaN), 0);

describe.skipIf(absent)('a real embedding model in its own process', () => {
  let embedder: LlamaEmbedderProcess;
  let workers: WorkerLike[];
  beforeAll(async () => {
    ({ embedder, workers } = startEmbedder(modelFile(NAME)));
    await embedder.ready();
  });
  afterAll(() => embedder.dispose());

  it('reports name, weights and build', async () => {
    expect(embedder.status()).toEqual({
      kind: 'ready',
      name: NAME,
      hash: await hashModelFile(modelFile(NAME)),
      build: expect.stringMatching(
        /^node-llama-cpp [\d.]+, llama\.cpp [\w.]+, cpu, threads 1, context 512, batch 512$/,
      ),
    });
  });

  it('puts texts of one meaning nearer to each other than to another', async () => {
    const vectors = vectorsOf(await embedder.embed(HEADLINES, DEADLINE));
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toHaveLength(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
    expect(dot(vectors[0], vectors[1])).toBeGreaterThan(dot(vectors[0], vectors[2]) + 0.3);
  });

  it('gives a text the same bits alone, in another order and behind a hundred others', async () => {
    const alone = vectorsOf(await embedder.embed(['Record high for bitcoin on strong demand from funds'], DEADLINE))[0];
    const turned = vectorsOf(await embedder.embed(HEADLINES.toReversed(), DEADLINE))[1];
    const many = Array.from({ length: 100 }, (_, at) => `Another headline, number ${at}, about something else`);
    const behind = vectorsOf(await embedder.embed([...many, HEADLINES[1] ?? ''], DEADLINE));
    expect(behind).toHaveLength(101);
    expect(turned).toEqual(alone);
    expect(behind.at(-1)).toEqual(alone);
  });

  it('cuts a text that is longer than the model reads', async () => {
    const long = 'rain and wind over the coast '.repeat(4_000);
    const vectors = vectorsOf(await embedder.embed([long, `${long} bitcoin`], DEADLINE));
    expect(vectors[1]).toEqual(vectors[0]);
  });

  it('takes marks inside a text for text', async () => {
    const vectors = vectorsOf(await embedder.embed(['[CLS] bitcoin [SEP]', 'bitcoin'], DEADLINE));
    expect(vectors[0]).not.toEqual(vectors[1]);
  });

  it('says why an empty text has no vector, and an empty list has none', async () => {
    expect(await embedder.embed(['bitcoin', '   '], DEADLINE)).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('a text without a word'),
    });
    expect(vectorsOf(await embedder.embed([], DEADLINE))).toEqual([]);
  });

  it('is late after its deadline, lets go, and embeds the next texts in the same process', async () => {
    const long = Array.from({ length: 300 }, (_, at) => `${at} bitcoin falls and rises `.repeat(60));
    expect(await embedder.embed(long, 300)).toEqual({ kind: 'late', why: 'no answer within 300 ms' });
    expect(vectorsOf(await embedder.embed(['bitcoin'], DEADLINE))).toHaveLength(1);
    expect(workers).toHaveLength(1);
  });

  it('comes back after its process was killed', async () => {
    const started = startEmbedder(modelFile(NAME));
    try {
      await started.embedder.ready();
      process.kill(started.workers[0]?.pid ?? 0, 'SIGKILL');
      await expect.poll(async () => (await started.embedder.embed(['bitcoin'], DEADLINE)).kind).toBe('vectors');
      expect(started.workers).toHaveLength(2);
    } finally {
      await started.embedder.dispose();
    }
    expect(started.workers.filter((worker) => isAlive(worker.pid))).toEqual([]);
  });

  it('refuses a language model by what it is', async () => {
    const { embedder: wrong } = startEmbedder(modelFile('minimind2-small-q8_0.gguf'));
    expect(await wrong.embed(['bitcoin'], DEADLINE)).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/holds a language model \(\w+\), which is not made for embedding texts/),
    });
    await wrong.dispose();
  });
});
