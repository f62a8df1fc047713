import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Fill } from '../domain/order.ts';
import { createEventQueue } from '../execution/event-queue.ts';
import type { Clock, Stopwatch } from '../kernel/clock.ts';
import type { VenueClient, VenueEvent } from '../ports/venue-client.ts';
import type { GatewayEvent, OrderReport, VenueGateway } from '../ports/venue-gateway.ts';
import { askGateway } from './ask-gateway.ts';
import { awaySince, type Books } from './books.ts';
import { DEAD_MAN, keepDeadMan } from './dead-man.ts';
import type { Differs, Shortfall } from './holdings.ts';
import { isOver, isSettled, type KnownOrder, newKnownOrder, restoredOrder } from './known-order.ts';
import { createKnownOrders } from './known-orders.ts';
import { WATCH } from './look-at-all.ts';
import { hasOwnShape } from './ownership.ts';
import { place, placeOrder } from './place.ts';
import { examineLostStop, type ReconcileParts, reconcile, SETTLED } from './reconcile.ts';
import { PROTOCOL_SETTINGS, type ProtocolSettings } from './settings.ts';
import { settle } from './settle.ts';
import { type AskVenue, createTasks, type Task } from './steps.ts';
import { createVenueClock } from './venue-clock.ts';
import { watch } from './watch.ts';

export type LiveVenueOptions = {
  readonly gateway: Pick<VenueGateway, 'name' | 'capabilities' | 'subscribe'>;
  /** How its questions are put. */
  readonly ask: AskVenue;
  readonly clock: Clock;
  /** Without one a jump of the clock cannot be noticed. */
  readonly stopwatch?: Stopwatch;
  readonly instruments: readonly Instrument[];
  readonly settings?: ProtocolSettings;
  /** A fact could not be journalled, or a rule is broken: nothing may be decided any more. */
  readonly onBroken: (error: unknown) => void;
};

export type LiveVenueStatus = {
  readonly state: 'reconciling' | 'ready' | 'broken';
  /** What it waits for, or what is wrong; undefined when all is well. */
  readonly why: string | undefined;
  readonly streamLost: boolean;
  /** Orders of which nobody knows yet whether the venue has them. */
  readonly unresolved: number;
  /** When books and account were last found to agree. */
  readonly reconciledAt: UnixMs | undefined;
  /** What differed when they were last compared; undefined when nothing did. */
  readonly difference: string | undefined;
  /** The same, asset by asset. */
  readonly shortfalls: readonly Shortfall[];
  /** On the account and not ours; shown, never touched. */
  readonly foreign: readonly OrderReport[];
};

export type LiveVenue = VenueClient & {
  /** Begins to reconcile with what the journal says. To be called once, after execution subscribed. */
  start(books: Books): void;
  status(): LiveVenueStatus;
  /** The kill switch cancels everything by a way of its own: an order that ends now was asked to, and nobody needs to look why. */
  expectCancels(): void;
  /** Stops listening and asking. Orders at the venue stay as they are. */
  close(): void;
};

/** A live venue over its gateway. */
export const createLiveVenue = (
  options: Omit<LiveVenueOptions, 'ask' | 'gateway'> & { readonly gateway: VenueGateway },
): LiveVenue => createProtocol({ ...options, ask: askGateway(options.gateway) });

/** The order protocol: sends once, takes nothing for known that the venue has not shown, and looks until it knows. */
export function createProtocol(options: LiveVenueOptions): LiveVenue {
  const { gateway, clock, instruments } = options;
  const settings = options.settings ?? PROTOCOL_SETTINGS;
  const events = createEventQueue<VenueEvent>();
  const venueClock = createVenueClock(clock, options.stopwatch, settings);
  const contradictions: string[] = [];
  let state: LiveVenueStatus['state'] = 'reconciling';
  let waiting: string | undefined = 'the start';
  let difference: Differs | undefined;
  let reconciledAt: UnixMs | undefined;
  let streamLost = false;
  let foreign: readonly OrderReport[] = [];
  let books: Books | undefined;

  const breakDown = (error: unknown): void => {
    state = 'broken';
    waiting = error instanceof Error ? error.message : String(error);
    options.onBroken(error);
  };
  const tasks = createTasks({ ask: options.ask, clock, onBroken: breakDown });

  const known = createKnownOrders({
    tell: (event) => events.publish(event),
    now: () => clock.now(),
    onForeign: (order) => {
      const others = foreign.filter(({ venueOrderId }) => venueOrderId !== order.venueOrderId);
      foreign = order.status === 'open' ? [...others, order] : others;
    },
    onContradiction: (reason) => {
      if (!contradictions.includes(reason)) contradictions.push(reason);
    },
    onStopLost: (order) => tasks.start(examineLostStop(order, parts)),
  });

  const parts: ReconcileParts = {
    known,
    settings,
    capabilities: gateway.capabilities,
    onSettled: () => tasks.wake(SETTLED),
    venueClock,
    isStreamLost: () => streamLost,
    settleSoon: (order) => {
      if (!isSettled(order)) tasks.start(settle(order, parts));
    },
    onForeignOrders: (orders) => {
      foreign = orders;
    },
    skewMs: settings.skewMs,
    instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
    holdings: () => books?.holdings() ?? [],
    isBooked: (tradeId) => books?.fills().some((fill) => fill.tradeId === tradeId) ?? false,
    bookExternal: (fill) =>
      events.publish({ kind: 'external', clientOrderId: fill.clientOrderId, ts: fill.tsEvent, fill }),
    awaySince: () => awaySince(books),
    onWaiting: (why) => {
      if (state === 'reconciling') waiting = why;
    },
    onCompared: (found) => {
      difference = found;
      if (found === undefined) reconciledAt = clock.now();
    },
    onAgreed: () => {
      books?.protectAll(clock.now());
      state = 'ready';
      waiting = undefined;
      difference = undefined;
      reconciledAt = clock.now();
    },
  };

  const onGatewayEvent = (event: GatewayEvent): void => {
    try {
      if (event.kind === 'lost' || event.kind === 'restored') {
        streamLost = event.kind === 'lost';
        tasks.wake(WATCH);
        return;
      }
      const order = event.kind === 'order' ? known.report(event.order) : known.trade(event.trade);
      if (order === undefined) return;
      if (order.settling) tasks.wake(order.clientOrderId);
      // A total whose trades do not follow soon, or a stop that is gone: it is looked at by itself.
      else if (!isSettled(order)) tasks.start(later(order));
    } catch (error) {
      breakDown(error);
    }
  };

  /** Gives the stream time to bring what is missing before the venue is asked for it. */
  function* later(order: KnownOrder): Task<void> {
    yield { kind: 'sleep', ms: settings.reportMs, name: order.clientOrderId };
    if (!isSettled(order)) yield* settle(order, parts);
  }

  const unsubscribe = gateway.subscribe(onGatewayEvent);

  /** Bare entries rest, no stop that the switch would take away does, and nobody else's orders are at stake. */
  const wantsDeadMan = (): boolean => {
    const open = known.unfinished();
    return (
      foreign.length === 0 &&
      open.some(({ purpose }) => purpose === 'entry') &&
      !open.some(({ purpose }) => purpose === 'stop')
    );
  };

  function* run(): Task<void> {
    yield* reconcile(parts);
    yield* watch(parts);
  }

  return {
    name: gateway.name,
    // The gateway's words know no groups.
    ungrouped: true,
    expiry: () => unixMs(venueClock.now() + settings.expiryMs),
    submit(venueOrder) {
      const { order, agentId, instrumentId } = venueOrder;
      const submittedAt = venueOrder.submittedAt ?? clock.now();
      const expiresAt = venueOrder.expiresAt ?? unixMs(venueClock.now() + settings.expiryMs);
      const { clientOrderId, side, purpose, quantity } = order;
      if (!hasOwnShape(clientOrderId))
        throw new Error(`${clientOrderId} is not an id by which we know an order as ours`);
      const entry = newKnownOrder({
        clientOrderId,
        agentId,
        instrumentId,
        side,
        purpose,
        quantity,
        submittedAt,
        expiresAt,
      });
      known.add(entry);
      tasks.start(place(placeOrder(venueOrder, expiresAt), entry, parts));
      if (gateway.capabilities.deadMan) tasks.wake(DEAD_MAN);
    },
    cancel(clientOrderId) {
      const order = known.get(clientOrderId);
      if (order === undefined || isOver(order)) return;
      order.cancelWanted = true;
      tasks.wake(clientOrderId);
      parts.settleSoon(order);
    },
    newRiskProblem(instrumentId) {
      if (state !== 'ready') return `${gateway.name} is ${state}: ${waiting ?? 'not ready'}`;
      const problem = contradictions[0] ?? difference?.reason ?? venueClock.problem();
      if (problem !== undefined) return `${gateway.name}: ${problem}`;
      const unclear = known.unfinished().find((order) => order.instrumentId === instrumentId && !order.exists);
      return unclear === undefined
        ? undefined
        : `nobody knows yet what became of order ${unclear.clientOrderId}; nothing new in ${instrumentId} until then`;
    },
    subscribe: (listener) => events.subscribe(listener),
    start(restored) {
      books = restored;
      const fills = new Map<string, Fill[]>();
      for (const fill of restored.fills())
        fills.set(fill.clientOrderId, [...(fills.get(fill.clientOrderId) ?? []), fill]);
      for (const order of restored.orders())
        known.add(
          restoredOrder(order, fills.get(order.clientOrderId) ?? [], settings.expiryMs + settings.worstOffsetMs),
        );
      tasks.start(run());
      if (gateway.capabilities.deadMan) tasks.start(keepDeadMan(wantsDeadMan, settings));
    },
    expectCancels() {
      for (const order of known.unfinished()) order.cancelWanted = true;
    },
    status: () => ({
      state,
      why: waiting ?? contradictions[0] ?? difference?.reason ?? venueClock.problem(),
      streamLost,
      reconciledAt,
      difference: difference?.reason,
      shortfalls: difference?.shortfalls ?? [],
      unresolved: known.unfinished().filter(({ exists }) => !exists).length,
      foreign,
    }),
    close() {
      unsubscribe();
      tasks.stop();
    },
  };
}
