import { type AgentId, type ClientOrderId, type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import type { Stopwatch } from '#core/kernel/clock.ts';
import { createRng } from '#core/kernel/rng.ts';
import { createProtocol, type LiveVenue } from '#core/order-protocol/live-venue.ts';
import type { AnswerTo, AskVenue, QuestionName } from '#core/order-protocol/steps.ts';
import type { GatewayCapabilities, GatewayEvent } from '#core/ports/venue-gateway.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { approve } from '../trading-builders.ts';
import { createFakeExchange, lotsToQuantity } from './fake-exchange.ts';
import { createFaultyLine } from './faulty-line.ts';
import { LIVE, LIVE_INSTRUMENT } from './simulate.ts';
import { VirtualClock } from './virtual-clock.ts';

export const RIG_AGENT = 'A-00000001' as AgentId;
const START = 1_700_000_000_000;
const LATENCY_MS = 50;

/** What a test makes of a question: the exchange's answer, or its own. `undefined` lets the exchange answer. */
export type Interceptor = (
  name: QuestionName,
  args: readonly unknown[],
) => { readonly answer: unknown; readonly reaches?: boolean } | undefined;

/** The order that a request is about. */
export const idIn = (args: readonly unknown[]): string => (args[0] as { readonly clientOrderId: string }).clientOrderId;

export type RigOptions = {
  readonly capabilities?: Partial<GatewayCapabilities>;
  readonly lagMs?: number;
  readonly stopwatch?: Stopwatch;
};

/** Protocol and execution on a small exchange, in virtual time, with a journal that survives `crash`. */
export function protocolRig(options: RigOptions = {}) {
  const clock = new VirtualClock(START);
  const journal: ExecutionRecord[] = [];
  const asked: string[] = [];
  const lag = options.lagMs ?? 0;
  let streamOn = true;
  let hear: ((event: GatewayEvent) => void) | undefined;
  let life = 0;
  let ids = 0;
  let journalBroken = false;
  let intercept: Interceptor = () => undefined;
  let live: { readonly venue: LiveVenue; readonly execution: Execution } | undefined;
  const errors: unknown[] = [];

  const exchange = createFakeExchange({
    now: () => clock.now(),
    lag: () => lag,
    pieces: () => 1,
    publish: (event) => {
      if (streamOn) clock.after(20, () => hear?.(event));
    },
  });
  const line = createFaultyLine({
    clock,
    exchange,
    rng: createRng(1),
    faultShare: () => 0,
    allowed: new Set(),
    onFault: () => {},
    latency: () => LATENCY_MS / 2,
  });
  const nextId = (): ClientOrderId => {
    ids += 1;
    return `mt${ids.toString(16).padStart(16, '0')}` as ClientOrderId;
  };

  const boot = (): void => {
    const mine = life;
    const ask: AskVenue = (name, args, answer) => {
      if (mine !== life) return;
      asked.push(name);
      const taken = intercept(name, args);
      const reply = (value: unknown): void => {
        if (mine === life) answer(value as AnswerTo<typeof name>);
      };
      if (taken === undefined) return line(name, args, reply);
      if (taken.reaches === true) line(name, args, () => {});
      clock.after(LATENCY_MS, () => reply(taken.answer));
    };
    const venue = createProtocol({
      gateway: {
        name: 'FAKE',
        capabilities: {
          requestExpiry: true,
          lookupByClientId: true,
          clientIdUnique: 'open_only',
          deadMan: false,
          indexLagMs: 500,
          ...options.capabilities,
        },
        subscribe: (listener) => {
          hear = listener;
          return () => {};
        },
      },
      ask,
      clock,
      ...(options.stopwatch === undefined ? {} : { stopwatch: options.stopwatch }),
      instruments: [LIVE_INSTRUMENT],
      onBroken: (error) => errors.push(error),
    });
    const execution = createExecution({
      venue,
      approvals,
      instruments: [LIVE_INSTRUMENT],
      ids: { clientOrderId: nextId },
      restore: [...journal],
      record: (record) => {
        if (journalBroken) throw new Error('disk full');
        if (mine === life) journal.push(record);
      },
    });
    live = { venue, execution };
    venue.start(execution);
  };
  boot();
  const now = () => {
    if (live === undefined) throw new Error('the engine is down');
    return live;
  };

  return {
    clock,
    exchange,
    journal,
    asked,
    errors,
    execution: () => now().execution,
    venue: () => now().venue,
    /** Lets so much time pass. */
    pass: (ms: number) => {
      const until = clock.now() + ms;
      while (clock.step(until));
    },
    /** Changes answers from now on; without an argument the exchange answers everything again. */
    intercept: (by: Interceptor = () => undefined) => {
      intercept = by;
    },
    stream: (on: boolean) => {
      streamOn = on;
    },
    say: (event: GatewayEvent) => hear?.(event),
    /** The process dies; what is on its way still arrives at the exchange. */
    crash: () => {
      life += 1;
      live?.venue.close();
      live = undefined;
      hear = undefined;
    },
    boot,
    /** From now on nothing can be written. */
    breakJournal: () => {
      journalBroken = true;
    },
    nextId,
    order: (kind: 'market' | 'limit', lots: number, more: Partial<ProposedOrder> = {}): ProposedOrder => ({
      clientOrderId: nextId(),
      side: 'buy',
      type: kind,
      purpose: 'entry',
      quantity: lotsToQuantity(lots),
      reduceOnly: false,
      ...(kind === 'limit' ? { price: price('99') } : {}),
      ...more,
    }),
    submit(order: ProposedOrder, instrumentId: InstrumentId = LIVE): ClientOrderId {
      now().execution.submit(RIG_AGENT, instrumentId, approve(order), unixMs(clock.now()));
      return order.clientOrderId;
    },
    status: (id: ClientOrderId) => now().execution.order(id)?.status,
    there: (id: string) => exchange.orders().filter(({ clientOrderId }) => clientOrderId === id),
  };
}
