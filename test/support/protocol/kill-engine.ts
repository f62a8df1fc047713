import { writeSync } from 'node:fs';
import { createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import { draft } from '#core/cycle/records.ts';
import { isPositive } from '#core/domain/decimal.ts';
import { type AgentId, type RunId, unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { askGateway } from '#core/order-protocol/ask-gateway.ts';
import { createProtocol } from '#core/order-protocol/live-venue.ts';
import type { AskVenue } from '#core/order-protocol/steps.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { openTestStorage } from '../storage.ts';
import { approve } from '../trading-builders.ts';
import { lotsToQuantity } from './fake-exchange.ts';
import { KILL_CAPABILITIES, KILL_SETTINGS } from './kill-settings.ts';
import { orderRecords } from './order-records.ts';
import { LIVE, LIVE_INSTRUMENT, type Mutant, mutated, mutatedSettings } from './simulate.ts';
import { createThinGateway } from './thin-gateway.ts';

/**
 * One life of an engine that trades on the small exchange until it kills itself with SIGKILL at a chosen place. With `drain` it takes no new risk and
 * ends by itself when nothing is unclear any more.
 */
export type EngineTask = {
  readonly folder: string;
  readonly port: number;
  readonly account: string;
  readonly life: number;
  readonly seed: number;
  readonly mutant: Mutant;
  readonly failpoint: string;
  /** How often that place is passed before the kill. */
  readonly passes: number;
  /** A life in which that place does not come up in time ends at whatever place it passes as the so-manieth. */
  readonly atMost: number;
  readonly drain: boolean;
};

const task = JSON.parse(process.argv[2] ?? '{}') as EngineTask;
const AGENT = 'A-00000001' as AgentId;
const RUN = 'R-kill-loop' as RunId;
const DRAIN_MS = 8_000;
const LIFE_MS = 2_500;
const STEP_MS = 12;

let left = task.passes;
let passed = 0;
/** The places at which it can die, after it has said where. SIGKILL to oneself takes effect before the next line. */
const at = (place: string): void => {
  if (task.drain) return;
  passed += 1;
  if (place === task.failpoint) left -= 1;
  if (left > 0 && passed < task.atMost) return;
  writeSync(1, place);
  process.kill(process.pid, 'SIGKILL');
};

const clock = createSystemClock({ keepsProcessAlive: true });
const storage = openTestStorage(task.folder);
const journal: JournalStore = storage.journal;
at('journal open');
const cycle = journal.beginCycle();

const gateway = createThinGateway({
  port: task.port,
  account: task.account,
  capabilities: KILL_CAPABILITIES,
  timeoutMs: 120,
  onWritten: (what) => at(what === 'place' ? 'order bytes written' : 'question written'),
});
const asking = askGateway(gateway);
const ask: AskVenue = (name, args, answer) => {
  const kind = name === 'place' ? 'order' : name === 'cancel' ? 'cancel' : 'question';
  at(`${kind} about to be sent`);
  asking(name, args, (value) => {
    at(`${kind} answered`);
    answer(value);
    at(`${kind} answer handled`);
  });
  at(`${kind} handed over`);
};

const venue = createProtocol({
  gateway: {
    ...gateway,
    subscribe: (listener) =>
      gateway.subscribe((event) => {
        at('news arrived');
        listener(event);
        at('news handled');
      }),
  },
  ask: mutated(task.mutant, ask, KILL_SETTINGS.expiryMs),
  clock,
  instruments: [LIVE_INSTRUMENT],
  settings: mutatedSettings(task.mutant, KILL_SETTINGS),
  onBroken: (error) => {
    writeSync(2, `broken: ${String(error)}\n`);
    process.exit(3);
  },
});
const ids = createIdFactory(sha256, { account: task.account, life: task.life, seed: task.seed });
const execution: Execution = createExecution({
  venue,
  approvals,
  ids,
  instruments: [LIVE_INSTRUMENT],
  restore: orderRecords(journal),
  record: (record: ExecutionRecord) => {
    at(`${record.type} about to be journalled`);
    journal.append(cycle, [draft(RUN, record.ts, record.type, record.payload)]);
    at(`${record.type} journalled`);
  },
});
venue.start(execution);
at('started');

const rng = createRng(task.seed).fork(`life ${task.life}`);
const began = performance.now();

function trade(): void {
  const choice = rng.integer(8);
  const now = clock.now();
  const order: ProposedOrder = {
    clientOrderId: ids.clientOrderId(),
    side: 'buy',
    type: choice < 3 ? 'market' : 'limit',
    purpose: 'entry',
    quantity: lotsToQuantity(1 + rng.integer(5)),
    reduceOnly: false,
    stop: price('90'),
    ...(choice < 3 ? {} : { price: price('99') }),
  };
  if (choice === 6) {
    const entry = execution.openOrders().find(({ purpose }) => purpose === 'entry');
    if (entry !== undefined) execution.cancel(entry.clientOrderId, 'changed its mind', now);
  } else if (choice === 7) {
    const held = execution.sellableQuantity(AGENT, LIVE);
    if (!isPositive(held)) return;
    const { stop: _, price: __, ...rest } = order;
    const exit = { ...rest, side: 'sell', type: 'market', purpose: 'exit', quantity: held, reduceOnly: true } as const;
    execution.submit(AGENT, LIVE, approve(exit), now);
  } else execution.submit(AGENT, LIVE, approve(order), now);
}

function finish(code: number): void {
  const status = venue.status();
  writeSync(1, `${JSON.stringify({ status: { ...status, foreign: status.foreign.length } })}\n`);
  storage.close();
  process.exit(code);
}

const quiet = (): boolean =>
  venue.status().state === 'ready' &&
  execution.openOrders().every(({ status }) => status === 'accepted' || status === 'partially_filled');

let calmLooks = 0;
setInterval(() => {
  const lived = performance.now() - began;
  try {
    if (task.drain) {
      execution.guard(unixMs(clock.now()));
      // Quiet for longer than the venue's index lags and its stream is slow, so that nothing is still on its way.
      calmLooks = quiet() ? calmLooks + 1 : 0;
      if (calmLooks * STEP_MS > KILL_CAPABILITIES.indexLagMs * 2 + KILL_SETTINGS.auditMs) finish(0);
      else if (lived > DRAIN_MS) finish(4);
    } else if (lived > LIFE_MS) finish(0);
    else trade();
  } catch (error) {
    // Refused because something is unclear, which is the rule at work.
    if (!(error instanceof Fault && error.code === 'refused')) throw error;
  }
}, STEP_MS);
