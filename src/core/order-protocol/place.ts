import type { UnixMs } from '../domain/ids.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import type { PlaceOrder } from '../ports/venue-gateway.ts';
import { isSettled, type KnownOrder } from './known-order.ts';
import { type SettleParts, settle } from './settle.ts';
import { ask, type Task } from './steps.ts';

/** An approved order in the words of a gateway. */
export const placeOrder = ({ agentId, instrumentId, order }: VenueOrder, expiresAt: UnixMs): PlaceOrder => {
  const { clientOrderId, side, type, quantity, price, limitPrice, timeInForce, postOnly, reduceOnly } = order;
  return {
    clientOrderId,
    agentId,
    instrumentId,
    side,
    type,
    quantity,
    ...(price === undefined ? {} : { price }),
    ...(limitPrice === undefined ? {} : { limitPrice }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(postOnly === undefined ? {} : { postOnly }),
    reduceOnly,
    expiresAt,
  };
};

/** Sends one order once. What the venue does not surely refuse or surely take is unknown, and is looked for. */
export function* place(request: PlaceOrder, order: KnownOrder, parts: SettleParts): Task<void> {
  const { known } = parts;
  const answer = yield* ask('place', request);
  switch (answer.kind) {
    case 'accepted':
      known.acknowledge(order, answer.venueOrderId);
      break;
    case 'refused':
      // The stream may have shown it meanwhile; then the refusal is of no use, and the order is looked at.
      if (!order.exists) known.conclude(order, 'rejected', `${answer.code}: ${answer.reason}`);
      break;
    case 'exists':
      order.claimed = true;
      known.doubt(order, answer.reason);
      break;
    case 'unknown':
      known.doubt(order, answer.reason);
      break;
    default: {
      const never: never = answer;
      throw new Error(`unknown answer ${JSON.stringify(never)}`);
    }
  }
  if (!isSettled(order)) yield* settle(order, parts);
}
