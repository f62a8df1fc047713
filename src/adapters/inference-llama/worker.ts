import { Fault } from '#core/kernel/fault.ts';
import { hashModelFile } from './check-model-file.ts';
import type { FileTask } from './file-task.ts';
import { type LlamaEmbedder, loadEmbedder } from './llama-embedder.ts';
import { type LlamaSession, loadLlama } from './llama-session.ts';
import { answerTrials } from './no-trial-process.ts';
import { type FromWorkerMessage, type ToWorkerMessage, toWorkerMessage } from './protocol.ts';
import { runFileTask } from './run-file-task.ts';
import { packVector } from './vector-bytes.ts';
import { openWorkerPort } from './worker-port.ts';

/**
 * The model's own process: a child of Node, or a utility process of Electron. It has no keys and no tools; it can only answer the
 * question it is given, or do one task on files: look through one, or bring one from the address that the master named.
 */
const port = openWorkerPort();
if (process.versions['electron'] !== undefined) answerTrials();
const running = new Map<number, AbortController>();
/** Ends a task on files that is under way. */
const ending = new AbortController();
let session: LlamaSession | undefined;
let embedder: LlamaEmbedder | undefined;

const say = (message: FromWorkerMessage): void => port.post(message);

async function load(message: Extract<ToWorkerMessage, { kind: 'load' }>): Promise<void> {
  try {
    const [hash, loaded] = await Promise.all([hashModelFile(message.modelPath), loadFor(message)]);
    say({ kind: 'loaded', hash, ...loaded });
  } catch (error) {
    say({ kind: 'load_failed', why: describeLoading(error, message.modelPath) });
  }
}

type Loaded = Pick<Extract<FromWorkerMessage, { kind: 'loaded' }>, 'build' | 'runtime'>;

/** Loads for the one use that was asked for and answers the build. */
async function loadFor(message: Extract<ToWorkerMessage, { kind: 'load' }>): Promise<Loaded> {
  if (message.use === 'embed') {
    embedder = await loadEmbedder(message);
    return { build: embedder.build };
  }
  session = await loadLlama(message);
  return { build: session.build, runtime: session.runtime };
}

type Job = (signal: AbortSignal) => Promise<FromWorkerMessage>;

const ask =
  ({ id, request, stream }: Extract<ToWorkerMessage, { kind: 'ask' }>): Job =>
  async (signal) => {
    if (session === undefined) return { kind: 'failed', id, why: 'no language model is loaded' };
    const onText = (text: string): void => {
      if (text !== '') say({ kind: 'text', id, text });
    };
    return { kind: 'answer', id, ...(await session.ask(request, signal, stream ? onText : undefined)) };
  };

const probe =
  ({ id, probe: asked }: Extract<ToWorkerMessage, { kind: 'probe' }>): Job =>
  async (signal) => {
    if (session === undefined) return { kind: 'failed', id, why: 'no language model is loaded' };
    return { kind: 'probed', id, ...(await session.probe(asked, signal)) };
  };

const embed =
  ({ id, texts }: Extract<ToWorkerMessage, { kind: 'embed' }>): Job =>
  async (signal) => {
    if (embedder === undefined) return { kind: 'failed', id, why: 'no embedding model is loaded' };
    const { vectors, elapsedMs } = await embedder.embed(texts, signal);
    return { kind: 'vectors', id, vectors: vectors.map(packVector), elapsedMs };
  };

/** Says what came of a piece of work that can be withdrawn. */
async function work(id: number, job: Job): Promise<void> {
  const control = new AbortController();
  running.set(id, control);
  try {
    say(await job(control.signal));
  } catch (error) {
    say(control.signal.aborted ? { kind: 'aborted', id } : { kind: 'failed', id, why: describe(error) });
  } finally {
    running.delete(id);
  }
}

let task: Promise<void> | undefined;

// A library that loses one of its own promises must not end the process without a word about the task.
process.on('unhandledRejection', (error) => {
  if (task === undefined) throw error;
  say({ kind: 'task_failed', why: describe(error) });
});

async function doTask(given: FileTask): Promise<void> {
  try {
    say({
      kind: 'task_done',
      result: await runFileTask(given, (done, total) => say({ kind: 'task_progress', done, total }), ending.signal),
    });
  } catch (error) {
    say({ kind: 'task_failed', why: describe(error) });
  }
}

async function stop(): Promise<void> {
  for (const control of running.values()) control.abort();
  ending.abort(new Error('stopped'));
  // What has arrived of a download is written down before the process ends.
  await task;
  await session?.dispose();
  await embedder?.dispose();
  process.exit(0);
}

/** One line for the master. */
function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300) || 'unknown error';
}

/** Names the file without its folder, because the text may reach a hashed record. The library itself says little about a broken file. */
function describeLoading(error: unknown, modelPath: string): string {
  const name = modelPath.replace(/^.*[\\/]/, '');
  const text = describe(error).replaceAll(modelPath, name);
  return error instanceof Fault
    ? text
    : `model file ${name} cannot be loaded (${text}): it may be incomplete or of an unknown kind`;
}

function handle(message: ToWorkerMessage): Promise<void> | void {
  switch (message.kind) {
    case 'load':
      return load(message);
    case 'ask':
      return work(message.id, ask(message));
    case 'probe':
      return work(message.id, probe(message));
    case 'embed':
      return work(message.id, embed(message));
    case 'abort':
      return running.get(message.id)?.abort(new Error('the question was withdrawn'));
    case 'task':
      task ??= doTask(message.task);
      return task;
    case 'stop':
      return stop();
  }
}

port.onMessage((raw) => {
  const parsed = toWorkerMessage.safeParse(raw);
  // A message that is none of ours is dropped: the supervisor's deadline covers a question that was never understood.
  if (parsed.success) void handle(parsed.data);
});
// Whoever asked is gone; a download still writes down what has arrived.
port.onGone(() => (task === undefined ? process.exit(0) : void stop()));
