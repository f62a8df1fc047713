import { describe, expect, it } from 'vitest';
import { fromWorkerMessage, toWorkerMessage } from '#adapters/inference-llama/protocol.ts';
import * as fc from '../../support/seeded-check.ts';

const request = { system: 's', user: 'u', schema: { type: 'object' }, seed: 1, temperature: 0, maxTokens: 10 };

describe('messages between the supervisor and the model process', () => {
  it('accepts the messages of both directions', () => {
    expect(
      toWorkerMessage.safeParse({ kind: 'load', modelPath: '/m.gguf', contextSize: 512, threads: 1 }).success,
    ).toBe(true);
    expect(toWorkerMessage.safeParse({ kind: 'ask', id: 0, request }).success).toBe(true);
    expect(toWorkerMessage.safeParse({ kind: 'abort', id: 0 }).success).toBe(true);
    expect(toWorkerMessage.safeParse({ kind: 'stop' }).success).toBe(true);
    expect(fromWorkerMessage.safeParse({ kind: 'loaded', hash: 'a'.repeat(64), build: 'b' }).success).toBe(true);
    expect(fromWorkerMessage.safeParse({ kind: 'answer', id: 0, text: '', tokens: 0, elapsedMs: 1.5 }).success).toBe(
      true,
    );
  });

  it.each([
    ['an unknown kind', { kind: 'eval', code: '1' }],
    ['an extra field', { kind: 'stop', now: true }],
    ['a negative seed', { kind: 'ask', id: 0, request: { ...request, seed: -1 } }],
    ['a fractional token limit', { kind: 'ask', id: 0, request: { ...request, maxTokens: 1.5 } }],
    ['a schema that is no object', { kind: 'ask', id: 0, request: { ...request, schema: 'any' } }],
    ['a hash that is none', { kind: 'loaded', hash: 'none', build: 'b' }],
  ])('refuses %s', (_what, message) => {
    expect(toWorkerMessage.safeParse(message).success).toBe(false);
    expect(fromWorkerMessage.safeParse(message).success).toBe(false);
  });

  it('never throws whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(typeof toWorkerMessage.safeParse(message).success).toBe('boolean');
        expect(typeof fromWorkerMessage.safeParse(message).success).toBe('boolean');
      }),
    );
  });
});
