import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { add, compare, equals, formatDecimal, parseDecimal, subtract, sum } from '#core/domain/decimal.ts';
import type { ClientOrderId } from '#core/domain/ids.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import { createRng } from '#core/kernel/rng.ts';
import { approvals } from '#core/risk/seal.ts';
import { type FaultInput, startExchange } from '#test/exchange/client.ts';
import type { Truth } from '#test/exchange/server/truth.ts';
import { NODE } from '../child.ts';
import { openTestStorage } from '../storage.ts';
import type { CcxtEngineTask } from './ccxt-engine.ts';
import { CCXT_AGENT, CCXT_INSTRUMENT } from './ccxt-settings.ts';
import { bundle } from './kill-loop.ts';
import { orderRecords } from './order-records.ts';

export type CcxtLoopOptions = {
  readonly kills: number;
  readonly killsEach: number;
  readonly workers: number;
  readonly seed: number;
  readonly scratch: string;
  readonly say?: (line: string) => void;
};

export type CcxtLoopResult = {
  readonly kills: number;
  readonly accounts: number;
  readonly orders: number;
  readonly records: number;
  readonly brokenChains: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
  readonly seconds: number;
};

/** What goes wrong between ccxt and the exchange while engines are killed. */
const FAULTS: readonly FaultInput[] = [
  ...(
    [
      'lost',
      'reset',
      'late',
      'accepted_dropped',
      'accepted_reset',
      'accepted_5xx',
      'accepted_unknown',
      'accepted_html',
      'hidden',
    ] as const
  ).map((fault) => ({ fault, on: 'create', chance: 0.04, delayMs: 250 }) as const),
  ...(['lost', 'accepted_dropped', 'accepted_5xx', 'fill_on_cancel'] as const).map(
    (fault) => ({ fault, on: 'cancel', chance: 0.05 }) as const,
  ),
  ...(['lost', 'unavailable', 'html'] as const).map((fault) => ({ fault, on: 'query', chance: 0.02 }) as const),
  ...(['duplicate', 'reorder', 'gap', 'delay'] as const).map(
    (fault) => ({ fault, on: 'stream', channel: 'private', chance: 0.03, delayMs: 200 }) as const,
  ),
];

/** How long a life may be, from the start of the process, so that starts are hit as well as trading. */
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 3_000;
const MARKET_MS = 100;

const ended = (child: ChildProcess): Promise<{ code: number | null; signal: string | null }> =>
  new Promise((done) => child.once('close', (code, signal) => done({ code, signal })));

/** The exchange's own books against what the journal makes of an execution. */
export function compareTruth(
  truth: Truth,
  execution: Pick<Execution, 'order' | 'orders' | 'openOrders' | 'holdings' | 'sellableQuantity'>,
): string[] {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const order of truth.orders.filter(({ account }) => account === 'master')) {
    const id = order.clientId ?? '';
    if (seen.has(id)) wrong.push(`duplicated: ${id} is at the exchange twice`);
    seen.add(id);
    const ours = execution.order(id as ClientOrderId);
    if (ours === undefined) {
      wrong.push(`ghost: ${id} is at the exchange and not in the journal`);
      continue;
    }
    const open = RESTING.includes(order.status);
    const same = open
      ? ours.status === 'accepted' || ours.status === 'partially_filled'
      : ours.status === closedAs(order.status);
    if (!same || !equals(ours.filledQuantity, parseDecimal(order.filled)))
      wrong.push(
        `lost: ${id} is ${order.status} ${order.filled} there, ${ours.status} ${formatDecimal(ours.filledQuantity)} here`,
      );
  }
  for (const order of execution.openOrders())
    if (!seen.has(order.clientOrderId))
      wrong.push(`unresolved: ${order.clientOrderId} is ${order.status} here and nowhere there`);
  const { free = '0', held = '0' } = truth.balances['master']?.['BTC'] ?? {};
  const there = add(parseDecimal(free), parseDecimal(held));
  const here = sum(execution.holdings().map(({ quantity }) => quantity));
  if (!equals(here, there)) wrong.push(`holds ${formatDecimal(here)} here, ${formatDecimal(there)} there`);
  const stops = sum(
    truth.orders
      .filter(({ account, side, status }) => account === 'master' && side === 'sell' && RESTING.includes(status))
      .map(({ quantity, filled }) => subtract(parseDecimal(quantity), parseDecimal(filled))),
  );
  const sellable = execution.sellableQuantity(CCXT_AGENT, CCXT_INSTRUMENT.id);
  // Too little to be sold by the venue's own rule is dust, and cannot be protected either.
  const isDust = compare(sellable, parseDecimal('0.0001')) < 0;
  if (!isDust && !equals(stops, sellable))
    wrong.push(`holds ${formatDecimal(sellable)} with ${formatDecimal(stops)} protected`);
  return wrong;
}

/** A stop waits untriggered. */
const RESTING: readonly string[] = ['open', 'untriggered'];

const closedAs = (status: string): string => (status === 'expired' ? 'canceled' : status);

/** Engines on unmodified ccxt, killed at arbitrary instants from outside. Each worker has an exchange of its own. */
export async function ccxtKillLoop(options: CcxtLoopOptions): Promise<CcxtLoopResult> {
  const began = performance.now();
  const engine = await bundle('ccxt-engine.ts', join(options.scratch, 'ccxt-engine'));
  const faults = new Map<string, number>();
  const wrong: string[] = [];
  const total = { kills: 0, accounts: 0, orders: 0, records: 0, brokenChains: 0 };

  const playAccount = async (number: number): Promise<void> => {
    const folder = join(options.scratch, `ccxt-${number}`);
    mkdirSync(folder);
    const rng = createRng(options.seed).fork(`ccxt ${number}`);
    const exchange = await startExchange({
      venue: 'binance',
      seed: options.seed + number,
      marketIntervalMs: MARKET_MS,
      balances: { master: { USDT: '1000000' } },
      faults: FAULTS,
    });
    try {
      const start = (life: number, drain: boolean): ChildProcess => {
        const task: CcxtEngineTask = {
          folder,
          port: exchange.port,
          apiKey: exchange.ccxt.apiKey,
          secret: exchange.ccxt.secret,
          life,
          seed: options.seed + number,
          around: 60_000,
          drain,
        };
        return spawn(NODE, [engine, JSON.stringify(task)], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, NODE_OPTIONS: '' },
        });
      };
      for (let kills = 0; kills < options.killsEach; kills++) {
        const child = start(kills, false);
        let said = '';
        child.stderr?.on('data', (part: Buffer) => {
          said += part.toString();
        });
        child.stdout?.resume();
        const lived = SHORTEST_LIFE_MS + rng.integer(LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
        const killer = setTimeout(() => child.kill('SIGKILL'), lived);
        const { code, signal } = await ended(child);
        clearTimeout(killer);
        if (signal !== 'SIGKILL') {
          wrong.push(`account ${number} life ${kills} ended with ${code}: ${said.slice(0, 600)}`);
          return;
        }
        total.kills += 1;
      }
      for (const [fault, count] of Object.entries((await exchange.truth()).faults))
        faults.set(fault, (faults.get(fault) ?? 0) + count);
      await exchange.setFaults([]);
      const last = start(options.killsEach, true);
      let said = '';
      for (const stream of [last.stdout, last.stderr])
        stream?.on('data', (part: Buffer) => {
          said += part.toString();
        });
      const { code } = await ended(last);
      const truth = await exchange.truth();
      const storage = openTestStorage(folder);
      const verdict = storage.journal.verify();
      const execution = createExecution({
        venue: { name: 'BINANCE', submit: () => {}, cancel: () => {}, subscribe: () => () => {} },
        record: () => {},
        ids: { clientOrderId: () => 'mt0000000000000000' as ClientOrderId },
        approvals,
        instruments: [CCXT_INSTRUMENT],
        restore: orderRecords(storage.journal),
      });
      storage.close();
      const found = compareTruth(truth, execution);
      if (code !== 0) found.push(`not quiet at the end: ${said.slice(-500)}`);
      total.accounts += 1;
      total.orders += truth.orders.filter(({ account }) => account === 'master').length;
      total.records += verdict.records;
      if (!verdict.ok) total.brokenChains += 1;
      if (found.length > 0) wrong.push(`account ${number}: ${found.join('; ')}`);
      options.say?.(`${total.kills} kills through ccxt, ${total.accounts} accounts compared, ${wrong.length} wrong`);
    } finally {
      await exchange.stop();
    }
  };

  let next = 0;
  const wanted = Math.ceil(options.kills / options.killsEach);
  const worker = async (): Promise<void> => {
    while (next < wanted) await playAccount(next++);
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  return { ...total, faults, wrong, seconds: (performance.now() - began) / 1000 };
}
