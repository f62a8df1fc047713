import type { KillPreview } from '#shared/contract/kill.ts';
import type { CancelTarget, KillTime, RestingOrder } from './types.ts';

const ASK_MS = 2_000;

/**
 * What the two ways to stop would do now, order by order and position by position. The venue is asked; what it does not answer in time is
 * shown from memory and said to be so.
 */
export async function killPreview(targets: readonly CancelTarget[], time: KillTime): Promise<KillPreview> {
  const asked = await Promise.all(targets.map(async (target) => ({ target, ...(await ordersOf(target, time)) })));
  return {
    venues: asked.map(({ target, orders, fromMemory }) => ({
      venue: target.name,
      fromMemory,
      orders: orders.map(({ clientOrderId, venueOrderId, instrumentId, protects, foreign }) => ({
        clientOrderId,
        venueOrderId,
        instrument: instrumentId,
        protects,
        foreign,
        flatten: 'cancel' as const,
        stopManaging: protects || foreign ? ('keep' as const) : ('cancel' as const),
      })),
      positions: target.held().map(({ instrumentId, quantity, value }) => ({
        instrument: instrumentId,
        quantity,
        value,
        flatten: 'close' as const,
        stopManaging: 'keep' as const,
      })),
    })),
  };
}

async function ordersOf(
  target: CancelTarget,
  time: KillTime,
): Promise<{ readonly orders: readonly RestingOrder[]; readonly fromMemory: boolean }> {
  const waiting = new AbortController();
  const answer = await Promise.race([
    target.openOrders().catch(() => undefined),
    time.sleep(ASK_MS, waiting.signal).then(() => undefined),
  ]);
  waiting.abort();
  return answer?.kind === 'ok'
    ? { orders: answer.value, fromMemory: false }
    : { orders: target.known(), fromMemory: true };
}
