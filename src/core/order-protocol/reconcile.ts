import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import { type Comparison, compareHoldings, type Differs, type HoldingsParts } from './holdings.ts';
import { isSettled, type KnownOrder } from './known-order.ts';
import { lookAtAll, type WatchParts } from './look-at-all.ts';
import { sleep, type Task } from './steps.ts';

export type ReconcileParts = WatchParts &
  HoldingsParts & {
    /** Where to look for fills of the time in which we were away, and since when. */
    readonly awaySince: () => ReadonlyMap<InstrumentId, UnixMs>;
    /** What keeps it from being ready, in words for the master. */
    readonly onWaiting: (why: string) => void;
    /** A later comparison of books and account: what differs, or nothing. */
    readonly onCompared: (difference: Differs | undefined) => void;
    /** Books and account agree about our orders: what is held may be protected again. */
    readonly onAgreed: () => void;
  };

/** Names of sleeps: of whoever waits for searches to end, and of a start-up that waits to try again. */
export const SETTLED = 'settled';
export const RECONCILE = 'reconcile';

/** Rounds in which a difference may go away by itself, because balances come later than trades. */
const ROUNDS = 3;

const unsettled = ({ known }: ReconcileParts): readonly KnownOrder[] =>
  known.unfinished().filter((order) => !isSettled(order));

function* waitForSearches(parts: ReconcileParts): Task<void> {
  for (let left = unsettled(parts); left.length > 0; left = unsettled(parts)) {
    parts.onWaiting(`${left.length} ${left.length === 1 ? 'order is' : 'orders are'} being looked for`);
    yield* sleep(parts.settings.longestWaitMs, SETTLED);
  }
}

function* attempt(parts: ReconcileParts): Task<string | undefined> {
  if (!(yield* parts.venueClock.measure())) return 'the venue does not tell its time';
  for (const order of parts.known.unfinished())
    if (!order.exists) parts.known.doubt(order, 'the program ended before the venue had answered');
  if (!(yield* lookAtAll(parts, parts.awaySince()))) return 'open orders and trades could not be read';
  yield* waitForSearches(parts);
  const comparison = yield* compareHoldings(parts);
  if (comparison.kind === 'differs') parts.onCompared(comparison);
  return comparison.kind === 'agrees' ? undefined : comparison.reason;
}

/**
 * Start-up: every order that is not over is looked for, fills of the time away are booked, foreign orders are listed, books and account are
 * compared. Only when all of it succeeded does this end; until then cancels and reductions are possible and new risk is not.
 */
export function* reconcile(parts: ReconcileParts): Task<void> {
  let wait = parts.settings.firstWaitMs;
  for (let why = yield* attempt(parts); why !== undefined; why = yield* attempt(parts)) {
    parts.onWaiting(why);
    yield* sleep(wait, RECONCILE);
    wait = Math.min(wait * 2, parts.settings.longestWaitMs);
  }
  parts.onAgreed();
}

/** Compares books and account until they agree, or differ so often that it is no matter of waiting; `failed` when something could not be asked. */
export function* confirmHoldings(parts: ReconcileParts): Task<Comparison> {
  let wait = parts.settings.firstWaitMs;
  for (let round = 1; ; round++) {
    yield* waitForSearches(parts);
    const comparison = yield* compareHoldings(parts);
    if (comparison.kind === 'agrees' || round >= ROUNDS) return comparison;
    yield* sleep(wait, RECONCILE);
    wait = Math.min(wait * 2, parts.settings.longestWaitMs);
  }
}

/** A stop was canceled and not by us: the account is looked at before the end is told, because the position may be closed by hand already. */
export function* examineLostStop(order: KnownOrder, parts: ReconcileParts): Task<void> {
  for (;;) {
    const complete = yield* lookAtAll(parts);
    const comparison: Comparison = complete
      ? yield* confirmHoldings(parts)
      : { kind: 'failed', reason: 'not answered' };
    if (comparison.kind === 'differs') parts.onCompared(comparison);
    if (comparison.kind !== 'failed') break;
    yield* sleep(parts.settings.longestWaitMs, RECONCILE);
  }
  parts.known.checked(order);
}
