import type { ClientOrderId, InstrumentId } from '../domain/ids.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '../ports/venue-client.ts';
import { createEventQueue } from './event-queue.ts';

/**
 * Several venues of one instrument each as one venue of all of them: an order goes to its instrument's, a cancel to where its order went.
 * `earlier` are the orders of earlier processes, which may rest still and must be within reach of a cancel as well.
 * Throws on an instrument that none of them lists: the gate lets no such order pass.
 */
export function routeVenues(
  name: string,
  venues: ReadonlyMap<InstrumentId, VenueClient>,
  earlier: Iterable<VenueOrder> = [],
): VenueClient {
  const events = createEventQueue<VenueEvent>();
  const wentTo = new Map<ClientOrderId, VenueClient>();
  for (const { order, instrumentId } of earlier) {
    const venue = venues.get(instrumentId);
    if (venue !== undefined) wentTo.set(order.clientOrderId, venue);
  }
  for (const venue of venues.values()) venue.subscribe((event) => events.publish(event));
  return {
    name,
    submit(order) {
      const venue = venues.get(order.instrumentId);
      if (venue === undefined) throw new Error(`no venue of ${name} lists ${order.instrumentId}`);
      wentTo.set(order.order.clientOrderId, venue);
      venue.submit(order);
    },
    cancel: (clientOrderId, requestedAt) => wentTo.get(clientOrderId)?.cancel(clientOrderId, requestedAt),
    subscribe: (listener) => events.subscribe(listener),
  };
}
