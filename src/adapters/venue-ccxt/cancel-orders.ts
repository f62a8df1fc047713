import type { InstrumentId } from '#core/domain/ids.ts';
import type { Answer, CancelAnswer, OrderRef, OrderReport } from '#core/ports/venue-gateway.ts';
import { type Account, failureOf } from './account-call.ts';
import { openOrders } from './account-queries.ts';
import { inLane } from './call-context.ts';
import { symbolOf } from './parse/symbols.ts';

/** Asks for the cancel of one order, by the venue's id where it is known and by ours otherwise. */
export function cancelOrder(account: Account, order: OrderRef): Promise<CancelAnswer> {
  const { exchange, traits } = account;
  const symbol = symbolOf(order.instrumentId, exchange.id);
  const clientId = traits.clientId.toVenue(order.clientOrderId);
  if (symbol === undefined)
    return Promise.resolve({ kind: 'failed', reason: `${order.instrumentId} is of another venue` });
  if (order.venueOrderId === undefined && clientId === undefined)
    return Promise.resolve({ kind: 'failed', reason: `${exchange.id} has no id of this order` });
  return inLane('cancel', async (call): Promise<CancelAnswer> => {
    try {
      await exchange.cancelOrder(
        order.venueOrderId ?? '',
        symbol,
        order.venueOrderId === undefined ? { clientOrderId: clientId } : {},
      );
      return { kind: 'requested' };
    } catch (error) {
      const { verdict, code, reason } = failureOf(account, error, call);
      return verdict === 'not_found' ? { kind: 'not_found' } : { kind: 'failed', reason: `${code}: ${reason}` };
    }
  });
}

/** One request that cancels much. "Nothing there" is an answer too: zero. */
function cancelTogether(account: Account, symbol: string | undefined): Promise<Answer<number | undefined>> {
  return inLane('cancel', async (call): Promise<Answer<number | undefined>> => {
    try {
      await account.exchange.cancelAllOrders(symbol);
      return { kind: 'ok', value: undefined };
    } catch (error) {
      const { verdict, reason, retryAfterMs } = failureOf(account, error, call);
      if (verdict === 'not_found') return { kind: 'ok', value: 0 };
      return { kind: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  });
}

async function cancelEach(account: Account, orders: readonly OrderReport[]): Promise<Answer<number | undefined>> {
  const answers = await Promise.all(
    orders.map(({ venueOrderId, instrumentId, clientOrderId, updatedAt }) =>
      cancelOrder(account, {
        venueOrderId,
        instrumentId,
        clientOrderId: (clientOrderId ?? '') as OrderRef['clientOrderId'],
        submittedAt: updatedAt,
      }),
    ),
  );
  const failed = answers.find((answer) => answer.kind === 'failed');
  return failed?.kind === 'failed' ? failed : { kind: 'ok', value: orders.length };
}

/**
 * Cancels every open order of the account or of one instrument with the fewest requests that the venue offers. The number is undefined where
 * the venue does not count.
 */
export async function cancelAllOrders(
  account: Account,
  instrumentId: InstrumentId | undefined,
): Promise<Answer<number | undefined>> {
  const { exchange, traits } = account;
  const symbol = instrumentId === undefined ? undefined : symbolOf(instrumentId, exchange.id);
  if (instrumentId !== undefined && symbol === undefined)
    return { kind: 'failed', reason: `${instrumentId} is of another venue` };
  if (traits.cancelAll === 'account' && symbol === undefined) return cancelTogether(account, undefined);
  if (traits.cancelAll === 'instrument' && symbol !== undefined) return cancelTogether(account, symbol);
  const open = await openOrders(account, instrumentId, 'cancel');
  if (open.kind === 'failed') return open;
  if (traits.cancelAll !== 'instrument') return cancelEach(account, open.value);
  const symbols = new Set(open.value.flatMap((order) => symbolOf(order.instrumentId, exchange.id) ?? []));
  const answers = await Promise.all([...symbols].map((one) => cancelTogether(account, one)));
  return answers.find((answer) => answer.kind === 'failed') ?? { kind: 'ok', value: open.value.length };
}
