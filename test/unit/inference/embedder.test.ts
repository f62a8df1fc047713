import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packVector, unpackVector } from '#adapters/inference-llama/vector-bytes.ts';
import { createLlamaEmbedder } from '#host/models/embedding-process.ts';
import { QUIET } from '../../support/llama.ts';
import { loads, type Part, play, playedModelFile } from '../../support/played-worker.ts';
import * as fc from '../../support/seeded-check.ts';

let folder = '';
let model = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-embedder-'));
  model = playedModelFile(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An embedder whose process answers each part with what `vectors` makes of its texts. */
const embedderThat = (vectors: (texts: readonly string[]) => readonly string[]) => {
  const parts: number[] = [];
  const part: Part = (message, say, die) => {
    if (message.kind === 'load') loads(say);
    if (message.kind === 'stop') die('stopped');
    if (message.kind !== 'embed') return;
    parts.push(message.texts.length);
    say({ kind: 'vectors', id: message.id, vectors: [...vectors(message.texts)], elapsedMs: 2 });
  };
  return { parts, embedder: createLlamaEmbedder({ modelPath: model, logger: QUIET, spawnWorker: () => play(part) }) };
};
const ofLength = (texts: readonly string[]) => texts.map((text) => packVector(Float32Array.of(text.length, 0.5)));

describe('embedding texts in another process', () => {
  it('loads the model for embedding', async () => {
    let use: string | undefined;
    const embedder = createLlamaEmbedder({
      modelPath: model,
      logger: QUIET,
      spawnWorker: () =>
        play((message, say, die) => {
          if (message.kind === 'load') use = message.use;
          if (message.kind === 'load') loads(say);
          if (message.kind === 'stop') die('stopped');
        }),
    });
    await embedder.ready();
    await embedder.dispose();
    expect(use).toBe('embed');
  });

  it('sends long lists in parts and keeps their order', async () => {
    const { embedder, parts } = embedderThat(ofLength);
    const reply = await embedder.embed(
      Array.from({ length: 70 }, (_, at) => 'x'.repeat(at + 1)),
      10_000,
    );
    expect(parts).toEqual([32, 32, 6]);
    expect(reply).toMatchObject({ kind: 'vectors', elapsedMs: 6 });
    if (reply.kind === 'vectors')
      expect(reply.vectors.map((vector) => vector[0])).toEqual(Array.from({ length: 70 }, (_, at) => at + 1));
    await embedder.dispose();
  });

  it.each([
    ['too few vectors', () => [packVector(Float32Array.of(1))]],
    ['vectors of two lengths', () => [packVector(Float32Array.of(1)), packVector(Float32Array.of(1, 0))]],
    ['a vector that is not finite', () => [packVector(Float32Array.of(1)), packVector(Float32Array.of(Number.NaN))]],
    ['half a number', () => [packVector(Float32Array.of(1)), 'AAA=']],
  ])('takes %s for a failure', async (_what, vectors) => {
    const { embedder } = embedderThat(vectors);
    expect(await embedder.embed(['a', 'b'], 10_000)).toEqual({
      kind: 'failed',
      why: 'the model gave vectors that do not fit the texts',
    });
    await embedder.dispose();
  });

  it('takes an answer in words for a failure', async () => {
    const embedder = createLlamaEmbedder({
      modelPath: model,
      logger: QUIET,
      spawnWorker: () =>
        play((message, say, die) => {
          if (message.kind === 'load') loads(say);
          if (message.kind === 'embed') say({ kind: 'answer', id: message.id, text: 'no', tokens: 1, elapsedMs: 1 });
          if (message.kind === 'stop') die('stopped');
        }),
    });
    expect(await embedder.embed(['a'], 10_000)).toEqual({
      kind: 'failed',
      why: "the model's process gave an answer of another kind",
    });
    await embedder.dispose();
  });

  it('carries vectors through text without changing a bit', () => {
    const finite = fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (vector) => {
        expect(unpackVector(packVector(vector))).toEqual(vector);
      }),
    );
  });
});
