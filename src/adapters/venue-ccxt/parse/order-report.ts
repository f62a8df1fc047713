import { z } from 'zod';
import { compare, isPositive, ZERO } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { OrderReport } from '#core/ports/venue-gateway.ts';
import { exactDecimal } from './exact-decimal.ts';
import { timeField } from './fields.ts';
import { instrumentIdOf } from './symbols.ts';

const orderShape = z.looseObject({
  id: z.string().min(1).max(200),
  clientOrderId: z.string().max(200).nullish(),
  symbol: z.string().min(1).max(60),
  side: z.enum(['buy', 'sell']),
  status: z.string().max(40).nullish(),
});

/** ccxt's words and the few that pass through it untranslated. `closed` alone does not say whether it was filled. */
const STATUS: Readonly<Record<string, OrderReport['status'] | 'closed'>> = {
  open: 'open',
  new: 'open',
  pending: 'open',
  canceling: 'open',
  closed: 'closed',
  filled: 'filled',
  canceled: 'canceled',
  cancelled: 'canceled',
  expired: 'expired',
  rejected: 'rejected',
};

export type OrderReading = {
  readonly exchangeId: string;
  /** From the venue's form of a client id to ours. */
  readonly clientIdFromVenue: (text: string) => string;
  /** When the report was received, for venues that do not date it. */
  readonly receivedAt: UnixMs;
};

/** One order as ccxt hands it back, exact. Undefined when anything that matters is missing or odd. */
export function orderReport(value: unknown, reading: OrderReading): OrderReport | undefined {
  const parsed = orderShape.safeParse(value);
  if (!parsed.success) return undefined;
  const { id, clientOrderId, symbol, side, status } = parsed.data;
  const amount = exactDecimal(parsed.data['amount']);
  const filled = exactDecimal(parsed.data['filled'] ?? '0');
  const limit = exactDecimal(parsed.data['price'] ?? '0');
  const word = status == null ? undefined : STATUS[status];
  if (amount === undefined || filled === undefined || limit === undefined || word === undefined) return undefined;
  if (compare(filled, ZERO) < 0 || !isPositive(amount)) return undefined;
  const whole = compare(filled, amount) >= 0;
  const updated =
    timeField(parsed.data['lastUpdateTimestamp']) ??
    timeField(parsed.data['lastTradeTimestamp']) ??
    timeField(parsed.data['timestamp']);
  return {
    venueOrderId: id,
    ...(clientOrderId == null || clientOrderId === ''
      ? {}
      : { clientOrderId: reading.clientIdFromVenue(clientOrderId) }),
    instrumentId: instrumentIdOf(symbol, reading.exchangeId),
    side,
    // Closed with something left over was not filled: what is left was canceled, whatever the venue calls it.
    status: word === 'closed' ? (whole ? 'filled' : 'canceled') : word,
    quantity: quantity(amount),
    filledQuantity: quantity(filled),
    ...(isPositive(limit) ? { price: price(limit) } : {}),
    updatedAt: updated === undefined ? reading.receivedAt : unixMs(updated),
  };
}
