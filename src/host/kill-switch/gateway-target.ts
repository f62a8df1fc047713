import type { ClientOrderId, UnixMs } from '#core/domain/ids.ts';
import type { OrderReport, VenueGateway } from '#core/ports/venue-gateway.ts';
import type { CancelTarget, HeldPosition, RestingOrder } from './types.ts';

/** An order of ours as our books have it, open or in doubt. */
export type OwnOrder = {
  readonly clientOrderId: ClientOrderId;
  readonly venueOrderId: string | null;
  readonly instrumentId: RestingOrder['instrumentId'];
  readonly submittedAt: UnixMs;
  readonly protects: boolean;
  /** Of an order whose outcome nobody knows yet: when the venue must have shown it or never will. */
  readonly doubtfulUntil?: number;
};

export type GatewayTargetOptions = {
  readonly gateway: VenueGateway;
  /** Ours that rest or may; from memory, without waiting. */
  readonly own: () => readonly OwnOrder[];
  readonly held: () => readonly HeldPosition[];
  readonly stopAgents: CancelTarget['stopAgents'];
  readonly flatten: (reason: string) => Promise<void>;
};

/** An account at a venue over the network, for the kill switch. */
export function gatewayTarget({ gateway, own, held, stopAgents, flatten }: GatewayTargetOptions): CancelTarget {
  const resting = (order: OwnOrder): RestingOrder => ({ ...order, foreign: false });

  /** Ours is known by its id; whatever else rests on the account is somebody else's. */
  const seen = (report: OrderReport): RestingOrder => {
    const ours = own().find(
      (order) =>
        order.clientOrderId === report.clientOrderId ||
        (order.venueOrderId === report.venueOrderId && order.instrumentId === report.instrumentId),
    );
    return {
      clientOrderId: report.clientOrderId ?? ours?.clientOrderId ?? null,
      venueOrderId: report.venueOrderId,
      instrumentId: report.instrumentId,
      protects: ours?.protects ?? false,
      foreign: ours === undefined,
    };
  };

  return {
    name: gateway.name,
    known: () => own().map(resting),
    cancelAll: () => gateway.cancelAll(),
    cancel: ({ clientOrderId, venueOrderId, instrumentId }) =>
      gateway.cancel({
        clientOrderId: (clientOrderId ?? '') as ClientOrderId,
        instrumentId,
        ...(venueOrderId === null ? {} : { venueOrderId }),
        submittedAt: own().find((order) => order.clientOrderId === clientOrderId)?.submittedAt ?? (0 as UnixMs),
      }),
    async openOrders() {
      const answer = await gateway.openOrders();
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.map(seen) } : answer;
    },
    held,
    stopAgents,
    flatten,
  };
}
