import type { BookOrder, GridCandle } from './types.ts';

/** A trailing stop moves with whole candles only: inside one nobody knows whether the best price came before the worst. */
export function endCandle(order: BookOrder, candle: GridCandle): void {
  if (order.kind === 'trailing_stop' && !order.triggered && !order.dormant && order.arrived !== 'inside')
    order.trigger = trailedTo(order, order.side < 0 ? candle.highDown : candle.lowUp);
  if (order.dormant) {
    order.dormant = false;
    return;
  }
  order.arrived = 'between';
  order.rested = true;
}

/** Where a trailing stop stands once the market has been at `best`. It never moves back. */
export function trailedTo(order: BookOrder, best: number): number {
  const level = best + order.side * order.trail;
  if (order.trigger === 0) return Math.max(1, level);
  return order.side < 0 ? Math.max(order.trigger, level) : Math.min(order.trigger, level);
}
