import {
  type FromWorkerMessage,
  fromWorkerMessage,
  type ModelUse,
  type ToWorkerMessage,
  toWorkerMessage,
} from '#adapters/inference-llama/protocol.ts';
import type { InferenceRequest } from '#core/ports/inference.ts';
import { createDeferred } from './deferred.ts';
import type { WorkerLike } from './worker-like.ts';

export type LoadResult =
  | Extract<FromWorkerMessage, { kind: 'loaded' }>
  | { readonly kind: 'load_failed'; readonly why: string }
  | { readonly kind: 'exited'; readonly why: string };

/** Why a piece of work has no result. */
export type NoResult =
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'exited'; readonly why: string };

export type AskResult = Extract<FromWorkerMessage, { kind: 'answer' }> | NoResult;
export type EmbedResult = Extract<FromWorkerMessage, { kind: 'vectors' }> | NoResult;

/** Settles when the worker has answered, failed, let go of the work or died; never rejects. */
export type Work<Result> = { readonly result: Promise<Result>; readonly abort: () => void };

/** One life of one worker process: loaded once, asked many times, ended once. */
export type WorkerSession = {
  readonly loaded: Promise<LoadResult>;
  readonly exited: Promise<string>;
  ask(request: InferenceRequest): Work<AskResult>;
  /** At most MOST_TEXTS of them. */
  embed(texts: readonly string[]): Work<EmbedResult>;
  /** Asks the worker to end, and kills it when it has not ended after `graceMs`. Settles when the process is gone. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
};

export type LoadSettings = {
  readonly modelPath: string;
  readonly contextSize: number;
  readonly threads: number;
  readonly use: ModelUse;
};

const OTHER_ANSWER: NoResult = { kind: 'failed', why: "the model's process gave an answer of another kind" };

/** Takes over a fresh worker and tells it to load the model. `onStray` hears of messages that break the protocol. */
export function openWorkerSession(
  worker: WorkerLike,
  settings: LoadSettings,
  onStray: (why: string) => void,
): WorkerSession {
  const waiting = new Map<number, (result: AskResult | EmbedResult) => void>();
  const load = createDeferred<LoadResult>();
  const exit = createDeferred<string>();
  let nextId = 0;
  let exitedWhy: string | undefined;

  const post = (message: ToWorkerMessage): void => worker.postMessage(message);
  const settle = (id: number, result: AskResult | EmbedResult): void => {
    const waiter = waiting.get(id);
    if (waiter === undefined) return onStray('an answer to no open question');
    waiting.delete(id);
    waiter(result);
  };

  function receive(message: FromWorkerMessage): void {
    switch (message.kind) {
      case 'loaded':
      case 'load_failed':
        return load.resolve(message);
      case 'answer':
      case 'vectors':
      case 'failed':
      case 'aborted':
        return settle(message.id, message);
    }
  }

  worker.onMessage((raw) => {
    const parsed = fromWorkerMessage.safeParse(raw);
    if (parsed.success) receive(parsed.data);
    else onStray('a message outside the protocol');
  });
  worker.onExit((why) => {
    exitedWhy = why;
    load.resolve({ kind: 'exited', why });
    for (const waiter of waiting.values()) waiter({ kind: 'exited', why });
    waiting.clear();
    exit.resolve(why);
  });
  post({ kind: 'load', ...settings });

  /** Sends one piece of work; `narrow` turns an answer of the wrong kind into a failure. */
  function give<Result>(
    messageOf: (id: number) => unknown,
    narrow: (result: AskResult | EmbedResult) => Result | NoResult,
  ): Work<Result | NoResult> {
    const settled = (result: NoResult) => ({ result: Promise.resolve(result), abort() {} });
    if (exitedWhy !== undefined) return settled({ kind: 'exited', why: exitedWhy });
    const id = nextId++;
    const message = toWorkerMessage.safeParse(messageOf(id));
    // The worker drops what it cannot read, and the question would only end at its deadline.
    if (!message.success) return settled({ kind: 'failed', why: 'the question is outside the protocol' });
    const answer = createDeferred<Result | NoResult>();
    waiting.set(id, (result) => answer.resolve(narrow(result)));
    post(message.data);
    return { result: answer.promise, abort: () => post({ kind: 'abort', id }) };
  }

  return {
    loaded: load.promise,
    exited: exit.promise,
    ask: (request) =>
      give(
        (id) => ({ kind: 'ask', id, request }),
        (result): AskResult => (result.kind === 'vectors' ? OTHER_ANSWER : result),
      ),
    embed: (texts) =>
      give(
        (id) => ({ kind: 'embed', id, texts }),
        (result): EmbedResult => (result.kind === 'answer' ? OTHER_ANSWER : result),
      ),
    async stop(graceMs) {
      post({ kind: 'stop' });
      const timer = setTimeout(() => worker.kill(), graceMs);
      await exit.promise;
      clearTimeout(timer);
    },
    kill: () => worker.kill(),
  };
}
