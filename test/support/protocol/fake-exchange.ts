import { decimal } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { asset, money, price, quantity } from '#core/domain/money.ts';
import type { OrderType, Side } from '#core/domain/order.ts';
import type {
  BalanceReport,
  GatewayEvent,
  OrderReport,
  PlaceAnswer,
  PlaceOrder,
  TradeReport,
} from '#core/ports/venue-gateway.ts';

/** An order in the exchange's own books; sizes in lots of 0.001. */
export type BookedOrder = {
  readonly id: string;
  readonly clientOrderId: string | undefined;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly lots: number;
  readonly createdAt: number;
  /** From when on queries show it: an index that lags. The stream and the matching know it at once. */
  readonly visibleAt: number;
  filled: number;
  status: OrderReport['status'];
  updatedAt: number;
};

type BookedTrade = { readonly report: TradeReport; readonly visibleAt: number };

export type ExchangeOptions = {
  readonly now: () => number;
  /** How long a new order or trade stays out of sight of queries; drawn for each. */
  readonly lag: () => number;
  /** In how many trades a market order fills. */
  readonly pieces: () => number;
  readonly publish?: (event: GatewayEvent) => void;
  /** Lots on the account at the start, beside what is bought. */
  readonly startLots?: number;
  /** Whether the venue refuses what arrives after its expiry. */
  readonly honoursExpiry?: boolean;
};

const LOT_SCALE = 3;
export const lotsToQuantity = (lots: number) => quantity(decimal(BigInt(lots), LOT_SCALE));
export const quantityToLots = ({ units, scale }: { readonly units: bigint; readonly scale: number }): number =>
  Number(units * 10n ** BigInt(LOT_SCALE - Math.min(scale, LOT_SCALE))) / 10 ** Math.max(0, scale - LOT_SCALE);

const PRICE = price('100');
const USDT = asset('USDT');
const BTC = asset('BTC');

/**
 * A small spot exchange: one asset, one price, its own books. It knows client ids among open orders only, like the larger ones do, so that a request
 * that is sent again after its order has filled is a second order. It never lets more be sold than there is.
 */
export function createFakeExchange(options: ExchangeOptions) {
  const { now, publish = () => {} } = options;
  const orders: BookedOrder[] = [];
  const trades: BookedTrade[] = [];
  let lots = options.startLots ?? 0;
  let refusedForFunds = 0;

  const reportOf = (order: BookedOrder): OrderReport => ({
    venueOrderId: order.id,
    ...(order.clientOrderId === undefined ? {} : { clientOrderId: order.clientOrderId }),
    instrumentId: order.instrumentId,
    side: order.side,
    status: order.status,
    quantity: lotsToQuantity(order.lots),
    filledQuantity: lotsToQuantity(order.filled),
    updatedAt: unixMs(order.updatedAt),
  });

  const open = (): BookedOrder[] => orders.filter(({ status }) => status === 'open');
  const resting = (): number =>
    open()
      .filter(({ side }) => side === 'sell')
      .reduce((sum, order) => sum + order.lots - order.filled, 0);

  const fill = (order: BookedOrder, size: number): void => {
    const part = Math.min(size, order.lots - order.filled);
    if (part <= 0 || order.status !== 'open') return;
    order.filled += part;
    order.updatedAt = now();
    lots += order.side === 'buy' ? part : -part;
    if (order.filled === order.lots) order.status = 'filled';
    const report: TradeReport = {
      tradeId: `t${trades.length + 1}`,
      venueOrderId: order.id,
      instrumentId: order.instrumentId,
      side: order.side,
      price: PRICE,
      quantity: lotsToQuantity(part),
      fee: money('0.001', USDT),
      liquidity: 'taker',
      ts: unixMs(now()),
    };
    trades.push({ report, visibleAt: Math.max(order.visibleAt, now() + options.lag()) });
    publish({ kind: 'trade', trade: report });
    publish({ kind: 'order', order: reportOf(order) });
  };

  const visible = (order: BookedOrder): boolean => order.visibleAt <= now();
  const find = (clientOrderId: string, venueOrderId?: string): BookedOrder | undefined =>
    orders.findLast((order) => order.id === venueOrderId || order.clientOrderId === clientOrderId);

  return {
    orders: (): readonly BookedOrder[] => orders,
    trades: (): readonly TradeReport[] => trades.map(({ report }) => report),
    lots: () => lots,
    refusedForFunds: () => refusedForFunds,
    /** What arrives is answered as it is: the line between may lose the answer. */
    place(request: Omit<PlaceOrder, 'agentId' | 'clientOrderId'> & { readonly clientOrderId?: string }): PlaceAnswer {
      if (options.honoursExpiry !== false && now() > request.expiresAt)
        return { kind: 'refused', code: 'RequestExpired', reason: 'the request came after its expiry' };
      const { clientOrderId } = request;
      if (clientOrderId !== undefined && open().some((order) => order.clientOrderId === clientOrderId))
        return { kind: 'exists', reason: 'duplicate client order id' };
      const size = quantityToLots(request.quantity);
      if (request.side === 'sell' && resting() + size > lots) {
        refusedForFunds += 1;
        return { kind: 'refused', code: 'InsufficientFunds', reason: 'not enough to sell' };
      }
      const order: BookedOrder = {
        id: `v${orders.length + 1}`,
        clientOrderId,
        instrumentId: request.instrumentId,
        side: request.side,
        type: request.type,
        lots: size,
        createdAt: now(),
        visibleAt: now() + options.lag(),
        filled: 0,
        status: 'open',
        updatedAt: now(),
      };
      orders.push(order);
      publish({ kind: 'order', order: reportOf(order) });
      if (request.type === 'market') {
        const pieces = Math.min(size, options.pieces());
        const part = Math.ceil(size / pieces);
        while (order.status === 'open') fill(order, part);
      }
      return { kind: 'accepted', venueOrderId: order.id, at: unixMs(now()) };
    },
    cancel(clientOrderId: string, venueOrderId?: string): 'requested' | 'not_found' {
      const order = find(clientOrderId, venueOrderId);
      if (order === undefined || !visible(order) || order.status !== 'open') return 'not_found';
      order.status = 'canceled';
      order.updatedAt = now();
      publish({ kind: 'order', order: reportOf(order) });
      return 'requested';
    },
    /** The market reaches one of the resting orders. */
    trade(pick: (count: number) => number): void {
      const reachable = open();
      const order = reachable[pick(reachable.length)];
      if (order !== undefined) fill(order, 1 + pick(order.lots));
    },
    /** Sold by hand on the exchange's own page. */
    sellByHand(instrumentId: InstrumentId, size: number): void {
      this.place({
        instrumentId,
        side: 'sell',
        type: 'market',
        quantity: lotsToQuantity(size),
        reduceOnly: false,
        expiresAt: unixMs(now()),
      });
    },
    order(clientOrderId: string, venueOrderId?: string): OrderReport | undefined {
      const order = find(clientOrderId, venueOrderId);
      return order !== undefined && visible(order) ? reportOf(order) : undefined;
    },
    openOrders: (): readonly OrderReport[] => open().filter(visible).map(reportOf),
    closedOrders: (since: number): readonly OrderReport[] =>
      orders.filter((order) => order.status !== 'open' && visible(order) && order.updatedAt >= since).map(reportOf),
    tradesSince: (since: number): readonly TradeReport[] =>
      trades.filter(({ report, visibleAt }) => visibleAt <= now() && report.ts >= since).map(({ report }) => report),
    balances: (): readonly BalanceReport[] => [
      { asset: BTC, free: lotsToQuantity(Math.max(0, lots - resting())), total: lotsToQuantity(lots) },
    ],
  };
}

export type FakeExchange = ReturnType<typeof createFakeExchange>;
