import { performance } from 'node:perf_hooks';
import { inspectModelFile } from '#adapters/inference-llama/check-model-file.ts';
import type { ModelUse } from '#adapters/inference-llama/protocol.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { CancelToken, ModelStatus } from '#core/ports/inference.ts';
import type { Logger } from '#core/ports/logger.ts';
import { createDeferred } from '../deferred.ts';
import { createRestartPolicy, DEFAULT_RESTARTS, type RestartSettings } from '../restart-policy.ts';
import type { WorkerLike } from '../worker-like.ts';
import {
  isNoResult,
  loadWithin,
  type NoResult,
  openWorkerSession,
  type Work,
  type WorkerSession,
} from '../worker-session.ts';

/** How a model is kept; the same for language and embedding models. */
export type ModelProcessOptions = {
  readonly modelPath: string;
  /** Starts one worker process; called again after a crash. */
  readonly spawnWorker: () => WorkerLike;
  readonly logger: Logger;
  /** One thread is the reference for bit-exact answers, and on a busy machine the fastest. */
  readonly threads?: number;
  /** Tokens of prompt and answer together; cut to what the model was trained for. */
  readonly contextSize?: number;
  readonly loadDeadlineMs?: number;
  /** How long a worker may take to let go of a withdrawn question, or to end, before it is killed. */
  readonly graceMs?: number;
  readonly restarts?: RestartSettings;
};

/** Why there is no answer: the time was up, or the words of what went wrong. */
export type NoAnswer =
  | { readonly kind: 'late'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

export type ModelProcess = {
  status(): ModelStatus;
  /** Starts the model now and waits until it is ready or has failed; without it the first question pays for the loading. */
  ready(): Promise<ModelStatus>;
  /** Gives the model one piece of work and waits at most `deadlineMs`, or until it is canceled; then the work is withdrawn. Never rejects. */
  run<Result extends { readonly kind: string }>(
    begin: (session: WorkerSession) => Work<Result | NoResult>,
    deadlineMs: number,
    cancel?: CancelToken,
  ): Promise<Exclude<Result, NoResult> | NoAnswer>;
  /** Ends the process and every question; may be called twice. */
  dispose(): Promise<void>;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;
const SHUT_DOWN = 'the model was shut down';
const WITHDRAWN = 'the question was withdrawn';

/**
 * Keeps a local model in a process of its own: starts it when first needed, withdraws questions that take too long, kills it when
 * it does not let go, and starts it again after a crash, with growing pauses and not for ever. One piece of work at a time.
 */
export function createModelProcess(options: ModelProcessOptions, use: ModelUse): ModelProcess {
  const {
    modelPath,
    spawnWorker,
    logger,
    threads = 1,
    contextSize = 2048,
    loadDeadlineMs = 60_000,
    graceMs = 2_000,
  } = options;
  const name = modelPath.replace(/^.*[\\/]/, '');
  const restarts = createRestartPolicy(options.restarts ?? DEFAULT_RESTARTS);
  let status: ModelStatus = { kind: 'loading', name };
  /** The session to ask, once up; undefined inside means that it failed for good. */
  let live: Promise<WorkerSession | undefined> | undefined;
  let current: WorkerSession | undefined;
  let turn: Promise<void> = Promise.resolve();
  let disposing: Promise<void> | undefined;
  let endPause = (): void => {};

  function failForGood(why: string): undefined {
    status = { kind: 'failed', name, why };
    logger.error(`the model is not available: ${why}`);
  }

  /** Waits before the next start. False when there is none. */
  async function mayStartAgain(why: string): Promise<boolean> {
    if (disposing !== undefined) return false;
    const next = restarts.crashed(performance.now());
    if (next.kind === 'give_up') {
      failForGood(`the model's process failed ${next.crashes} times in a short time; the last time ${why}`);
      return false;
    }
    logger.warn(`the model's process failed and starts again: ${why}`, { afterMs: next.afterMs });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, next.afterMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return true;
  }

  async function bringUp(): Promise<WorkerSession | undefined> {
    for (;;) {
      const check = await inspectModelFile(modelPath);
      if (disposing !== undefined) return undefined;
      if (!check.ok) return failForGood(`model file ${check.name} ${check.problem}`);
      const started = await startOnce();
      if (started.kind === 'up') return started.session;
      if (started.kind === 'unusable') return failForGood(started.why);
      if (!(await mayStartAgain(started.why))) return undefined;
    }
  }

  type Started =
    | { readonly kind: 'up'; readonly session: WorkerSession }
    | { readonly kind: 'unusable' | 'crashed'; readonly why: string };

  async function startOnce(): Promise<Started> {
    let worker: WorkerLike;
    try {
      worker = spawnWorker();
    } catch (error) {
      logger.error('the worker process could not be started', error);
      return { kind: 'crashed', why: 'the process could not be started' };
    }
    const session = openWorkerSession(worker, { modelPath, contextSize, threads, use }, (why) =>
      logger.warn(`ignored from the worker: ${why}`),
    );
    current = session;
    const result = await loadWithin(session, loadDeadlineMs);
    if (result.kind === 'loaded') {
      const { hash, build, runtime } = result;
      status = { kind: 'ready', name, hash: hash as Hash, build, ...(runtime === undefined ? {} : { runtime }) };
      logger.info('the model is ready', { name, pid: worker.pid });
      void session.exited.then(comeBack);
      return { kind: 'up', session };
    }
    if (result.kind === 'load_failed') {
      await session.stop(graceMs);
      return { kind: 'unusable', why: result.why };
    }
    return { kind: 'crashed', why: result.why };
  }

  /** After the process of a ready model ended by itself or was killed for hanging. */
  function comeBack(why: string): void {
    if (disposing !== undefined) return;
    current = undefined;
    status = { kind: 'loading', name };
    live = mayStartAgain(why).then((again) => (again && disposing === undefined ? bringUp() : undefined));
  }

  const up = (): Promise<WorkerSession | undefined> => {
    live ??= bringUp();
    return live;
  };

  const unavailable = (): NoAnswer => ({
    kind: 'failed',
    why: status.kind === 'failed' ? status.why : SHUT_DOWN,
  });

  function run<Result extends { readonly kind: string }>(
    begin: (session: WorkerSession) => Work<Result | NoResult>,
    deadlineMs: number,
    cancel?: CancelToken,
  ): Promise<Exclude<Result, NoResult> | NoAnswer> {
    if (disposing !== undefined) return Promise.resolve(unavailable());
    const reply = createDeferred<Exclude<Result, NoResult> | NoAnswer>();
    let over = false;
    let withdraw = (): void => {};
    const giveUp = (answer: NoAnswer): void => {
      if (over) return;
      over = true;
      reply.resolve(answer);
      withdraw();
    };
    const timer = setTimeout(
      () => giveUp({ kind: 'late', why: `no answer within ${deadlineMs} ms` }),
      Math.min(Math.max(deadlineMs, 0), LONGEST_TIMER_MS),
    );
    const onCancel = (): void => giveUp({ kind: 'failed', why: WITHDRAWN });
    cancel?.addEventListener('abort', onCancel);
    if (cancel?.aborted === true) onCancel();

    async function takeTurn(): Promise<void> {
      if (over) return;
      const session = await up();
      if (over) return;
      if (session === undefined) return reply.resolve(unavailable());
      const question = begin(session);
      let patience: NodeJS.Timeout | undefined;
      withdraw = () => {
        question.abort();
        patience = setTimeout(() => session.kill(), graceMs);
      };
      reply.resolve(answerOrWhy(await question.result));
      clearTimeout(patience);
    }

    turn = turn
      .then(takeTurn)
      .catch((error: unknown) => {
        logger.error('asking the model failed', error);
        reply.resolve({ kind: 'failed', why: 'asking the model failed' });
      })
      .finally(() => {
        clearTimeout(timer);
        cancel?.removeEventListener('abort', onCancel);
      });
    return reply.promise;
  }

  async function shutDown(): Promise<void> {
    endPause();
    await current?.stop(graceMs);
    await live;
    await turn;
    if (status.kind !== 'failed') status = { kind: 'failed', name, why: SHUT_DOWN };
  }

  return {
    status: () => status,
    run,
    async ready() {
      if (disposing === undefined) await up();
      return status;
    },
    dispose() {
      disposing ??= Promise.resolve().then(shutDown);
      return disposing;
    },
  };
}

function answerOrWhy<Result extends { readonly kind: string }>(
  result: Result | NoResult,
): Exclude<Result, NoResult> | NoAnswer {
  if (!isNoResult(result)) return result as Exclude<Result, NoResult>;
  return { kind: 'failed', why: result.kind === 'aborted' ? WITHDRAWN : result.why };
}
