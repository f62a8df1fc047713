import { type Decimal, formatDecimal } from '../domain/decimal.ts';
import type { InstrumentId } from '../domain/ids.ts';
import type { ProposedOrder } from './types.ts';

/** Everything that makes an order this order, its id excepted: two decisions of one key want the same thing. */
export function intentKey(order: ProposedOrder, instrumentId: InstrumentId): string {
  const { side, type, purpose, quantity, price, limitPrice, trail, stop, target, timeInForce } = order;
  const text = (value: Decimal | undefined): string => (value === undefined ? '-' : formatDecimal(value));
  return [
    instrumentId,
    side,
    type,
    purpose,
    ...[quantity, price, limitPrice, trail, stop, target].map(text),
    timeInForce ?? 'gtc',
  ].join(' ');
}
