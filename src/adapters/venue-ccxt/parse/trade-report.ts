import { z } from 'zod';
import { isPositive } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { asset, type Money, money, price, quantity } from '#core/domain/money.ts';
import type { TradeReport } from '#core/ports/venue-gateway.ts';
import { exactDecimal } from './exact-decimal.ts';
import { fieldAt, textField, timeField } from './fields.ts';
import type { OrderReading } from './order-report.ts';
import { instrumentIdOf } from './symbols.ts';

const tradeShape = z.looseObject({
  id: z.string().min(1).max(200),
  order: z.string().min(1).max(200),
  symbol: z.string().min(1).max(60),
  side: z.enum(['buy', 'sell']),
  takerOrMaker: z.enum(['taker', 'maker']).nullish(),
});

/** The fee of one trade. Undefined when the venue did not say: a fee that is not known is not zero. */
export function feeOf(value: unknown): Money | undefined {
  const cost = exactDecimal(fieldAt(value, ['cost']));
  const currency = textField(value, ['currency']);
  if (cost === undefined || currency === undefined) return undefined;
  try {
    return money(cost, asset(currency));
  } catch {
    return undefined;
  }
}

/** One execution as ccxt hands it back, exact. Undefined when anything that matters is missing or odd. */
export function tradeReport(value: unknown, reading: OrderReading): TradeReport | undefined {
  const parsed = tradeShape.safeParse(value);
  if (!parsed.success) return undefined;
  const trade = parsed.data;
  const at = timeField(trade['timestamp']);
  const paid = exactDecimal(trade['price']);
  const amount = exactDecimal(trade['amount']);
  const fee = feeOf(trade['fee']) ?? feeOf(fieldAt(trade, ['fees', '0']));
  if (at === undefined || paid === undefined || amount === undefined || fee === undefined) return undefined;
  if (!isPositive(paid) || !isPositive(amount)) return undefined;
  const clientOrderId =
    textField(trade, ['clientOrderId']) ??
    textField(trade, ['info', 'clientOrderId']) ??
    textField(trade, ['info', 'c']);
  return {
    tradeId: trade.id,
    venueOrderId: trade.order,
    ...(clientOrderId === undefined ? {} : { clientOrderId: reading.clientIdFromVenue(clientOrderId) }),
    instrumentId: instrumentIdOf(trade.symbol, reading.exchangeId),
    side: trade.side,
    price: price(paid),
    quantity: quantity(amount),
    fee,
    // Not said means taker: the dearer of the two.
    liquidity: trade.takerOrMaker ?? 'taker',
    ts: unixMs(at),
  };
}
