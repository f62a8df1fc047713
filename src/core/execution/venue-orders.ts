import type { ClosedCandle } from '../domain/candle.ts';
import type { AgentId, ClientOrderId, UnixMs } from '../domain/ids.ts';
import { unixMs } from '../domain/ids.ts';
import type { Price, Quantity } from '../domain/money.ts';
import type { BookOrder } from '../matching/types.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import type { ProposedOrder } from '../risk/types.ts';

/** What a simulated venue remembers of an order beside what its book does. */
export type KeptOrder = {
  readonly agentId: AgentId;
  readonly order: ProposedOrder;
  /** As it was sent; the venue's own orders were not. */
  readonly sent: VenueOrder | undefined;
  readonly arrivedAt: UnixMs;
  readonly delayed: boolean;
  /** No price was known at submission: the minimum notional is checked when it fills. */
  readonly notionalUnchecked: boolean;
  filledLots: number;
};

/** Number of the order by which the venue buys back what is borrowed; those of clients are positive. */
export const LIQUIDATION = -1;

/** The venue's own order of that kind, the `count`-th that can come to a fill. */
export const liquidationOf = (count: number, agentId: AgentId, owed: Quantity, trigger: Price): KeptOrder => ({
  agentId,
  order: {
    clientOrderId: `liquidation ${count}` as ClientOrderId,
    side: 'buy',
    type: 'stop',
    purpose: 'flatten',
    quantity: owed,
    reduceOnly: true,
    price: trigger,
  },
  sent: undefined,
  arrivedAt: unixMs(0),
  delayed: false,
  notionalUnchecked: false,
  filledLots: 0,
});

/**
 * A candle that opened before the order came fills nothing of it: its open, high and low may lie before the order. One that was
 * sent with a delay misses the open only, because its delay is shorter than a candle and its arrival is known.
 */
export const dormantIn =
  (candle: ClosedCandle, kept: ReadonlyMap<number, KeptOrder>) =>
  (order: BookOrder): boolean => {
    const { arrivedAt, delayed } = kept.get(order.id) as KeptOrder;
    const tooLate = delayed ? arrivedAt >= candle.closeTime : arrivedAt > candle.openTime;
    if (order.arrived === 'between' && tooLate) return true;
    if (delayed && !order.rested && arrivedAt > candle.openTime) order.arrived = 'inside';
    return false;
  };
