import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from '../domain/ids.ts';
import { asset, money, price, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { OrderFilledPayload } from './types.ts';

/**
 * The fill that an `order.filled` record tells of. The journal's hashes vouch for the payload, the domain's constructors for its numbers:
 * they throw on one that is no price, quantity or asset.
 */
export const fillOfRecord = (payload: OrderFilledPayload, ts: UnixMs): Fill => ({
  tradeId: payload.tradeId as TradeId,
  clientOrderId: payload.clientOrderId as ClientOrderId,
  agentId: payload.agentId as AgentId,
  instrumentId: payload.instrumentId as InstrumentId,
  side: payload.side,
  purpose: payload.purpose,
  price: price(payload.price),
  quantity: quantity(payload.quantity),
  fee: money(payload.fee, asset(payload.feeAsset)),
  liquidity: payload.liquidity,
  tsEvent: ts,
});
