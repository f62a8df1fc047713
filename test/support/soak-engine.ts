import { createRng } from '#core/kernel/rng.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { orderRequest } from '#shared/contract/orders.ts';
import { startTestEngine } from './engine.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';

/**
 * An engine on a market that runs, used all the time: a cycle whenever none runs, orders by hand, and everything that a window asks for. Each
 * second one line of JSON with what it takes of memory after a full collection. To be run with --expose-gc.
 */
export type SoakLine = {
  readonly seconds: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly records: number;
  readonly calls: number;
  readonly unhandled: number;
};

const [home = '', seed = '1', bug = 'none'] = process.argv.slice(2);
const MB = 1024 * 1024;
const STEP_MS = 50;
/** Numbers, of eight bytes each. */
const LEAK = 1_000;

let unhandled = 0;
process.on('unhandledRejection', () => {
  unhandled += 1;
});
const collect = (globalThis as { readonly gc?: () => void }).gc;
if (collect === undefined) throw new Error('run this with --expose-gc');

const { engine } = await startTestEngine({ home, secrets: createMemorySecretStore('missing'), pace: 'realtime' });
const rng = createRng(Number(seed));
const began = performance.now();
let calls = 0;
/** The planted bug: something of every call is kept for good. */
const kept: number[][] = [];
/** The gate may say no, which is an answer. */
const answered = (asked: unknown): Promise<unknown> => {
  calls += 1;
  if (bug === 'leak') kept.push(Array.from({ length: LEAK }, () => calls));
  return Promise.resolve(asked).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
  });
};

setInterval(() => {
  const { handlers } = engine;
  void answered(handlers['cycle.start'](cycleRequest.parse({ trigger: 'terminal' })));
  void answered(handlers['engine.status']({}));
  void answered(handlers['portfolio.get']({}));
  void answered(handlers['audit.list']({ limit: 50 }));
  if (rng.integer(5) > 0) return;
  const order = orderRequest.parse({ instrument: 'BTC/USDT', side: 'buy', quantity: '10', stop: '0.1' });
  void answered(Promise.resolve(handlers['orders.place'](order)));
  void answered(Promise.resolve(handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' })));
}, STEP_MS);

async function report(): Promise<void> {
  const status = await engine.handlers['engine.status']({});
  collect?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const line: SoakLine = {
    seconds: (performance.now() - began) / 1000,
    rssMb: rss / MB,
    heapMb: (heapUsed + external) / MB,
    records: 'journal' in status ? status.journal.records : 0,
    calls,
    unhandled,
  };
  console.log(JSON.stringify(line));
}
setInterval(() => void report(), 1_000);
