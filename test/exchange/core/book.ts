import type { Fixed } from './fixed.ts';
import type { Order, Side } from './types.ts';

export type Level = { readonly price: Fixed; total: Fixed; readonly orders: Order[] };

/** One instrument's resting orders by price, then by time. Levels are kept sorted, best first. */
export type Book = {
  add(order: Order): void;
  remove(order: Order): void;
  /** After a resting order was filled by so much. */
  reduce(order: Order, quantity: Fixed): void;
  /** A smaller quantity for an order that keeps its place in the queue. */
  resize(order: Order, quantity: Fixed): void;
  has(order: Order): boolean;
  best(side: Side): Level | undefined;
  levels(side: Side): readonly Level[];
  /** Rises by one with each change of one level. */
  updateId(): number;
};

export function createBook(onLevel: (side: Side, price: Fixed, total: Fixed, updateId: number) => void): Book {
  const sides: Record<Side, Level[]> = { buy: [], sell: [] };
  let updateId = 1000;

  /** Index of the level, or where it belongs. */
  const locate = (side: Side, price: Fixed): number => {
    const levels = sides[side];
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = levels[middle]?.price ?? 0n;
      if (side === 'buy' ? other > price : other < price) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const changed = (side: Side, level: Level): void => {
    updateId += 1;
    onLevel(side, level.price, level.total, updateId);
  };
  const find = (order: Order): { readonly level: Level; readonly index: number } | undefined => {
    const index = locate(order.side, order.price ?? 0n);
    const level = sides[order.side][index];
    return level !== undefined && level.price === order.price && level.orders.includes(order)
      ? { level, index }
      : undefined;
  };
  const levelOf = (order: Order): { readonly level: Level; readonly index: number } => {
    const found = find(order);
    if (found === undefined) throw new Error(`order ${order.id} is not in the book`);
    return found;
  };

  return {
    add: (order) => {
      const price = order.price;
      if (price === undefined) throw new Error(`order ${order.id} has no price to rest at`);
      const index = locate(order.side, price);
      const known = sides[order.side][index];
      const level = known?.price === price ? known : { price, total: 0n, orders: [] };
      if (level !== known) sides[order.side].splice(index, 0, level);
      level.orders.push(order);
      level.total += order.quantity - order.filled;
      changed(order.side, level);
    },
    remove: (order) => {
      const { level, index } = levelOf(order);
      level.orders.splice(level.orders.indexOf(order), 1);
      level.total -= order.quantity - order.filled;
      if (level.orders.length === 0) sides[order.side].splice(index, 1);
      changed(order.side, level);
    },
    reduce: (order, quantity) => {
      const { level, index } = levelOf(order);
      level.total -= quantity;
      if (order.filled === order.quantity) {
        level.orders.splice(level.orders.indexOf(order), 1);
        if (level.orders.length === 0) sides[order.side].splice(index, 1);
      }
      changed(order.side, level);
    },
    resize: (order, quantity) => {
      const { level } = levelOf(order);
      level.total += quantity - order.quantity;
      order.quantity = quantity;
      changed(order.side, level);
    },
    has: (order) => find(order) !== undefined,
    best: (side) => sides[side][0],
    levels: (side) => sides[side],
    updateId: () => updateId,
  };
}
