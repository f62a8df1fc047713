import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLlamaInference, type LlamaInference, type LlamaInferenceOptions } from '#host/inference-process.ts';
import { QUIET, smallQuestion } from '../../support/llama.ts';
import { answers, good, loads, type Part, PLAYED_HASH, play, playedModelFile } from '../../support/played-worker.ts';

let folder = '';
let model = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-supervisor-'));
  model = playedModelFile(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quick = { firstPauseMs: 1, longestPauseMs: 4, maxCrashes: 5, windowMs: 600_000 };

/** Each start takes the next part; the last one is repeated. */
function supervise(
  parts: readonly Part[],
  options: Partial<LlamaInferenceOptions> = {},
): { inference: LlamaInference; started: () => number; log: string[] } {
  let starts = 0;
  const log: string[] = [];
  const inference = createLlamaInference({
    modelPath: model,
    logger: QUIET,
    restarts: quick,
    graceMs: 20,
    spawnWorker: () => play(parts[Math.min(starts++, parts.length - 1)] ?? good, log),
    ...options,
  });
  return { inference, started: () => starts, log };
}

describe('supervising the model process', () => {
  it('starts nothing before the first question', async () => {
    const { inference, started } = supervise([good]);
    expect(inference.status()).toEqual({ kind: 'loading', name: 'played.gguf' });
    expect(started()).toBe(0);
    expect(await inference.ask(smallQuestion({ seed: 3 }), 10_000)).toEqual({
      kind: 'answer',
      text: 'seed 3',
      tokens: 1,
      elapsedMs: 1,
    });
    expect(inference.status()).toEqual({ kind: 'ready', name: 'played.gguf', hash: PLAYED_HASH, build: 'played' });
    await inference.dispose();
  });

  it('gives up after five crashes and says why', async () => {
    const { inference, started } = supervise([(_message, _say, die) => die('the process ended with code 139')]);
    const why = "the model's process failed 5 times in a short time; the last time the process ended with code 139";
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({ kind: 'failed', why });
    expect(inference.status()).toEqual({ kind: 'failed', name: 'played.gguf', why });
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({ kind: 'failed', why });
    expect(started()).toBe(5);
    await inference.dispose();
  });

  it('counts a process that cannot be started as a crash', async () => {
    const { inference } = supervise([good], {
      spawnWorker: () => {
        throw new Error('no more processes');
      },
    });
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({
      kind: 'failed',
      why: expect.stringContaining('could not be started'),
    });
    await inference.dispose();
  });

  it('does not start a model again that says it cannot be loaded', async () => {
    const { inference, started } = supervise([
      (message, say, die) => {
        if (message.kind === 'load') say({ kind: 'load_failed', why: 'weights missing' });
        else die('stopped');
      },
    ]);
    expect(await inference.ask(smallQuestion(), 10_000)).toEqual({ kind: 'failed', why: 'weights missing' });
    expect(started()).toBe(1);
    await inference.dispose();
  });

  it('kills a process that never finishes loading and tries another', async () => {
    const { inference, started, log } = supervise([() => {}, good], { loadDeadlineMs: 20 });
    expect((await inference.ask(smallQuestion(), 10_000)).kind).toBe('answer');
    expect(started()).toBe(2);
    expect(log).toEqual(['killed']);
    await inference.dispose();
  });

  it('sends an abort when the deadline passes and keeps a process that obeys', async () => {
    const obedient: Part = (message, say, die) => {
      if (message.kind === 'ask' && message.request.seed === 0) return;
      if (message.kind === 'abort') return say({ kind: 'aborted', id: message.id });
      good(message, say, die);
    };
    const { inference, started } = supervise([obedient]);
    expect(await inference.ask(smallQuestion({ seed: 0 }), 30)).toEqual({
      kind: 'late',
      why: 'no answer within 30 ms',
    });
    expect((await inference.ask(smallQuestion({ seed: 1 }), 10_000)).kind).toBe('answer');
    expect(started()).toBe(1);
    await inference.dispose();
  });

  it('kills a process that ignores the abort and asks the next question to a new one', async () => {
    const deaf: Part = (message, say) => {
      if (message.kind === 'load') loads(say);
    };
    const { inference, started, log } = supervise([deaf, good]);
    expect((await inference.ask(smallQuestion(), 30)).kind).toBe('late');
    expect((await inference.ask(smallQuestion(), 10_000)).kind).toBe('answer');
    expect(started()).toBe(2);
    expect(log).toEqual(['killed']);
    await inference.dispose();
  });

  it('drops an answer that comes after its deadline instead of giving it to the next question', async () => {
    const held: number[] = [];
    const slow: Part = (message, say, die) => {
      if (message.kind === 'ask' && message.request.seed === 0) held.push(message.id);
      else if (message.kind === 'abort') for (const id of held) answers(id, say, 'of the first question');
      else good(message, say, die);
    };
    const { inference } = supervise([slow]);
    const first = inference.ask(smallQuestion({ seed: 0 }), 30);
    const second = inference.ask(smallQuestion({ seed: 1 }), 10_000);
    expect((await first).kind).toBe('late');
    expect(await second).toMatchObject({ kind: 'answer', text: 'seed 1' });
    await inference.dispose();
  });

  it('ignores messages outside the protocol and answers to no question', async () => {
    const noisy: Part = (message, say, die) => {
      say({ kind: 'eval', code: 'process.exit()' });
      say({ kind: 'answer', id: 99, text: 'stray', tokens: 1, elapsedMs: 1 });
      say({ kind: 'answer', id: 0, text: 42 });
      good(message, say, die);
    };
    const { inference } = supervise([noisy]);
    expect(await inference.ask(smallQuestion({ seed: 5 }), 10_000)).toMatchObject({ kind: 'answer', text: 'seed 5' });
    await inference.dispose();
  });

  it('refuses a question that the protocol cannot carry', async () => {
    const { inference } = supervise([good]);
    expect(await inference.ask(smallQuestion({ maxTokens: 100_000 }), 10_000)).toEqual({
      kind: 'failed',
      why: 'the question is outside the protocol',
    });
    await inference.dispose();
  });

  it('can be shut down before, during and after work, twice', async () => {
    const idle = supervise([good]);
    await idle.inference.dispose();
    expect(idle.started()).toBe(0);
    expect(await idle.inference.ask(smallQuestion(), 10_000)).toEqual({
      kind: 'failed',
      why: 'the model was shut down',
    });

    const pausing = supervise([(_message, _say, die) => die('crash')], {
      restarts: { ...quick, firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 },
    });
    const pending = pausing.inference.ask(smallQuestion(), 10_000_000);
    await expect.poll(() => pausing.started()).toBe(1);
    await Promise.all([pausing.inference.dispose(), pausing.inference.dispose()]);
    expect((await pending).kind).toBe('failed');
    expect(pausing.started()).toBe(1);
  });

  it('passes the text on while it is written, and none of it after the reply', async () => {
    const writing: Part = (message, say, die) => {
      if (message.kind === 'ask' && message.stream)
        for (const text of ['{', '"a"', '}']) say({ kind: 'text', id: message.id, text });
      if (message.kind === 'abort') {
        say({ kind: 'text', id: message.id, text: 'too late' });
        return say({ kind: 'aborted', id: message.id });
      }
      if (message.kind === 'ask' && message.request.seed === 0) return;
      good(message, say, die);
    };
    const { inference } = supervise([writing]);
    const heard: string[] = [];
    await inference.ask(smallQuestion({ seed: 1 }), 10_000, { onText: (text) => void heard.push(text) });
    expect(heard).toEqual(['{', '"a"', '}']);
    expect(
      (await inference.ask(smallQuestion({ seed: 0 }), 30, { onText: (text) => void heard.push(text) })).kind,
    ).toBe('late');
    await inference.ask(smallQuestion({ seed: 1 }), 10_000);
    expect(heard).toEqual(['{', '"a"', '}', '{', '"a"', '}']);
    await inference.dispose();
  });

  it('passes on no more text than an answer may hold, and survives a listener that throws', async () => {
    const endless: Part = (message, say, die) => {
      if (message.kind === 'ask')
        for (let at = 0; at < 30; at += 1) say({ kind: 'text', id: message.id, text: 'x'.repeat(10_000) });
      good(message, say, die);
    };
    const { inference } = supervise([endless]);
    let heard = 0;
    await inference.ask(smallQuestion(), 10_000, { onText: (text) => void (heard += text.length) });
    expect(heard).toBe(64_000);
    const reply = await inference.ask(smallQuestion(), 10_000, {
      onText: () => {
        throw new Error('the screen is gone');
      },
    });
    expect(reply.kind).toBe('answer');
    await inference.dispose();
  });

  it('withdraws a question that is canceled while it waits, while it is answered, and before it is asked', async () => {
    const asked: number[] = [];
    const obedient: Part = (message, say, die) => {
      if (message.kind === 'ask') asked.push(message.request.seed);
      if (message.kind === 'ask' && message.request.seed === 0) return;
      if (message.kind === 'abort') return say({ kind: 'aborted', id: message.id });
      good(message, say, die);
    };
    const { inference, started } = supervise([obedient]);
    await inference.ready();
    const [first, second, third] = [new AbortController(), new AbortController(), AbortSignal.abort()];
    const answering = inference.ask(smallQuestion({ seed: 0 }), 10_000, { cancel: first.signal });
    const waiting = inference.ask(smallQuestion({ seed: 2 }), 10_000, { cancel: second.signal });
    const never = inference.ask(smallQuestion({ seed: 3 }), 10_000, { cancel: third });
    const withdrawn = { kind: 'failed', why: 'the question was withdrawn' };
    second.abort();
    expect(await waiting).toEqual(withdrawn);
    expect(await never).toEqual(withdrawn);
    first.abort();
    expect(await answering).toEqual(withdrawn);
    expect((await inference.ask(smallQuestion({ seed: 4 }), 10_000)).kind).toBe('answer');
    expect(asked).toEqual([0, 4]);
    expect(started()).toBe(1);
    await inference.dispose();
  });
});
