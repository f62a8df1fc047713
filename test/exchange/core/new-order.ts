import type { Order, PlaceRequest } from './types.ts';

export const isLive = (order: Order): boolean => order.status === 'open' || order.status === 'untriggered';

/** The order as it stands in the moment of its acceptance, before anything traded. */
export const newOrder = (request: PlaceRequest, id: number, at: number): Order => ({
  id,
  account: request.account,
  instrument: request.instrument,
  side: request.side,
  kind: request.kind,
  timeInForce: request.timeInForce ?? 'GTC',
  postOnly: request.postOnly ?? false,
  clientId: request.clientId,
  userref: request.userref,
  triggerPrice: request.triggerPrice,
  price: request.price,
  quantity: request.quantity ?? 0n,
  budget: request.budget,
  filled: 0n,
  cost: 0n,
  fee: 0n,
  held: 0n,
  status: request.triggerPrice === undefined ? 'open' : 'untriggered',
  triggered: false,
  reason: undefined,
  visibleAt: 0,
  receivedAt: at,
  updatedAt: at,
  executions: [],
});
