import { isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type ClientOrderId, type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset, price } from '#core/domain/money.ts';
import { createExecution, type Execution } from '#core/execution/execution.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createRng } from '#core/kernel/rng.ts';
import { createProtocol, type LiveVenue } from '#core/order-protocol/live-venue.ts';
import { PROTOCOL_SETTINGS, type ProtocolSettings } from '#core/order-protocol/settings.ts';
import type { AskVenue } from '#core/order-protocol/steps.ts';
import type { GatewayEvent, PlaceOrder } from '#core/ports/venue-gateway.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { approve } from '../trading-builders.ts';
import { createFakeExchange, type FakeExchange, lotsToQuantity, quantityToLots } from './fake-exchange.ts';
import { createFaultyLine, type LineFault } from './faulty-line.ts';
import { VirtualClock } from './virtual-clock.ts';

export const LIVE: InstrumentId = 'BTC/USDT.FAKE' as InstrumentId;
export const LIVE_INSTRUMENT: Instrument = {
  id: LIVE,
  symbol: 'BTC/USDT',
  venue: 'FAKE',
  base: asset('BTC'),
  quote: asset('USDT'),
  tickSize: parseDecimal('0.01'),
  lotSize: parseDecimal('0.001'),
  minQuantity: parseDecimal('0.001'),
  minNotional: parseDecimal('0.01'),
  quoteScale: 8,
};
const AGENT = 'A-00000001' as AgentId;

export type Action = {
  readonly at: number;
  readonly kind: 'market entry' | 'limit entry' | 'exit' | 'cancel' | 'trade' | 'stream lost' | 'stream restored';
  readonly lots: number;
};

/** Everything that makes one simulated day: the same scenario gives the same day, to the last step. */
export type Scenario = {
  readonly seed: number;
  readonly actions: readonly Action[];
  /** Steps from each start of the engine to its next crash. */
  readonly crashes: readonly number[];
  readonly faults: readonly LineFault[];
};

export type SimulationResult = {
  readonly crashes: number;
  readonly orders: number;
  readonly steps: number;
  readonly faults: ReadonlyMap<string, number>;
  /** What is not right at the end; empty when nothing is lost, doubled or unresolved. */
  readonly violations: readonly string[];
};

/** A planted bug; `none` is the protocol as it is. */
export type Mutant = 'none' | 'resend on unknown' | 'first not-found means not placed';

class Crash extends Error {}

const START = 1_700_000_000_000;
const PLAN_MS = 40_000;
/** Once for each candle, what the venue refused to protect is tried again. */
const CANDLE_MS = 5_000;
const QUIET_MS = 400_000;
const INDEX_LAG_MS = 1_500;

const capabilities = {
  requestExpiry: true,
  lookupByClientId: true,
  clientIdUnique: 'open_only',
  deadMan: false,
  indexLagMs: INDEX_LAG_MS,
} as const;

const FAR_MS = 1e9;

/** Both bugs as they are found in the wild: a transport that repeats a request, and a verdict that waits for nothing. */
export const mutatedSettings = (mutant: Mutant, settings = PROTOCOL_SETTINGS): ProtocolSettings =>
  mutant === 'first not-found means not placed' ? { ...settings, expiryMs: -FAR_MS } : settings;

export const mutated =
  (mutant: Mutant, ask: AskVenue, expiryMs = PROTOCOL_SETTINGS.expiryMs): AskVenue =>
  (name, args, answer) => {
    if (mutant === 'none' || name !== 'place') return ask(name, args, answer);
    const request = args[0] as PlaceOrder;
    // On the wire the request is as it should be; only the verdict believes that it has long expired.
    if (mutant === 'first not-found means not placed')
      return ask('place', [{ ...request, expiresAt: unixMs(request.expiresAt + FAR_MS + expiryMs) }], (value) =>
        answer(value as never),
      );
    ask('place', [request], (value) => {
      if (value.kind === 'unknown') ask(name, args, answer);
      else answer(value as never);
    });
  };

/** Plays one scenario with the real protocol and the real execution, both of which forget everything at each crash but the journal. */
export function simulate(scenario: Scenario, mutant: Mutant = 'none'): SimulationResult {
  const rng = createRng(scenario.seed);
  const clock = new VirtualClock(START);
  const journal: ExecutionRecord[] = [];
  const faults = new Map<string, number>();
  const broken: string[] = [];
  const crashes = [...scenario.crashes];
  let calm = false;
  let life = 0;
  let steps = 0;
  let left = crashes.shift() ?? Number.POSITIVE_INFINITY;
  let ids = 0;
  let crashed = 0;
  let listener: ((event: GatewayEvent) => void) | undefined;
  let engine: { readonly venue: LiveVenue; readonly execution: Execution } | undefined;

  const streamRng = rng.fork('stream');
  const exchange: FakeExchange = createFakeExchange({
    now: () => clock.now(),
    lag: () => (rng.next() < 0.5 ? 0 : rng.integer(INDEX_LAG_MS)),
    pieces: () => 1 + rng.integer(3),
    publish: (event) => {
      const copies = calm || streamRng.next() > 0.1 ? 1 : streamRng.integer(3);
      for (let i = 0; i < copies; i++)
        clock.after(1 + streamRng.integer(300), () => {
          const mine = life;
          if (mine === life) listener?.(event);
        });
    },
  });
  const line = createFaultyLine({
    clock,
    exchange,
    rng: rng.fork('line'),
    faultShare: () => (calm ? 0 : 0.25),
    allowed: new Set(scenario.faults),
    onFault: (fault) => faults.set(fault, (faults.get(fault) ?? 0) + 1),
  });

  /** One place at which the engine may be killed. */
  const step = (mine: number): void => {
    if (mine !== life) throw new Crash();
    steps += 1;
    left -= 1;
    if (left > 0 || calm) return;
    crashed += 1;
    life += 1;
    listener = undefined;
    engine?.venue.close();
    engine = undefined;
    left = crashes.shift() ?? Number.POSITIVE_INFINITY;
    clock.after(rng.integer(3_000), boot);
    throw new Crash();
  };

  const guarded = (go: () => void): void => {
    try {
      go();
    } catch (error) {
      if (!(error instanceof Crash)) broken.push(error instanceof Error ? error.message : String(error));
    }
  };

  function boot(): void {
    const mine = life;
    const ask: AskVenue = (name, args, answer) => {
      if (mine !== life) return;
      step(mine);
      line(name, args, (value) => {
        if (mine !== life) return;
        guarded(() => {
          step(mine);
          answer(value);
        });
      });
      step(mine);
    };
    guarded(() => {
      const venue = createProtocol({
        gateway: {
          name: 'FAKE',
          capabilities,
          subscribe: (hear) => {
            listener = (event) =>
              guarded(() => {
                step(mine);
                hear(event);
              });
            return () => {};
          },
        },
        ask: mutated(mutant, ask),
        clock,
        instruments: [LIVE_INSTRUMENT],
        settings: mutatedSettings(mutant),
        onBroken: (error) => {
          if (!(error instanceof Crash)) broken.push(error instanceof Error ? error.message : String(error));
        },
      });
      const execution = createExecution({
        venue,
        approvals,
        instruments: [LIVE_INSTRUMENT],
        ids: { clientOrderId: nextId },
        restore: [...journal],
        record: (record) => {
          step(mine);
          journal.push(record);
          step(mine);
        },
      });
      engine = { venue, execution };
      venue.start(execution);
    });
  }

  function nextId(): ClientOrderId {
    ids += 1;
    return `mt${ids.toString(16).padStart(16, '0')}` as ClientOrderId;
  }

  const act = ({ kind, lots }: Action): void => {
    if (kind === 'trade') return exchange.trade((count) => rng.integer(Math.max(1, count)));
    if (kind === 'stream lost' || kind === 'stream restored')
      return listener?.(kind === 'stream lost' ? { kind: 'lost', reason: 'by plan' } : { kind: 'restored' });
    const running = engine;
    if (running === undefined) return;
    const { execution } = running;
    const entry: ProposedOrder = {
      clientOrderId: nextId(),
      side: 'buy',
      type: kind === 'limit entry' ? 'limit' : 'market',
      purpose: 'entry',
      quantity: lotsToQuantity(lots),
      reduceOnly: false,
      stop: price('90'),
      ...(kind === 'limit entry' ? { price: price('99') } : {}),
    };
    try {
      if (kind === 'cancel') {
        for (const order of execution.openOrders())
          if (order.purpose === 'entry') execution.cancel(order.clientOrderId, 'by plan', clock.now());
      } else if (kind === 'exit') {
        const held = execution.sellableQuantity(AGENT, LIVE);
        if (!isPositive(held)) return;
        const { stop: _, ...exit } = {
          ...entry,
          side: 'sell',
          purpose: 'exit',
          quantity: held,
          reduceOnly: true,
        } as const;
        execution.submit(AGENT, LIVE, approve(exit), clock.now());
      } else execution.submit(AGENT, LIVE, approve(entry), clock.now());
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'refused')) throw error;
    }
  };

  for (const action of scenario.actions) clock.setTimer(START + action.at, () => guarded(() => act(action)));
  const candle = (): void => {
    guarded(() => engine?.execution.guard(clock.now()));
    clock.after(CANDLE_MS, candle);
  };
  candle();
  boot();
  while (clock.step(START + PLAN_MS));
  calm = true;
  listener?.({ kind: 'restored' });
  let violations = ['not started'];
  for (let until = PLAN_MS; until <= QUIET_MS && violations.length > 0; until += 10_000) {
    while (clock.step(START + until));
    violations = compareBooks(exchange, engine?.execution, engine?.venue, journal);
  }
  return { crashes: crashed, orders: exchange.orders().length, steps, faults, violations: [...violations, ...broken] };
}

/** What the exchange's own books say against what we believe. */
export function compareBooks(
  exchange: Pick<FakeExchange, 'orders' | 'lots' | 'refusedForFunds'>,
  execution: Pick<Execution, 'order' | 'orders' | 'openOrders' | 'heldQuantity'> | undefined,
  venue: Pick<LiveVenue, 'status'> | undefined,
  journal: readonly ExecutionRecord[],
): string[] {
  if (execution === undefined || venue === undefined) return ['the engine is down'];
  const wrong: string[] = [];
  const { state, why, unresolved } = venue.status();
  if (state !== 'ready') wrong.push(`${state}: ${why ?? ''}`);
  else if (why !== undefined) wrong.push(why);
  if (unresolved > 0) wrong.push(`${unresolved} unresolved`);
  const sent = new Set(
    journal.filter(({ type }) => type === 'order.submitted').map(({ payload }) => payload.clientOrderId),
  );
  const seen = new Set<string>();
  for (const order of exchange.orders()) {
    const id = order.clientOrderId ?? '';
    if (!sent.has(id)) wrong.push(`ghost: ${id} is at the exchange and not in the journal`);
    if (seen.has(id)) wrong.push(`duplicated: ${id} is at the exchange twice`);
    seen.add(id);
    const ours = execution.order(id as ClientOrderId);
    const filled = ours === undefined ? -1 : quantityToLots(ours.filledQuantity);
    const same =
      order.status === 'open'
        ? ours?.status === (order.filled > 0 ? 'partially_filled' : 'accepted')
        : ours?.status === order.status;
    if (!same || filled !== order.filled)
      wrong.push(`lost: ${id} is ${order.status} ${order.filled} there, ${ours?.status ?? 'unknown'} ${filled} here`);
  }
  for (const order of execution.openOrders())
    if (!seen.has(order.clientOrderId)) wrong.push(`${order.clientOrderId} is ${order.status} here and nowhere there`);
  const held = quantityToLots(execution.heldQuantity(AGENT, LIVE));
  if (held !== exchange.lots()) wrong.push(`holds ${held} here, ${exchange.lots()} there`);
  const stops = exchange
    .orders()
    .filter(({ status, side }) => status === 'open' && side === 'sell')
    .reduce((sum, order) => sum + order.lots - order.filled, 0);
  if (stops !== held) wrong.push(`holds ${held} with ${stops} protected`);
  if (exchange.refusedForFunds() > 0)
    wrong.push(`tried to sell more than there is ${exchange.refusedForFunds()} times`);
  return wrong;
}
