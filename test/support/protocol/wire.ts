import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { asset, money, price, quantity } from '#core/domain/money.ts';
import type { Side } from '#core/domain/order.ts';
import type { BalanceReport, OrderReport, TradeReport } from '#core/ports/venue-gateway.ts';

/** What crosses the socket between the small exchange and its client: decimals as text. */
export type WireOrder = Omit<OrderReport, 'quantity' | 'filledQuantity' | 'price' | 'updatedAt' | 'instrumentId'> & {
  readonly instrumentId: string;
  readonly quantity: string;
  readonly filledQuantity: string;
  readonly updatedAt: number;
};
export type WireTrade = {
  readonly tradeId: string;
  readonly venueOrderId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly price: string;
  readonly quantity: string;
  readonly fee: string;
  readonly feeAsset: string;
  readonly liquidity: 'maker' | 'taker';
  readonly ts: number;
};
export type WireBalance = { readonly asset: string; readonly free: string; readonly total: string };

export const orderToWire = (order: OrderReport): WireOrder => ({
  venueOrderId: order.venueOrderId,
  ...(order.clientOrderId === undefined ? {} : { clientOrderId: order.clientOrderId }),
  instrumentId: order.instrumentId,
  side: order.side,
  status: order.status,
  updatedAt: order.updatedAt,
  quantity: formatDecimal(order.quantity),
  filledQuantity: formatDecimal(order.filledQuantity),
});
export const orderFromWire = (order: WireOrder): OrderReport => ({
  ...order,
  instrumentId: order.instrumentId as InstrumentId,
  quantity: quantity(order.quantity),
  filledQuantity: quantity(order.filledQuantity),
  updatedAt: unixMs(order.updatedAt),
});
export const tradeToWire = ({ fee, ...trade }: TradeReport): WireTrade => ({
  tradeId: trade.tradeId,
  venueOrderId: trade.venueOrderId,
  instrumentId: trade.instrumentId,
  side: trade.side,
  liquidity: trade.liquidity,
  ts: trade.ts,
  price: formatDecimal(trade.price),
  quantity: formatDecimal(trade.quantity),
  fee: formatDecimal(fee.amount),
  feeAsset: fee.asset,
});
export const tradeFromWire = ({ feeAsset, ...trade }: WireTrade): TradeReport => ({
  ...trade,
  instrumentId: trade.instrumentId as InstrumentId,
  price: price(trade.price),
  quantity: quantity(trade.quantity),
  fee: money(trade.fee, asset(feeAsset)),
  ts: unixMs(trade.ts),
});
export const balanceToWire = (balance: BalanceReport): WireBalance => ({
  asset: balance.asset,
  free: formatDecimal(balance.free),
  total: formatDecimal(balance.total),
});
export const balanceFromWire = (balance: WireBalance): BalanceReport => ({
  asset: asset(balance.asset),
  free: parseDecimal(balance.free),
  total: parseDecimal(balance.total),
});
