import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerLike } from '#host/worker-like.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine } from '../support/engine.ts';
import { answers, loads, type Part, play, playedModelFile } from '../support/played-worker.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-bad-model-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the engine makes of a model: the assessment of the newest moment of its market. */
async function judgeWith(model: string, forkWorker?: () => WorkerLike) {
  const engine = await startTestEngine({ model, ...(forkWorker === undefined ? {} : { forkWorker }) });
  try {
    return (await engine.engine.handlers['cycle.analyse'](cycleRequest.parse({}))).assessment;
  } finally {
    await engine.close();
  }
}

/** The rules stand, and the reason is there to be read. */
async function expectRules(why: RegExp, model: string, forkWorker?: () => WorkerLike): Promise<void> {
  const { source, model: outcome, regime, rules } = await judgeWith(model, forkWorker);
  expect(source).toBe('rules');
  expect(regime).toBe(rules.regime);
  expect(outcome.outcome).not.toBe('used');
  expect('why' in outcome ? outcome.why : '').toMatch(why);
}

const absent = notRunWithoutShared('files of models that are not what they should be');

describe.skipIf(absent)('a file of a model that is not what it should be', () => {
  const changed = (name: string, change: (bytes: Buffer) => Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(modelFile('stories260K-f32.gguf'))));
    return path;
  };

  it('truncated: the rules stand', () =>
    expectRules(
      /cannot be loaded .* incomplete/,
      changed('truncated.gguf', (bytes) => bytes.subarray(0, 400_000)),
    ));

  it('corrupt in its head: the rules stand', () =>
    expectRules(
      /cannot be loaded .* incomplete or of an unknown kind/,
      changed('corrupt.gguf', (bytes) => Buffer.from(bytes).fill(0xff, 40, 4_000)),
    ));

  it('of an architecture that nobody knows: the rules stand', () =>
    expectRules(
      /cannot be loaded .* of an unknown kind/,
      changed('unknown.gguf', (bytes) => {
        const at = bytes.indexOf('llama', bytes.indexOf('general.architecture'));
        return Buffer.concat([bytes.subarray(0, at), Buffer.from('lemur'), bytes.subarray(at + 5)]);
      }),
    ));

  it('an embedding model where one that answers is wanted: the rules stand', () =>
    expectRules(/holds an embedding model \(bert\)/, modelFile('all-minilm-l6-v2-q8_0.gguf')));

  it('more than the machine holds: the rules stand', async () => {
    const path = playedModelFile(folder, 'huge.gguf');
    // A sparse file: as large as a model that no machine holds, and nearly nothing on the disk.
    truncateSync(path, 4_000_000_000_000);
    await expectRules(/not loaded: it needs 4000000 MB of memory and \d+ MB are free/, path);
  });
});

describe('a model that behaves badly', () => {
  const saying = (part: Part) => () =>
    play((message, say, die) => {
      if (message.kind === 'load') return loads(say);
      if (message.kind === 'stop') return die('stopped');
      part(message, say, die);
    });
  const says = (text: string) =>
    saying((message, say) => {
      if (message.kind === 'ask') answers(message.id, say, text);
      if (message.kind === 'probe') say({ kind: 'failed', id: message.id, why: 'not played' });
    });
  const model = () => playedModelFile(folder);

  it('loops until it is cut off: the rules stand', () =>
    expectRules(/JSON/, model(), says(`{"evidence":["F01"${',"F01"'.repeat(4_000)}`)));

  it('answers what is no JSON: the rules stand', () => expectRules(/JSON/, model(), says('I would buy. Trust me.')));

  it('answers in another language: the rules stand', () =>
    expectRules(
      /regime|schema|answer/i,
      model(),
      says('{"regime":"上昇トレンド","bias":"買い","confidence":"高","evidence":["F01"]}'),
    ));

  it('dies at every question: the rules stand', () =>
    expectRules(
      /the process ended with code 139/,
      model(),
      saying((_message, _say, die) => die('the process ended with code 139')),
    ));

  it.concurrent('sends more than an answer may hold: it is dropped, and the rules stand', () =>
    expectRules(
      /no answer within|not asked/,
      model(),
      saying((message, say) => {
        if (message.kind === 'probe') say({ kind: 'failed', id: message.id, why: 'not played' });
        if (message.kind === 'ask') answers(message.id, say, 'x'.repeat(70_000));
        if (message.kind === 'abort') say({ kind: 'aborted', id: message.id });
      }),
    ));

  it.concurrent('never answers: the rules stand after the deadline', () =>
    expectRules(
      /no answer within 20000 ms/,
      model(),
      saying((message, say) => {
        if (message.kind === 'probe') say({ kind: 'failed', id: message.id, why: 'not played' });
        if (message.kind === 'abort') say({ kind: 'aborted', id: message.id });
      }),
    ));
});
