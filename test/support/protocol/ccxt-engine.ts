import { writeSync } from 'node:fs';
import { createSteadyClock, createStopwatch, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import { openCcxtGateway } from '#adapters/venue-ccxt/gateway.ts';
import { draft } from '#core/cycle/records.ts';
import { isPositive } from '#core/domain/decimal.ts';
import type { RunId } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { createLiveVenue } from '#core/order-protocol/live-venue.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { openTestStorage } from '../storage.ts';
import { approve } from '../trading-builders.ts';
import { CCXT_AGENT, CCXT_INSTRUMENT, CCXT_SETTINGS } from './ccxt-settings.ts';
import { orderRecords } from './order-records.ts';

/** One life of an engine that trades through unmodified ccxt on a local exchange until it is killed from outside, at any instant. */
export type CcxtEngineTask = {
  readonly folder: string;
  readonly port: number;
  readonly apiKey: string;
  readonly secret: string;
  readonly life: number;
  readonly seed: number;
  /** Price around which it trades, as the exchange's market stood when the life began. */
  readonly around: number;
  /** Takes no new risk, and ends by itself when nothing is unclear any more. */
  readonly drain: boolean;
};

const task = JSON.parse(process.argv[2] ?? '{}') as CcxtEngineTask;
const RUN = 'R-ccxt-loop' as RunId;
const STEP_MS = 25;
const DRAIN_MS = 60_000;
const QUIET_LOOKS = 40;

const storage = openTestStorage(task.folder);
const { journal } = storage;
const cycle = journal.beginCycle();
const wall = createSystemClock({ keepsProcessAlive: true });
const rng = createRng(task.seed).fork(`life ${task.life}`);
const gateway = await openCcxtGateway({
  id: 'binance',
  clocks: { wall, steady: createSteadyClock() },
  chance: () => rng.next(),
  keys: { apiKey: task.apiKey, secret: task.secret },
  url: `http://127.0.0.1:${task.port}`,
});
const venue = createLiveVenue({
  // The local exchange hides an order for less than the real one may.
  gateway: { ...gateway, capabilities: { ...gateway.capabilities, indexLagMs: 400 } },
  clock: wall,
  stopwatch: createStopwatch(),
  instruments: [CCXT_INSTRUMENT],
  settings: CCXT_SETTINGS,
  onBroken: (error) => {
    writeSync(2, `broken: ${String(error)}\n`);
    process.exit(3);
  },
});
const ids = createIdFactory(sha256, { life: task.life, seed: task.seed, folder: task.folder });
const execution = createExecution({
  venue,
  approvals,
  ids,
  instruments: [CCXT_INSTRUMENT],
  restore: orderRecords(journal),
  record: ({ type, ts, payload }) => journal.append(cycle, [draft(RUN, ts, type, payload)]),
});
venue.start(execution);
writeSync(1, 'started\n');

const at = (share: number) => price((task.around * share).toFixed(2));

function trade(): void {
  const choice = rng.integer(8);
  const order: ProposedOrder = {
    clientOrderId: ids.clientOrderId(),
    side: 'buy',
    type: choice < 3 ? 'market' : 'limit',
    purpose: 'entry',
    quantity: quantity(`0.00${1 + rng.integer(5)}`),
    reduceOnly: false,
    stop: at(0.8),
    ...(choice < 3 ? {} : { price: at(choice < 5 ? 1.01 : 0.99) }),
  };
  if (choice === 6) {
    const entry = execution.openOrders().find(({ purpose }) => purpose === 'entry');
    if (entry !== undefined) execution.cancel(entry.clientOrderId, 'changed its mind', wall.now());
  } else if (choice === 7) {
    const held = execution.sellableQuantity(CCXT_AGENT, CCXT_INSTRUMENT.id);
    if (!isPositive(held)) return;
    const { stop: _, price: __, ...rest } = order;
    const exit = { ...rest, side: 'sell', type: 'market', purpose: 'exit', quantity: held, reduceOnly: true } as const;
    execution.submit(CCXT_AGENT, CCXT_INSTRUMENT.id, approve(exit), wall.now());
  } else execution.submit(CCXT_AGENT, CCXT_INSTRUMENT.id, approve(order), wall.now());
}

const began = performance.now();
let quiet = 0;
setInterval(() => {
  try {
    if (!task.drain) return trade();
    execution.guard(wall.now());
    const rests = execution.openOrders().every(({ status }) => status === 'accepted' || status === 'partially_filled');
    quiet = venue.status().state === 'ready' && rests ? quiet + 1 : 0;
    const late = performance.now() - began > DRAIN_MS;
    if (quiet < QUIET_LOOKS && !late) return;
    const { foreign, ...status } = venue.status();
    writeSync(1, `${JSON.stringify({ ...status, foreign: foreign.length })}\n`);
    storage.close();
    process.exit(late ? 4 : 0);
  } catch (error) {
    // Refused because something is unclear, which is the rule at work.
    if (!(error instanceof Fault && error.code === 'refused')) throw error;
  }
}, STEP_MS);
