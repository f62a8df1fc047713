import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LlamaInference } from '#host/inference-process.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import { smallQuestion, startLlama } from '../support/llama.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('text of a real model while it is written');
const DEADLINE = 60_000;
const long = smallQuestion({
  schema: { type: 'array', items: { enum: ['wet', 'dry', 'windy'] }, minItems: 200, maxItems: 220 },
  maxTokens: 1200,
});

describe.skipIf(absent)('text of a real model while it is written', () => {
  let inference: LlamaInference;
  let workers: WorkerLike[];
  beforeAll(async () => {
    ({ inference, workers } = startLlama(modelFile('minimind2-small-q8_0.gguf')));
    await inference.ready();
  });
  afterAll(() => inference.dispose());

  it('comes in pieces that make up the answer, which is the same as without them', async () => {
    const pieces: string[] = [];
    const streamed = await inference.ask(smallQuestion(), DEADLINE, { onText: (text) => void pieces.push(text) });
    const whole = await inference.ask(smallQuestion(), DEADLINE);
    if (streamed.kind !== 'answer' || whole.kind !== 'answer') throw new Error('no answer');
    expect(streamed.text).toBe(whole.text);
    expect(pieces.join('').trimEnd()).toBe(streamed.text);
    expect(pieces.length).toBeGreaterThan(5);
    expect(streamed.promptTokens).toBeGreaterThan(20);
    expect(streamed.firstTokenMs).toBeLessThan(streamed.elapsedMs);
  });

  it('ends when the question is canceled in the middle of it, and the same process answers the next one', async () => {
    const control = new AbortController();
    let heard = '';
    const reply = await inference.ask(long, DEADLINE, {
      cancel: control.signal,
      onText(text) {
        heard += text;
        if (heard.length > 40) control.abort();
      },
    });
    expect(reply).toEqual({ kind: 'failed', why: 'the question was withdrawn' });
    expect((await inference.ask(smallQuestion(), DEADLINE)).kind).toBe('answer');
    expect(workers).toHaveLength(1);
  });
});
