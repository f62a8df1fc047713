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
  const newOrder = createDraft();
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

type Draft = { -readonly [Field in keyof NewOrder]-?: NonNullable<NewOrder[Field]> };

/**
 * The book copies what it is given, so one object serves all orders of a run. Every field is there, absent ones as the book understands
 * them: orders of one shape keep the loop fast.
 */
function createDraft(): (id: number, order: ColumnOrder) => NewOrder {
  const draft: Draft = {
    id: 0,
    side: 1,
    kind: 'market',
    lots: 0,
    limit: 0,
    trigger: 0,
    trail: 0,
    timeInForce: 'gtc',
    postOnly: false,
    group: 0,
  };
  return (id, order) => {
    draft.id = id;
    draft.side = order.side === 'buy' ? 1 : -1;
    draft.kind = order.type;
    draft.lots = order.lots;
    draft.limit = order.limit ?? 0;
    draft.trigger = order.trigger ?? 0;
    draft.trail = order.trail ?? 0;
    draft.timeInForce = order.timeInForce ?? 'gtc';
    draft.postOnly = order.postOnly ?? false;
    draft.group = order.group ?? 0;
    return draft;
  };
}
