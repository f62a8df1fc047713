import { unixMs } from '#core/domain/ids.ts';
import type { Rng } from '#core/kernel/rng.ts';
import type { AnswerTo, ArgumentsOf, AskVenue, QuestionName } from '#core/order-protocol/steps.ts';
import type { PlaceOrder } from '#core/ports/venue-gateway.ts';
import type { FakeExchange } from './fake-exchange.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What can happen to a request on its way. */
export const PLACE_FAULTS = ['lost request', 'lost answer', 'server error', 'late arrival', 'refused'] as const;
export const QUERY_FAULTS = ['lost query', 'slow query'] as const;
export const CANCEL_FAULTS = ['lost cancel', 'lost cancel answer'] as const;
export type LineFault = (typeof PLACE_FAULTS)[number] | (typeof QUERY_FAULTS)[number] | (typeof CANCEL_FAULTS)[number];

export type LineOptions = {
  readonly clock: VirtualClock;
  readonly exchange: FakeExchange;
  readonly rng: Rng;
  /** Share of requests to which something happens. */
  readonly faultShare: () => number;
  readonly allowed: ReadonlySet<LineFault>;
  readonly onFault: (fault: LineFault) => void;
  /** One way, in ms; drawn when absent. */
  readonly latency?: () => number;
};

const TIMEOUT_MS = 4_000;

/** Answers of an exchange that works, without a way in between. */
function answerOf(exchange: FakeExchange, clock: VirtualClock, name: QuestionName, args: readonly unknown[]): unknown {
  switch (name) {
    case 'place':
      return exchange.place(args[0] as PlaceOrder);
    case 'cancel': {
      const ref = args[0] as ArgumentsOf<'cancel'>[0];
      return { kind: exchange.cancel(ref.clientOrderId, ref.venueOrderId) };
    }
    case 'order': {
      const ref = args[0] as ArgumentsOf<'order'>[0];
      const order = exchange.order(ref.clientOrderId, ref.venueOrderId);
      return order === undefined ? { kind: 'not_found' } : { kind: 'found', order };
    }
    case 'openOrders':
      return { kind: 'ok', value: exchange.openOrders() };
    case 'closedOrders':
      return { kind: 'ok', value: exchange.closedOrders(args[1] as number) };
    case 'trades':
      return { kind: 'ok', value: exchange.tradesSince(args[1] as number) };
    case 'balances':
      return { kind: 'ok', value: exchange.balances() };
    case 'time':
      return { kind: 'ok', value: unixMs(clock.now()) };
    case 'deadMan':
      return { kind: 'ok', value: true };
    default: {
      const never: never = name;
      throw new Error(`unknown question ${String(never)}`);
    }
  }
}

/** The way between protocol and exchange, with everything that gets lost on it. */
export function createFaultyLine(options: LineOptions): AskVenue {
  const { clock, exchange, rng, faultShare, allowed, onFault } = options;
  const choose = (faults: readonly LineFault[]): LineFault | undefined => {
    if (rng.next() >= faultShare()) return undefined;
    const fault = faults[rng.integer(faults.length)];
    if (fault === undefined || !allowed.has(fault)) return undefined;
    onFault(fault);
    return fault;
  };
  const latency = options.latency ?? ((): number => 5 + rng.integer(60));

  return (name, args, answer) => {
    const reply = (value: unknown): void => answer(value as AnswerTo<typeof name>);
    const arrive = (then: (value: unknown) => void, delay = latency()): void => {
      clock.after(delay, () => then(answerOf(exchange, clock, name, args)));
    };
    const nothing = (): void => {};
    const failed = { kind: 'failed', reason: 'timed out' };
    const unknown = { kind: 'unknown', reason: 'timed out' };
    const faults = name === 'place' ? PLACE_FAULTS : name === 'cancel' ? CANCEL_FAULTS : QUERY_FAULTS;
    switch (choose(faults)) {
      case undefined:
        arrive((value) => clock.after(latency(), () => reply(value)));
        return;
      case 'lost request':
        clock.after(TIMEOUT_MS, () => reply(unknown));
        return;
      case 'lost answer':
        arrive(nothing);
        clock.after(TIMEOUT_MS, () => reply(unknown));
        return;
      case 'server error':
        arrive(() => clock.after(latency(), () => reply({ kind: 'unknown', reason: '502' })));
        return;
      case 'late arrival':
        arrive(nothing, TIMEOUT_MS + rng.integer(3_000));
        clock.after(TIMEOUT_MS, () => reply(unknown));
        return;
      case 'refused':
        clock.after(latency(), () => reply({ kind: 'refused', code: 'InvalidOrder', reason: 'refused by chance' }));
        return;
      case 'lost query':
      case 'lost cancel':
        clock.after(TIMEOUT_MS, () => reply(failed));
        return;
      case 'lost cancel answer':
        arrive(nothing);
        clock.after(TIMEOUT_MS, () => reply(failed));
        return;
      case 'slow query':
        arrive((value) => clock.after(3_000, () => reply(value)));
        return;
      default:
        return;
    }
  };
}
