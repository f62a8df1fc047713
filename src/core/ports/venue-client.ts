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
  /** Venue time after which the venue may not take the request any more; of a venue that tells `expiry`. */
  readonly expiresAt?: UnixMs;
};

export type VenueEvent =
  | {
      readonly kind: 'accepted';
      readonly clientOrderId: ClientOrderId;
      readonly ts: UnixMs;
      /** What the venue calls it; its trades may carry no other name. */
      readonly venueOrderId?: string;
    }
  | {
      readonly kind: 'rejected';
      readonly clientOrderId: ClientOrderId;
      readonly ts: UnixMs;
      readonly reason: string;
      /** Not the venue's word: it never had the order. What was wanted may be decided anew, under a new id. */
      readonly notPlaced?: true;
    }
  /** Nobody knows whether the venue has it. It counts as open at full size until one of the other events says more. */
  | {
      readonly kind: 'outcome_unknown';
      readonly clientOrderId: ClientOrderId;
      readonly ts: UnixMs;
      readonly reason: string;
    }
  /** Something of an agent's was closed on the account by an order that is not ours; `clientOrderId` is that order's name there. */
  | { readonly kind: 'external'; readonly clientOrderId: ClientOrderId; readonly ts: UnixMs; readonly fill: Fill }
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
  /**
   * Of a venue that outlives this process: when a request expires there that is made now. The moment is journalled with the request, and so is
   * every wish to cancel, so that a later process knows what was asked.
   */
  expiry?(): UnixMs;
  /** Why no new risk may be taken in this instrument; undefined when it may. */
  newRiskProblem?(instrumentId: InstrumentId): string | undefined;
  /**
   * Orders do not share their quantity here: two that rest can both fill. Then a stop rests alone, and whatever else closes the position
   * waits until the stop is surely gone.
   */
  readonly ungrouped?: true;
  submit(order: VenueOrder): void;
  /** A request: only a `canceled` event confirms it. `requestedAt` dates the answer of a venue that has no clock. */
  cancel(clientOrderId: ClientOrderId, requestedAt?: UnixMs): void;
  subscribe(listener: (event: VenueEvent) => void): Cancel;
}
