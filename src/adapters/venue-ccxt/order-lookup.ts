import { unixMs } from '#core/domain/ids.ts';
import type { Answer, Lookup, OrderRef, OrderReport } from '#core/ports/venue-gateway.ts';
import { type Account, failureOf, readingOf } from './account-call.ts';
import { closedOrders, openOrders } from './account-queries.ts';
import { provesAnswer } from './answer-proof.ts';
import { inLane } from './call-context.ts';
import { orderReport } from './parse/order-report.ts';
import { symbolOf } from './parse/symbols.ts';

/** Venue clocks and ours differ; a list that starts exactly at the submission could miss the order by that. */
const LOOK_BACK_MS = 60_000;

const sameOrder =
  (order: OrderRef) =>
  (report: OrderReport): boolean =>
    report.clientOrderId === order.clientOrderId ||
    (order.venueOrderId !== undefined && report.venueOrderId === order.venueOrderId);

function queryOrder(account: Account, order: OrderRef, symbol: string, params: object): Promise<Lookup> {
  return inLane('reconcile', async (call): Promise<Lookup> => {
    try {
      const answer = await account.exchange.fetchOrder(order.venueOrderId ?? '', symbol, params);
      const report = provesAnswer(account.exchange.id, 'order', call.response?.body)
        ? orderReport(answer, readingOf(account))
        : undefined;
      if (report === undefined) return { kind: 'failed', reason: "the venue's answer could not be read" };
      // An answer about another order is worse than none.
      if (!sameOrder(order)(report)) return { kind: 'failed', reason: 'the venue answered with another order' };
      return { kind: 'found', order: report };
    } catch (error) {
      const { verdict, code, reason } = failureOf(account, error, call);
      // Only the venue's own word says that there is no such order; a request that never left says nothing.
      return verdict === 'not_found' && call.sent
        ? { kind: 'not_found' }
        : { kind: 'failed', reason: `${code}: ${reason}` };
    }
  });
}

const pick = (answer: Answer<readonly OrderReport[]>, order: OrderRef): OrderReport | undefined =>
  answer.kind === 'ok' ? answer.value.find(sameOrder(order)) : undefined;

/** Open orders first, closed ones second: an order that closes in between is found in the second list, never in neither. */
async function searchLists(account: Account, order: OrderRef, params: object): Promise<Lookup> {
  const open = await openOrders(account, order.instrumentId, 'reconcile', params);
  const inOpen = pick(open, order);
  if (inOpen !== undefined) return { kind: 'found', order: inOpen };
  const since = unixMs(Math.max(0, order.submittedAt - LOOK_BACK_MS));
  const closed = await closedOrders(account, order.instrumentId, since, params);
  const inClosed = pick(closed, order);
  if (inClosed !== undefined) return { kind: 'found', order: inClosed };
  if (open.kind === 'failed') return open;
  return closed.kind === 'failed' ? closed : { kind: 'not_found' };
}

/** Looks for one order by our id, in the way that the venue offers. `not_found` is the venue's word and nothing else. */
export async function lookUpOrder(account: Account, order: OrderRef): Promise<Lookup> {
  const { exchange, traits } = account;
  const symbol = symbolOf(order.instrumentId, exchange.id);
  const clientId = traits.clientId.toVenue(order.clientOrderId);
  if (symbol === undefined) return { kind: 'failed', reason: `${order.instrumentId} is of another venue` };
  if (clientId === undefined) return { kind: 'failed', reason: `${exchange.id} can have no order of this id` };
  const params = traits.lookupParams(clientId);
  return traits.lookup === 'query'
    ? queryOrder(account, order, symbol, order.venueOrderId === undefined ? params : {})
    : searchLists(account, order, params);
}
