import { sha256 } from '#adapters/digest/sha256.ts';
import { formatDecimal, isPositive, subtract } from '#core/domain/decimal.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import type { ExchangeProcess } from '#test/exchange/client.ts';
import { approve } from '../trading-builders.ts';
import { type Cell, latestMs, rulesOf } from './cells.ts';
import { compareWithTruth, totalOf } from './compare-truth.ts';
import { LIVE_AGENT, type LiveEngine, type LiveLine, type PlantedBug, startEngine } from './engine.ts';
import { LIVE_VENUES } from './venues.ts';

export type Played = {
  /** How often the fault of the cell took place. */
  readonly fired: number;
  readonly wrong: readonly string[];
};

const STEP_MS = 15;
/** A candle, after which execution looks at what is bare. */
const CANDLE_MS = 500;
/** The exchange's own word is asked for so often while it is waited for. */
const LOOK_MS = 75;
/** A step that is refused because something is unclear is tried again for so long. */
const PATIENCE_MS = 15_000;
/** After the last fault everything must be known within this, however loaded the machine is. */
const CALM_MS = 30_000;
/** A planted bug has been seen long before. */
const PLANTED_CALM_MS = 5_000;

/** The newest order that an account had before a life began. */
const newest = new Map<string, number>();

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const bookText = (execution: Pick<Execution, 'orders' | 'fills'>): string =>
  JSON.stringify([
    execution
      .orders()
      .map(({ clientOrderId, status, filledQuantity }) => [clientOrderId, status, formatDecimal(filledQuantity)]),
    execution.fills().map(({ tradeId }) => tradeId),
  ]);

/**
 * One engine's short life at an exchange where one thing goes wrong: an order that rests, one that fills and is protected, a cancel, in half
 * of the seeds an exit. Afterwards nothing goes wrong any more, and engine and exchange must come to say the same.
 */
export async function playCell(
  line: LiveLine,
  exchange: ExchangeProcess,
  account: string,
  { cell, seed, bug }: { readonly cell: Cell; readonly seed: number; readonly bug?: PlantedBug },
): Promise<Played> {
  const { venue: venueId, instrument } = line;
  const { base } = LIVE_VENUES[venueId];
  const rng = createRng(seed).fork(`${venueId} ${cell.on} ${cell.fault}`);
  const ids = createIdFactory(sha256, { ...cell, seed, account, at: Date.now() });
  const before = await exchange.truth(account, newest.get(account));
  const lastId = Math.max(newest.get(account) ?? 0, ...before.orders.map(({ id }) => id));
  newest.set(account, lastId);
  const baseBefore = totalOf(before, account, base);
  const firedBefore = before.faults[`${cell.fault} on ${cell.on}`] ?? 0;
  const journal: ExecutionRecord[] = [];
  const broken: string[] = [];
  const engine: LiveEngine = startEngine(line, {
    clientOrderId: () => ids.clientOrderId(),
    record: (record) => void journal.push(record),
    onBroken: (error) => broken.push(`broken: ${error instanceof Error ? error.message : String(error)}`),
    ...(bug === undefined ? {} : { bug }),
  });
  const { execution, venue } = engine;
  const fired = async (): Promise<number> =>
    ((await exchange.truth(account, lastId)).faults[`${cell.fault} on ${cell.on}`] ?? 0) - firedBefore;

  let candle = performance.now() + CANDLE_MS;
  /** Waits for it while time goes on for the engine, once for each step as for each candle. */
  const until = async (
    holds: () => boolean | Promise<boolean>,
    patienceMs: number,
    everyMs = STEP_MS,
  ): Promise<boolean> => {
    const end = performance.now() + patienceMs;
    for (;;) {
      if (performance.now() >= candle) {
        candle = performance.now() + CANDLE_MS;
        execution.guard(engine.now());
      }
      if (await holds()) return true;
      if (performance.now() > end || broken.length > 0) return false;
      await wait(everyMs);
    }
  };
  const act = (step: () => void): Promise<boolean> =>
    until(() => {
      try {
        step();
        return true;
      } catch (error) {
        if (error instanceof Fault && error.code === 'refused') return false;
        throw error;
      }
    }, PATIENCE_MS);

  const entry = (type: 'market' | 'limit'): ProposedOrder => ({
    clientOrderId: ids.clientOrderId(),
    side: 'buy',
    type,
    purpose: 'entry',
    quantity: quantity(`0.00${1 + rng.integer(9)}`),
    reduceOnly: false,
    stop: price('54000'),
    ...(type === 'limit' ? { price: price('58000') } : {}),
  });
  const submit = (order: ProposedOrder): Promise<boolean> =>
    act(() => execution.submit(LIVE_AGENT, instrument.id, approve(order), engine.now()));
  const over = (id: ProposedOrder['clientOrderId']): boolean => {
    const order = execution.order(id);
    return order !== undefined && !isOpenStatus(order.status);
  };

  await until(() => venue.status().state === 'ready', PATIENCE_MS);
  const rules = rulesOf(cell, rng);
  if (cell.on !== 'cancel') await exchange.setFaults(rules, account);
  const resting = entry('limit');
  const filling = entry('market');
  for (const order of rng.next() < 0.5 ? [resting, filling] : [filling, resting]) await submit(order);
  await until(() => over(filling.clientOrderId), 500);
  if (cell.on === 'cancel') {
    await until(() => execution.order(resting.clientOrderId)?.venueOrderId !== undefined, 500);
    await exchange.setFaults(rules, account);
  }
  execution.cancel(resting.clientOrderId, 'changed its mind', engine.now());
  if (rng.next() < 0.5) {
    await until(() => over(resting.clientOrderId), 500);
    const held = execution.sellableQuantity(LIVE_AGENT, instrument.id);
    const { stop: _, ...exit } = {
      ...entry('market'),
      side: 'sell',
      purpose: 'exit',
      quantity: held,
      reduceOnly: true,
    } as const;
    if (isPositive(held)) await submit(exit);
  }
  await until(async () => (await fired()) > 0, 2_000, LOOK_MS);
  if (cell.fault === 'late') await wait(latestMs(venueId));
  const count = await fired();
  await exchange.setFaults([], account);

  let wrong: readonly string[] = ['not compared'];
  const compareNow = async (): Promise<boolean> => {
    const { state, unresolved } = venue.status();
    const isClear = execution
      .openOrders()
      .every(({ status }) => status === 'accepted' || status === 'partially_filled');
    if (state !== 'ready' || unresolved > 0 || !isClear) {
      wrong = [
        `${state}, ${unresolved} unresolved, ${execution
          .openOrders()
          .map(({ status }) => status)
          .join(' ')}`,
      ];
      return false;
    }
    const truth = await exchange.truth(account, lastId);
    wrong = compareWithTruth({
      execution,
      status: venue.status(),
      instrumentId: instrument.id,
      orders: truth.orders,
      gained: subtract(totalOf(truth, account, base), baseBefore),
    });
    return wrong.length === 0;
  };
  await until(compareNow, bug === undefined || bug === 'none' ? CALM_MS : PLANTED_CALM_MS, LOOK_MS);
  const replayed = bookText(
    createExecution({
      venue: { name: '', submit: () => {}, cancel: () => {}, subscribe: () => () => {} },
      record: () => {},
      ids,
      approvals,
      instruments: [instrument],
      restore: journal,
    }),
  );
  if (replayed !== bookText(execution)) wrong = [...wrong, 'the journal does not replay to the same books'];
  venue.close();
  execution.close();
  if (execution.openOrders().length > 0) await line.gateway.cancelAll(instrument.id);
  if (line.gateway.capabilities.deadMan) await line.gateway.deadMan(0);
  return { fired: count, wrong: [...wrong, ...broken] };
}
