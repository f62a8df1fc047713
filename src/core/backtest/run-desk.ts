import type { ColumnDesk, ColumnOrder } from '../agent/column-family.ts';
import type { MatchingBook } from '../matching/book.ts';
import type { NewOrder } from '../matching/types.ts';
import type { BookKeeper } from './book-keeper.ts';
import { LIQUIDATION } from './candle-lender.ts';
import type { RunJournal } from './journal-columns.ts';
import { orderFault, type QuantityRules } from './order-rules.ts';

/** Where the engine stands; the desk dates what it writes with the close of that candle. */
export type Cursor = { candle: number; readonly closeTimeOf: (candle: number) => number };

/** The strategy's desk, and what the engine needs to know of each order. */
export type RunDesk = ColumnDesk & {
  /** Planned loss of one lot in ticks; NaN when the order had no plan. */
  riskOf(order: number): number;
  /** True for an order that may only take the position towards zero. */
  reduces(order: number): boolean;
  forget(order: number): void;
};

export type RunDeskOptions = {
  readonly book: MatchingBook;
  readonly keeper: BookKeeper;
  readonly journal: RunJournal;
  readonly cursor: Cursor;
  readonly unit: number;
  readonly tick: number;
  /** Undefined under the limits profile `none`. */
  readonly rules: QuantityRules | undefined;
};

export function createRunDesk({ book, keeper, journal, cursor, unit, tick, rules }: RunDeskOptions): RunDesk {
  const risks = new Map<number, number>();
  const reducing = new Set<number>();
  let sent = 0;
  const now = (): number => cursor.closeTimeOf(cursor.candle);

  const cancel = (id: number): void => {
    const order = id === LIQUIDATION ? undefined : book.remove(id);
    risks.delete(id);
    reducing.delete(id);
    if (order !== undefined) journal.write('canceled', now(), cursor.candle, id, 0, order.lots);
  };

  return {
    unit,
    tick,
    held: () => keeper.held(),
    openOrders: () => (keeper.lends && book.get(LIQUIDATION) !== undefined ? book.size - 1 : book.size),
    submit(order) {
      sent += 1;
      const ticks = order.limit ?? order.trigger ?? 0;
      if (orderFault(order, keeper.held(), rules, keeper.lends) !== undefined) {
        journal.write('refused', now(), cursor.candle, sent, ticks, order.lots);
        return 0;
      }
      book.add(newOrder(sent, order));
      if (order.riskTicks !== undefined) risks.set(sent, order.riskTicks);
      if (order.reduceOnly === true) reducing.add(sent);
      journal.write('submitted', now(), cursor.candle, sent, ticks, order.lots);
      return sent;
    },
    cancel,
    cancelAll() {
      for (const { id } of Array.from(book.orders())) cancel(id);
    },
    riskOf: (id) => risks.get(id) ?? Number.NaN,
    reduces: (id) => reducing.has(id),
    forget: (id) => {
      risks.delete(id);
      reducing.delete(id);
    },
  };
}

/** Every field is there, absent ones as the book understands them: orders of one shape keep the loop fast. */
const newOrder = (id: number, order: ColumnOrder): NewOrder => ({
  id,
  side: order.side === 'buy' ? 1 : -1,
  kind: order.type,
  lots: order.lots,
  limit: order.limit ?? 0,
  trigger: order.trigger ?? 0,
  trail: order.trail ?? 0,
  timeInForce: order.timeInForce ?? 'gtc',
  postOnly: order.postOnly ?? false,
  group: order.group ?? 0,
});
