import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Fill } from '../domain/order.ts';
import type { Cancel } from '../kernel/clock.ts';
import type { ApprovedOrder } from '../risk/types.ts';

export type VenueOrder = {
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly order: ApprovedOrder;
  /** Moment of the submission; a simulated venue has no clock and dates its answer with it. */
  readonly submittedAt?: UnixMs;
};

export type VenueEvent =
  | { readonly kind: 'accepted'; readonly clientOrderId: ClientOrderId; readonly ts: UnixMs }
  | { readonly kind: 'rejected'; readonly clientOrderId: ClientOrderId; readonly ts: UnixMs; readonly reason: string }
  | { readonly kind: 'canceled'; readonly clientOrderId: ClientOrderId; readonly ts: UnixMs; readonly reason: string }
  | {
      readonly kind: 'filled';
      readonly clientOrderId: ClientOrderId;
      readonly ts: UnixMs;
      readonly fill: Fill;
      /** The venue's own order: it bought back what the account owed. Nobody here has sent it, and it is ours all the same. */
      readonly liquidation?: true;
    };

/** A place that executes. Answers come as events, never as return values, because a venue may answer late or not at all. */
export interface VenueClient {
  readonly name: string;
  submit(order: VenueOrder): void;
  /** A request: only a `canceled` event confirms it. `requestedAt` dates the answer of a venue that has no clock. */
  cancel(clientOrderId: ClientOrderId, requestedAt?: UnixMs): void;
  subscribe(listener: (event: VenueEvent) => void): Cancel;
}
