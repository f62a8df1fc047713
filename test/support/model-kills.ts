import { performance } from 'node:perf_hooks';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { createLlamaInference } from '#host/inference-process.ts';
import type { WorkerLike } from '#host/worker-like.ts';
import { orderRequest } from '#shared/contract/orders.ts';
import { startTestEngine, type TestEngine } from './engine.ts';
import { LLAMA_WORKER, QUIET, smallQuestion } from './llama.ts';

/** How a model's process can end or stop: a bad pointer, what the system or an allocator does without memory, and hanging. */
const DEATHS = ['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGSTOP'] as const;
/** Longest that a question may take here; a hanging model is noticed by it. */
const DEADLINE_MS = 3_000;
const GRACE_MS = 500;
/** The question after it includes the new start, which on a busy machine takes its time. */
const NEXT_DEADLINE_MS = 60_000;

export type Disturbed = {
  /** What the journal says of orders and books, without the moments of the wall clock. */
  readonly story: readonly string[];
  /** From the order to its answer, in each round. */
  readonly orderMs: readonly number[];
  /** From the kill to the next answer of the model, in each round. */
  readonly backMs: readonly number[];
  readonly deaths: number;
};

/** One round of orders by hand: bought with a stop, and closed. `lots` is thousandths of a bitcoin. */
async function tradeOnce(engine: TestEngine, lots: number): Promise<void> {
  const { handlers } = engine.engine;
  const quantity = (lots / 1000).toFixed(3);
  await handlers['orders.place'](orderRequest.parse({ instrument: 'BTC/USDT', side: 'buy', quantity, stop: '30000' }));
  await handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
}

const storyOf = async (engine: TestEngine): Promise<readonly string[]> =>
  (await engine.records())
    .filter(({ type }) => /^(order|ledger|risk)\./.test(type))
    .map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`);

/** The orders of so many rounds with nothing beside them. `spoiltAt` plants a bug: one order of another size. */
export async function tradeQuietly(rounds: number, spoiltAt?: number): Promise<readonly string[]> {
  const engine = await startTestEngine();
  try {
    for (let round = 0; round < rounds; round += 1) await tradeOnce(engine, round === spoiltAt ? 2 : 1);
    return await storyOf(engine);
  } finally {
    await engine.close();
  }
}

/** The same orders while the model's process is killed in the middle of an answer, once in each round. */
export async function tradeWhileKilled(
  rounds: number,
  modelPath: string,
  say: (line: string) => void,
): Promise<Disturbed> {
  const engine = await startTestEngine();
  let worker: WorkerLike | undefined;
  const inference = createLlamaInference({
    modelPath,
    logger: QUIET,
    graceMs: GRACE_MS,
    // Each death here counts as the first one: how often is enough is another question.
    restarts: { firstPauseMs: 200, longestPauseMs: 5_000, maxCrashes: 5, windowMs: 1 },
    spawnWorker: () => {
      worker = forkNodeWorker(LLAMA_WORKER, QUIET);
      return worker;
    },
  });
  const orderMs: number[] = [];
  const backMs: number[] = [];
  let deaths = 0;
  try {
    await inference.ready();
    for (let round = 0; round < rounds; round += 1) {
      const death = DEATHS[round % DEATHS.length] ?? 'SIGKILL';
      const answering = inference.ask(LONG_QUESTION, DEADLINE_MS);
      // The process is in the middle of its answer, or of reading the question; each place has its turn.
      await new Promise((later) => setTimeout(later, (round * 7) % 60));
      const victim = worker;
      const killedAt = performance.now();
      if (victim?.pid !== undefined) process.kill(victim.pid, death);
      const startedAt = performance.now();
      await tradeOnce(engine, 1);
      orderMs.push(performance.now() - startedAt);
      const reply = await answering;
      if (reply.kind !== 'answer') deaths += 1;
      const next = await inference.ask(smallQuestion(), NEXT_DEADLINE_MS);
      if (next.kind !== 'answer') throw new Error(`the model did not come back after ${death}: ${next.why}`);
      backMs.push(performance.now() - killedAt);
      if (round % 20 === 19) say(`${round + 1} of ${rounds} processes ended`);
    }
    return { story: await storyOf(engine), orderMs, backMs, deaths };
  } finally {
    await inference.dispose();
    await engine.close();
  }
}

const LONG_QUESTION = smallQuestion({
  schema: { type: 'array', items: { enum: ['wet', 'dry', 'windy'] }, minItems: 900, maxItems: 1000 },
  maxTokens: 1800,
});
