import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FromWorkerMessage, toWorkerMessage } from '#adapters/inference-llama/protocol.ts';
import type { InferenceRequest } from '#core/ports/inference.ts';
import type { WorkerLike } from '#host/worker-like.ts';

export type ScriptedReply =
  | { readonly text: string; readonly tokenIds?: readonly number[] }
  | { readonly failed: string };

export const SCRIPTED_RUNTIME = {
  nodeLlamaCpp: '3.22.1',
  llamaCpp: 'b1',
  backend: 'cpu',
  threads: 1,
  contextSize: 2048,
  batchSize: 256,
  chatFormat: 'ChatML',
} as const;

/** Text as one token for each character, which is enough to tell where two answers part. */
export const charTokens = (text: string): readonly number[] => Array.from(text, (letter) => letter.codePointAt(0) ?? 0);

/** A model's process that is none: it speaks the protocol and answers what `answer` says. For engines that are to have a model. */
export function scriptedWorker(
  answer: (request: InferenceRequest) => ScriptedReply | string,
  weights: { readonly hash?: string; readonly runtime?: Partial<Record<keyof typeof SCRIPTED_RUNTIME, unknown>> } = {},
): WorkerLike {
  const listeners: ((message: unknown) => void)[] = [];
  const exits: ((why: string) => void)[] = [];
  const say = (message: FromWorkerMessage): void =>
    queueMicrotask(() => {
      for (const listener of listeners) listener(message);
    });
  return {
    pid: undefined,
    postMessage(raw) {
      const message = toWorkerMessage.parse(raw);
      if (message.kind === 'load') {
        const runtime = { ...SCRIPTED_RUNTIME, ...weights.runtime } as typeof SCRIPTED_RUNTIME;
        say({ kind: 'loaded', hash: weights.hash ?? '7'.repeat(64), build: 'scripted', runtime });
      } else if (message.kind === 'ask') {
        const said = answer(message.request);
        const reply = typeof said === 'string' ? { text: said } : said;
        if ('failed' in reply) return say({ kind: 'failed', id: message.id, why: reply.failed });
        const tokenIds = [...(reply.tokenIds ?? charTokens(reply.text))];
        say({ kind: 'answer', id: message.id, text: reply.text, tokens: tokenIds.length, tokenIds, elapsedMs: 1 });
      } else if (message.kind === 'probe') {
        // Always the same, so that the canary finds a machine that repeats itself.
        const { id } = message;
        const speed = { promptTokens: 1, reusedTokens: 0, firstTokenMs: 1, elapsedMs: 1 };
        say({ kind: 'probed', id, text: 'x', tokens: [1], bits: '9'.repeat(64), ...speed });
      } else if (message.kind === 'stop') for (const exit of exits) exit('the process ended with code 0');
    },
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => {
      for (const exit of exits) exit('the process was ended by SIGKILL');
    },
  };
}

/** A file that begins like a model, which is all that is looked at before a process is started. */
export function scriptedModelFile(folder: string, name = 'scripted.gguf'): string {
  const header = Buffer.alloc(32);
  header.write('GGUF', 0, 'latin1');
  header.writeUInt32LE(3, 4);
  header.writeBigUInt64LE(1n, 8);
  const path = join(folder, name);
  writeFileSync(path, header);
  return path;
}
