import type { Exchange } from './exchange.ts';
import type { Drawn, RequestFault } from './faults.ts';
import { isLive } from './new-order.ts';
import type { Order } from './types.ts';

type Request = Drawn<RequestFault> | undefined;

/** Part of the open rest, in whole steps; at least one. */
const part = (exchange: Exchange, order: Order, fraction: number) => {
  const step = exchange.market(order.instrument)?.instrument.step ?? 1n;
  const rest = order.quantity - order.filled;
  const wanted = (rest * BigInt(Math.round(fraction * 10_000))) / 10_000n;
  const whole = wanted - (wanted % step);
  return whole === 0n ? step : whole;
};

/** What a fault of creating does to an order that was just accepted. */
export function afterCreate(exchange: Exchange, order: Order, drawn: Request): void {
  if (drawn?.fault === 'hidden') {
    order.visibleAt = exchange.now() + drawn.delayMs;
    drawn.fired();
  }
  if (drawn?.fault === 'partial_fill' && order.status === 'open') {
    exchange.fillResting(order, part(exchange, order, drawn.fraction));
    drawn.fired();
  }
}

/** What happens to an order between the request to cancel or amend it and the moment in which the venue looks at it. */
export function beforeChange(exchange: Exchange, order: Order, drawn: Request): void {
  if (!isLive(order) || order.status === 'untriggered') return;
  if (drawn?.fault === 'fill_on_cancel') exchange.fillResting(order, order.quantity - order.filled);
  else if (drawn?.fault === 'partial_fill') exchange.fillResting(order, part(exchange, order, drawn.fraction));
  else return;
  drawn.fired();
}

/** False while the venue's index has not caught up with the order. */
export const isVisible = (exchange: Exchange, order: Order): boolean => order.visibleAt <= exchange.now();
