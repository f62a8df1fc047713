import type { UnixMs } from '../domain/ids.ts';
import { unixMs } from '../domain/ids.ts';
import type { GatewayCapabilities } from '../ports/venue-gateway.ts';
import { endOf, isSettled, type KnownOrder, lacksTrades, refOf } from './known-order.ts';
import type { KnownOrders } from './known-orders.ts';
import type { ProtocolSettings } from './settings.ts';
import { ask, sleep, type Task } from './steps.ts';

export type SettleParts = {
  readonly known: KnownOrders;
  readonly settings: ProtocolSettings;
  readonly capabilities: GatewayCapabilities;
  /** A search has ended. */
  readonly onSettled: () => void;
};

const NOT_PLACED = 'not placed: the venue does not know it anywhere, after the request had expired';
const VANISHED = 'the venue shows it nowhere any more';

/** `absent` only when every question was answered and none of the answers had it; a question that failed says nothing. */
type Look = 'seen' | 'absent' | 'failed';

/** Where the search by time begins: a little earlier, because two clocks never agree. What is found is told apart by ids alone. */
export const searchFrom = (order: KnownOrder, { skewMs }: ProtocolSettings): UnixMs =>
  unixMs(Math.max(0, order.submittedAt - skewMs));

/** One look everywhere: by id, among the open, among the closed, among the trades. */
function* look(order: KnownOrder, parts: SettleParts): Task<Look> {
  const { known, settings, capabilities } = parts;
  const { instrumentId } = order;
  const since = searchFrom(order, settings);
  const before = order.evidence;
  const seen = (): boolean => order.evidence > before;
  let failed = false;

  if (capabilities.lookupByClientId || order.venueOrderId !== undefined) {
    const answer = yield* ask('order', refOf(order));
    if (answer.kind === 'found') known.report(answer.order);
    failed ||= answer.kind === 'failed';
  }
  if (!seen()) {
    const open = yield* ask('openOrders', instrumentId);
    if (open.kind === 'ok') for (const report of open.value) known.report(report);
    failed ||= open.kind === 'failed';
  }
  if (!seen()) {
    const closed = yield* ask('closedOrders', instrumentId, since);
    if (closed.kind === 'ok') for (const report of closed.value) known.report(report);
    failed ||= closed.kind === 'failed';
  }
  if (!seen() || lacksTrades(order)) {
    const trades = yield* ask('trades', instrumentId, since);
    if (trades.kind === 'ok') for (const trade of trades.value) known.trade(trade);
    failed ||= trades.kind === 'failed';
  }
  if (seen()) return 'seen';
  return failed ? 'failed' : 'absent';
}

/** Venue time after which an order that is nowhere to be found can be given up. */
function lastMoment(order: KnownOrder, absentSince: UnixMs, { settings, capabilities }: SettleParts): number {
  const { skewMs, lateArrivalMs, vanishedMs } = settings;
  const lag = capabilities.indexLagMs;
  const arrival = capabilities.requestExpiry ? 0 : lateArrivalMs;
  const placed = order.expiresAt + arrival + skewMs + lag;
  return order.exists || order.claimed ? Math.max(placed, absentSince + vanishedMs + lag) : placed;
}

/**
 * RESOLVE: finds out what became of one order and, when it is to be canceled, brings that about. Ends when the order is over or rests as we
 * believe. It never sends the order again. It asks for a cancel again as often as needed, which can do no harm. "Not found" becomes an answer
 * only when every question was answered twice, by the venue's clock after the last moment at which the venue could still take it.
 */
export function* settle(order: KnownOrder, parts: SettleParts): Task<void> {
  if (order.settling) return;
  order.settling = true;
  const { known, settings } = parts;
  let wait = settings.firstWaitMs;
  let absentSince: UnixMs | undefined;
  while (!isSettled(order)) {
    if (order.cancelWanted && endOf(order) === undefined) {
      const answer = yield* ask('cancel', refOf(order));
      if (answer.kind === 'requested') yield* sleep(settings.reportMs, order.clientOrderId);
      if (isSettled(order)) break;
    }
    const evidence = order.evidence;
    const time = yield* ask('time');
    const first = yield* look(order, parts);
    if (isSettled(order)) break;
    if (first !== 'absent') absentSince = undefined;
    else if (time.kind === 'ok') {
      absentSince ??= time.value;
      if (time.value > lastMoment(order, absentSince, parts)) {
        const again = yield* look(order, parts);
        if (again === 'absent' && order.evidence === evidence) {
          if (order.exists || order.claimed) known.conclude(order, 'canceled', VANISHED);
          else known.neverPlaced(order, NOT_PLACED);
          if (isSettled(order)) break;
        }
      }
    }
    yield* sleep(wait, order.clientOrderId);
    wait = Math.min(wait * 2, settings.longestWaitMs);
  }
  order.settling = false;
  parts.onSettled();
}
