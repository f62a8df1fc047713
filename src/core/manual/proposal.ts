import { ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import { quantity as quantityOf } from '../domain/money.ts';
import type { TrackedOrder } from '../execution/types.ts';
import type { ProposedOrder } from '../risk/types.ts';
import type { ManualOrder } from './types.ts';

/** What the master asks for, as the gate judges it. A sale only ever reduces what the same hand holds. */
export const proposalOf = ({ side, quantity, limit, stop, take }: ManualOrder, id: ClientOrderId): ProposedOrder => ({
  clientOrderId: id,
  side,
  type: limit === undefined ? 'market' : 'limit',
  purpose: side === 'buy' ? 'entry' : 'exit',
  quantity,
  ...(limit === undefined ? {} : { price: limit }),
  ...(stop === undefined ? {} : { stop }),
  ...(take === undefined ? {} : { target: take }),
  reduceOnly: side === 'sell',
});

/** Of a venue where a stop rests alone: a closing order goes out as soon as the stop is surely gone. */
export const waitingOrder = (
  order: ProposedOrder,
  agentId: AgentId,
  instrumentId: InstrumentId,
  now: UnixMs,
): TrackedOrder => ({
  ...order,
  agentId,
  instrumentId,
  status: 'initialized',
  filledQuantity: quantityOf(ZERO),
  createdAt: now,
  reason: 'waits until the stop that protects the position is gone',
});
