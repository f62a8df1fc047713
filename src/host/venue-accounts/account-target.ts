import { setTimeout as sleep } from 'node:timers/promises';
import { formatDecimal, isZero, multiply } from '#core/domain/decimal.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { VenueGateway } from '#core/ports/venue-gateway.ts';
import { gatewayTarget, type OwnOrder } from '../kill-switch/gateway-target.ts';
import type { CancelTarget } from '../kill-switch/types.ts';
import type { AccountDesk } from './account-desk.ts';

export type AccountTargetOptions = {
  readonly name: string;
  readonly gateway: VenueGateway;
  /** Undefined while the account is not connected: what rests can be canceled even then. */
  readonly desk: () => AccountDesk | undefined;
};

const CLOSING: ReadonlySet<string> = new Set(['exit', 'flatten']);
const CLOSE_TRIES = 100;
const CLOSE_WAIT_MS = 100;

const ownOrder = (order: TrackedOrder): OwnOrder => ({
  clientOrderId: order.clientOrderId,
  venueOrderId: order.venueOrderId ?? null,
  instrumentId: order.instrumentId,
  submittedAt: order.createdAt,
  protects: order.reduceOnly,
  ...(order.status === 'unresolved' && order.expiresAt !== undefined ? { doubtfulUntil: order.expiresAt } : {}),
});

/** A venue account, for the kill switch. */
export function accountTarget({ name, gateway, desk }: AccountTargetOptions): CancelTarget {
  const target = gatewayTarget({
    gateway,
    own: () => (desk()?.execution.orders() ?? []).filter(({ status }) => isOpenStatus(status)).map(ownOrder),
    held: () => {
      const open = desk();
      if (open === undefined) return [];
      return open.manual.instruments.flatMap(({ id }) => {
        // Dust below a lot cannot be sold: it is no position.
        const size = open.execution.sellableQuantity(open.manual.desk.agentId, id);
        if (isZero(size)) return [];
        const mark = open.account.prices().get(id);
        const value = mark === undefined ? null : formatDecimal(multiply(mark, size));
        return [{ instrumentId: id, quantity: formatDecimal(size), value }];
      });
    },
    // No agent trades on it yet.
    stopAgents: () => false,
    flatten: async () => {
      const open = desk();
      if (open !== undefined) await flatten(open);
    },
  });
  return {
    ...target,
    name,
    cancelAll() {
      const answer = target.cancelAll();
      desk()?.expectCancels();
      return answer;
    },
  };
}

/** Sells what is held, and waits until it is gone. Asked again it sends nothing that is on its way already. */
async function flatten({ manual, execution }: AccountDesk): Promise<void> {
  const { desk, instruments } = manual;
  const left = () => instruments.filter(({ id }) => !isZero(execution.sellableQuantity(desk.agentId, id)));
  for (let tries = 0; left().length > 0; tries++) {
    if (tries === CLOSE_TRIES)
      throw new Error(
        `still held: ${left()
          .map(({ symbol }) => symbol)
          .join(', ')}`,
      );
    manual.advance();
    for (const { id } of left()) {
      const closing = execution
        .openOrders()
        .some(({ instrumentId, purpose }) => instrumentId === id && CLOSING.has(purpose));
      if (!closing) desk.close(id, manual.now());
    }
    await sleep(CLOSE_WAIT_MS);
  }
}
