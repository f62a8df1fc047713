import { type InstrumentId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { OrderReport } from '../ports/venue-gateway.ts';
import type { KnownOrder } from './known-order.ts';
import type { SettleParts } from './settle.ts';
import { ask, type Task } from './steps.ts';
import type { VenueClock } from './venue-clock.ts';

export type WatchParts = SettleParts & {
  readonly venueClock: VenueClock;
  readonly isStreamLost: () => boolean;
  /** Starts a search of its own for this order. */
  readonly settleSoon: (order: KnownOrder) => void;
  /** All open orders of the account that are not ours, as of now. */
  readonly onForeignOrders: (orders: readonly OrderReport[]) => void;
};

/** Name of the sleep of the watcher, to be woken when the stream is lost or comes back. */
export const WATCH = 'watch';

/**
 * Looks at everything once: open orders of the whole account, and the trades of every instrument of `instruments` since `since`. An order of ours that
 * should be open and is not among them is looked for by itself. False when a question was not answered.
 */
export function* lookAtAll(
  parts: WatchParts,
  instruments: ReadonlyMap<InstrumentId, UnixMs> = new Map(),
): Task<boolean> {
  const { known, settings } = parts;
  // What was unknown when the question was put cannot be missing from its answer.
  const expected = known.unfinished().map((order) => ({ order, evidence: order.evidence }));
  const open = yield* ask('openOrders');
  if (open.kind === 'failed') return false;
  parts.onForeignOrders(open.value.filter((report) => known.report(report) === undefined));
  const since = new Map(instruments);
  for (const { order } of expected) {
    const earliest = Math.min(since.get(order.instrumentId) ?? order.submittedAt, order.submittedAt);
    since.set(order.instrumentId, unixMs(earliest));
  }
  let complete = true;
  for (const [instrumentId, from] of since) {
    const trades = yield* ask('trades', instrumentId, unixMs(Math.max(0, from - settings.skewMs)));
    if (trades.kind === 'ok') for (const trade of trades.value) known.trade(trade);
    else complete = false;
  }
  for (const { order, evidence } of expected) {
    if (order.evidence === evidence && order.exists) order.doubted = true;
    parts.settleSoon(order);
  }
  return complete;
}
