import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FromWorkerMessage, ToWorkerMessage } from '#adapters/inference-llama/protocol.ts';
import type { WorkerLike } from '#host/worker-like.ts';

export type Say = (message: FromWorkerMessage | Readonly<Record<string, unknown>>) => void;
/** What a played worker does with a message; it can speak and it can die. */
export type Part = (message: ToWorkerMessage, say: Say, die: (why: string) => void) => void;

export const PLAYED_HASH = 'a'.repeat(64);
export const loads = (say: Say): void => say({ kind: 'loaded', hash: PLAYED_HASH, build: 'played' });
export const answers = (id: number, say: Say, text = '{}'): void =>
  say({ kind: 'answer', id, text, tokens: 1, elapsedMs: 1 });
export const good: Part = (message, say, die) => {
  if (message.kind === 'load') loads(say);
  if (message.kind === 'ask') answers(message.id, say, `seed ${message.request.seed}`);
  if (message.kind === 'stop') die('stopped');
};

/** A worker without a process: it plays its part asynchronously, as a real one would. */
export function play(part: Part, log: string[] = []): WorkerLike {
  const listeners: ((message: unknown) => void)[] = [];
  const ends: ((why: string) => void)[] = [];
  let dead = false;
  const die = (why: string): void => {
    if (dead) return;
    dead = true;
    log.push(why);
    for (const end of ends) end(why);
  };
  return {
    pid: undefined,
    postMessage: (message) =>
      queueMicrotask(() => {
        if (!dead) part(message as ToWorkerMessage, (reply) => listeners.forEach((listen) => listen(reply)), die);
      }),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void ends.push(listener),
    kill: () => die('killed'),
  };
}

/** A file that begins like a model, which is all that is looked at before a process is started. */
export function playedModelFile(folder: string, name = 'played.gguf'): string {
  const path = join(folder, name);
  const header = Buffer.alloc(24);
  header.write('GGUF');
  header.writeUInt32LE(3, 4);
  header.writeBigUInt64LE(1n, 8);
  writeFileSync(path, header);
  return path;
}
