import type { Decimal } from '../domain/decimal.ts';
import { formatDecimal, min, parseDecimal, subtract } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '../domain/ids.ts';
import { type Quantity, quantity as quantityOf } from '../domain/money.ts';
import { gapReserve, orderNotional, plannedRisk, worstCost } from './exposure.ts';
import type { ProposedOrder, RiskView } from './types.ts';

/** What one entry may cost its account at worst; kept for it from the moment of its approval. All in the quote asset. */
export type Claim = {
  readonly agentId: AgentId;
  readonly clientOrderId: ClientOrderId;
  readonly instrumentId: InstrumentId;
  readonly quantity: Quantity;
  /** At the expected price. */
  readonly notional: Decimal;
  /** Lost down to the stop, both fees included. */
  readonly loss: Decimal;
  /** Lost beyond it at worst: the reserve for a gap, spread and impact. */
  readonly gap: Decimal;
  /** At the worst price that is assumed, fee included. */
  readonly cash: Decimal;
};

/** The same as it lies in the journal, beside the approval that it belongs to. */
export type ClaimPayload = {
  readonly clientOrderId: string;
  readonly instrumentId: string;
  readonly notional: string;
  readonly loss: string;
  readonly gap: string;
  readonly cash: string;
};

/** What an entry claims, judged by the same figures as the gate's. */
export function claimOf(agentId: AgentId, order: ProposedOrder, view: RiskView): Claim {
  const cash = worstCost(order, view);
  const loss = min(plannedRisk(order, view), cash);
  return {
    agentId,
    clientOrderId: order.clientOrderId,
    instrumentId: view.instrument.id,
    quantity: order.quantity,
    notional: orderNotional(order, view),
    loss,
    // Not more can be lost than was paid.
    gap: min(gapReserve(order, view), subtract(cash, loss)),
    cash,
  };
}

export const claimPayload = ({ clientOrderId, instrumentId, notional, loss, gap, cash }: Claim): ClaimPayload => ({
  clientOrderId,
  instrumentId,
  notional: formatDecimal(notional),
  loss: formatDecimal(loss),
  gap: formatDecimal(gap),
  cash: formatDecimal(cash),
});

export const claimFromPayload = (agentId: AgentId, quantity: string, payload: ClaimPayload): Claim => ({
  agentId,
  clientOrderId: payload.clientOrderId as ClientOrderId,
  instrumentId: payload.instrumentId as InstrumentId,
  quantity: quantityOf(quantity),
  notional: parseDecimal(payload.notional),
  loss: parseDecimal(payload.loss),
  gap: parseDecimal(payload.gap),
  cash: parseDecimal(payload.cash),
});
