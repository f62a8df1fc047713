import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { createExecution } from '#core/execution/execution.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { LiveVenueStatus } from '#core/order-protocol/live-venue.ts';
import { approvals } from '#core/risk/seal.ts';
import { NODE } from '../child.ts';
import { openTestStorage } from '../storage.ts';
import type { BookedOrder } from './fake-exchange.ts';
import type { EngineTask } from './kill-engine.ts';
import { orderRecords } from './order-records.ts';
import { compareBooks, LIVE_INSTRUMENT, type Mutant } from './simulate.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Places at which the engine kills itself, and how often each may be passed before. */
const FAILPOINTS: readonly (readonly [string, number])[] = [
  ['journal open', 1],
  ['started', 1],
  ['order.submitted about to be journalled', 3],
  ['order.submitted journalled', 3],
  ['order about to be sent', 3],
  ['order handed over', 3],
  ['order bytes written', 3],
  ['order answered', 3],
  ['order answer handled', 3],
  ['order.accepted about to be journalled', 4],
  ['order.accepted journalled', 4],
  ['order.filled about to be journalled', 4],
  ['order.filled journalled', 4],
  ['order.unresolved about to be journalled', 1],
  ['order.unresolved journalled', 1],
  ['order.rejected journalled', 1],
  ['order.cancel_requested journalled', 2],
  ['order.canceled about to be journalled', 2],
  ['order.canceled journalled', 2],
  ['cancel about to be sent', 2],
  ['cancel handed over', 2],
  ['cancel answered', 2],
  ['cancel answer handled', 2],
  ['question about to be sent', 20],
  ['question written', 20],
  ['question answered', 20],
  ['question answer handled', 20],
  ['news arrived', 8],
  ['news handled', 8],
];
export const FAILPOINT_COUNT = FAILPOINTS.length;

/** Of the orders and cancels; a real venue is far better. */
const FAULT_SHARE = '0.4';

/** Places that a life may pass before it dies wherever it is. */
const MOST_PLACES = 400;

export type KillLoopOptions = {
  readonly kills: number;
  /** Of one account, before its books are compared and the next begins. */
  readonly killsEach: number;
  readonly workers: number;
  readonly seed: number;
  readonly scratch: string;
  readonly mutant: Mutant;
  readonly say?: (line: string) => void;
  /** Ends early once so many accounts were found wrong; for controls. */
  readonly enough?: number;
};

export type KillLoopResult = {
  readonly kills: number;
  readonly lives: number;
  readonly accounts: number;
  readonly orders: number;
  readonly records: number;
  readonly brokenChains: number;
  readonly places: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  /** Of each account that does not end as it should: what is wrong. */
  readonly wrong: readonly string[];
  readonly seconds: number;
};

type Ended = {
  readonly signal: string | null;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

const runNode = (script: string, args: readonly string[]): Promise<Ended> =>
  new Promise((done, fail) => {
    const child = spawn(NODE, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });

/** One file instead of hundred, because a thousand processes are going to load it. */
export async function bundle(entry: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, entry),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false } },
    },
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, entry.replace(/\.ts$/, '.mjs'));
}

export type ExchangeProcess = {
  readonly port: number;
  control(what: string, account: string): Promise<unknown>;
  stop(): Promise<void>;
};

export async function startExchange(args: readonly string[]): Promise<ExchangeProcess> {
  const child = spawn(NODE, [resolve(import.meta.dirname, 'exchange-process.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const port = await new Promise<number>((done, fail) => {
    child.stdout.once('data', (part: Buffer) => done(Number(part.toString())));
    child.once('error', fail);
    child.once('close', () => fail(new Error('the exchange ended')));
  });
  return {
    port,
    async control(what, account) {
      const response = await fetch(`http://127.0.0.1:${port}/control/${what}?account=${account}`);
      return response.json();
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

type Books = {
  readonly orders: readonly BookedOrder[];
  readonly lots: number;
  readonly refusedForFunds: number;
  readonly faults: readonly (readonly [string, number])[];
};

/** What the journal of an account says after its last life, against the exchange's own books. */
function judge(folder: string, books: Books, status: LiveVenueStatus) {
  const storage = openTestStorage(folder);
  const verdict = storage.journal.verify();
  const records = orderRecords(storage.journal);
  storage.close();
  const nowhere = { name: 'FAKE', submit: () => {}, cancel: () => {}, subscribe: () => () => {} };
  const execution = createExecution({
    venue: nowhere,
    record: () => {},
    ids: { clientOrderId: () => 'mt0000000000000000' as never },
    approvals,
    instruments: [LIVE_INSTRUMENT],
    restore: records,
  });
  const exchange = { orders: () => books.orders, lots: () => books.lots, refusedForFunds: () => books.refusedForFunds };
  return { verdict, wrong: compareBooks(exchange, execution, { status: () => status }, records) };
}

const nextPlace = (rng: ReturnType<typeof createRng>) => FAILPOINTS[rng.integer(FAILPOINTS.length)] ?? ['started', 1];

/** Kills engines at chosen places until there were enough, restarts each in its folder, and compares with the exchange at the end of each account. */
export async function killLoop(options: KillLoopOptions): Promise<KillLoopResult> {
  const { seed, scratch, mutant } = options;
  const began = performance.now();
  const engine = await bundle('kill-engine.ts', join(scratch, `engine-${mutant.replaceAll(' ', '-')}`));
  const exchange = await startExchange([String(seed), FAULT_SHARE, '100']);
  const places = new Map<string, number>();
  const faults = new Map<string, number>();
  const wrong: string[] = [];
  const total = { kills: 0, lives: 0, accounts: 0, orders: 0, records: 0, brokenChains: 0 };
  const count = (map: Map<string, number>, key: string, by = 1): void => {
    map.set(key, (map.get(key) ?? 0) + by);
  };

  const live = (task: Partial<EngineTask>): Promise<Ended> => {
    total.lives += 1;
    return runNode(engine, [
      JSON.stringify({ port: exchange.port, seed, mutant, failpoint: '', passes: 0, atMost: 0, drain: false, ...task }),
    ]);
  };

  const playAccount = async (number: number): Promise<void> => {
    const account = `a${number}`;
    const folder = join(scratch, `${mutant.replaceAll(' ', '-')}-${account}`);
    mkdirSync(folder);
    const rng = createRng(seed).fork(`${mutant} ${account}`);
    let life = 0;
    for (let kills = 0; kills < options.killsEach; life++) {
      const [failpoint, most] = nextPlace(rng);
      const ended = await live({
        folder,
        account,
        life,
        failpoint,
        passes: 1 + rng.integer(most),
        atMost: MOST_PLACES,
      });
      if (ended.signal === 'SIGKILL') {
        kills += 1;
        total.kills += 1;
        count(places, ended.stdout);
      } else if (ended.code !== 0) {
        wrong.push(`${account} life ${life} ended with ${ended.code}: ${ended.stderr.slice(0, 600)}`);
        return;
      }
    }
    await exchange.control('calm', account);
    const drained = await live({ folder, account, life, drain: true });
    const books = (await exchange.control('books', account)) as Books;
    const { status } = JSON.parse(drained.stdout || '{"status":{"state":"broken","foreign":0}}') as {
      status: LiveVenueStatus;
    };
    const { verdict, wrong: found } = judge(folder, books, status);
    total.accounts += 1;
    total.orders += books.orders.length;
    total.records += verdict.records;
    if (!verdict.ok) total.brokenChains += 1;
    for (const [fault, times] of books.faults) count(faults, fault, times);
    if (found.length > 0) wrong.push(`${account}: ${found.join('; ')} ${drained.stderr.slice(0, 300)}`);
    options.say?.(`${total.kills} kills, ${total.accounts} accounts compared, ${wrong.length} wrong`);
  };

  try {
    let next = 0;
    const wanted = Math.ceil(options.kills / options.killsEach);
    const worker = async (): Promise<void> => {
      while (next < wanted && wrong.length < (options.enough ?? Number.POSITIVE_INFINITY)) await playAccount(next++);
    };
    await Promise.all(Array.from({ length: options.workers }, worker));
  } finally {
    await exchange.stop();
  }
  return { ...total, places, faults, wrong, seconds: (performance.now() - began) / 1000 };
}
