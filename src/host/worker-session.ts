import {
  type FromWorkerMessage,
  fromWorkerMessage,
  LONGEST_ANSWER,
  type ModelUse,
  type ProbeMessage,
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
export type ProbeResult = Extract<FromWorkerMessage, { kind: 'probed' }> | NoResult;
export type EmbedResult = Extract<FromWorkerMessage, { kind: 'vectors' }> | NoResult;

type AnyResult = AskResult | ProbeResult | EmbedResult;
type Waiter = { readonly settle: (result: AnyResult) => void; readonly hear: (text: string) => void };

/** Settles when the worker has answered, failed, let go of the work or died; never rejects. */
export type Work<Result> = { readonly result: Promise<Result>; readonly abort: () => void };

/** One life of one worker process: loaded once, asked many times, ended once. */
export type WorkerSession = {
  readonly loaded: Promise<LoadResult>;
  readonly exited: Promise<string>;
  /** `onText` hears at most LONGEST_ANSWER characters while the answer is written. */
  ask(request: InferenceRequest, onText?: (text: string) => void): Work<AskResult>;
  probe(probe: ProbeMessage): Work<ProbeResult>;
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

/** Whether a piece of work ended without what was asked for. */
export const isNoResult = (result: { readonly kind: string }): result is NoResult =>
  result.kind === 'failed' || result.kind === 'aborted' || result.kind === 'exited';

/** Passes on text up to what an answer may hold: a process that writes without end fills nobody's memory. */
function bounded(onText: ((text: string) => void) | undefined): (text: string) => void {
  let left = LONGEST_ANSWER;
  return (text) => {
    const part = text.slice(0, left);
    left -= part.length;
    if (part !== '') onText?.(part);
  };
}

const OTHER_ANSWER: NoResult = { kind: 'failed', why: "the model's process gave an answer of another kind" };

/** Takes over a fresh worker and tells it to load the model. `onStray` hears of messages that break the protocol. */
export function openWorkerSession(
  worker: WorkerLike,
  settings: LoadSettings,
  onStray: (why: string) => void,
): WorkerSession {
  const waiting = new Map<number, Waiter>();
  const load = createDeferred<LoadResult>();
  const exit = createDeferred<string>();
  let nextId = 0;
  let exitedWhy: string | undefined;

  const post = (message: ToWorkerMessage): void => worker.postMessage(message);
  const settle = (id: number, result: AnyResult): void => {
    const waiter = waiting.get(id);
    if (waiter === undefined) return onStray('an answer to no open question');
    waiting.delete(id);
    waiter.settle(result);
  };

  function receive(message: FromWorkerMessage): void {
    switch (message.kind) {
      case 'loaded':
      case 'load_failed':
        return load.resolve(message);
      case 'text':
        return (waiting.get(message.id)?.hear ?? (() => onStray('text of no open question')))(message.text);
      case 'answer':
      case 'probed':
      case 'vectors':
      case 'failed':
      case 'aborted':
        return settle(message.id, message);
      case 'task_progress':
      case 'task_done':
      case 'task_failed':
        return onStray('news of a task that was not given');
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
    for (const waiter of waiting.values()) waiter.settle({ kind: 'exited', why });
    waiting.clear();
    exit.resolve(why);
  });
  post({ kind: 'load', ...settings });

  /** Sends one piece of work whose result is of `kind`; any other answer is a failure. */
  function give<Kind extends AnyResult['kind']>(
    kind: Kind,
    messageOf: (id: number) => unknown,
    hear: (text: string) => void = () => {},
  ): Work<Extract<AnyResult, { kind: Kind }> | NoResult> {
    type Result = Extract<AnyResult, { kind: Kind }> | NoResult;
    const settled = (result: NoResult) => ({ result: Promise.resolve(result), abort() {} });
    if (exitedWhy !== undefined) return settled({ kind: 'exited', why: exitedWhy });
    const id = nextId++;
    const message = toWorkerMessage.safeParse(messageOf(id));
    // The worker drops what it cannot read, and the question would only end at its deadline.
    if (!message.success) return settled({ kind: 'failed', why: 'the question is outside the protocol' });
    const answer = createDeferred<Result>();
    const isWanted = (result: AnyResult): result is Result => result.kind === kind || isNoResult(result);
    waiting.set(id, { hear, settle: (result) => answer.resolve(isWanted(result) ? result : OTHER_ANSWER) });
    post(message.data);
    return { result: answer.promise, abort: () => post({ kind: 'abort', id }) };
  }

  return {
    loaded: load.promise,
    exited: exit.promise,
    ask: (request, onText) =>
      give('answer', (id) => ({ kind: 'ask', id, request, stream: onText !== undefined }), bounded(onText)),
    probe: (probe) => give('probed', (id) => ({ kind: 'probe', id, probe })),
    embed: (texts) => give('vectors', (id) => ({ kind: 'embed', id, texts })),
    async stop(graceMs) {
      post({ kind: 'stop' });
      const timer = setTimeout(() => worker.kill(), graceMs);
      await exit.promise;
      clearTimeout(timer);
    },
    kill: () => worker.kill(),
  };
}

/** Kills a worker that does not finish loading; its end is then the result. */
export async function loadWithin(session: WorkerSession, deadlineMs: number): Promise<LoadResult> {
  let overdue = false;
  const timer = setTimeout(() => {
    overdue = true;
    session.kill();
  }, deadlineMs);
  const result = await session.loaded;
  clearTimeout(timer);
  return overdue && result.kind === 'exited'
    ? { kind: 'exited', why: `loading took longer than ${deadlineMs} ms` }
    : result;
}
