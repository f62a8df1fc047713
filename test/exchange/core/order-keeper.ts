import { isLive } from './new-order.ts';
import type { Order } from './types.ts';

const key = (account: string, clientId: string): string => `${account}\n${clientId}`;

/** Every order that customers sent, by the names under which they may ask for it. */
export type OrderKeeper = {
  add(order: Order): void;
  byId(id: number): Order | undefined;
  /** Newest first: a client id may come back once its order is closed. */
  byClientId(account: string, clientId: string): readonly Order[];
  /** Oldest first. */
  of(account: string): readonly Order[];
  /** Open and waiting orders, oldest first; costs what is open, and not what ever was. */
  live(account: string): readonly Order[];
  all(): Iterable<Order>;
};

export function createOrderKeeper(): OrderKeeper {
  const byId = new Map<number, Order>();
  const byClientId = new Map<string, Order[]>();
  const byAccount = new Map<string, Order[]>();
  const live = new Map<string, Set<Order>>();
  return {
    add: (order) => {
      byId.set(order.id, order);
      const list = byAccount.get(order.account) ?? [];
      byAccount.set(order.account, list);
      list.push(order);
      live.set(order.account, (live.get(order.account) ?? new Set()).add(order));
      if (order.clientId === undefined) return;
      const name = key(order.account, order.clientId);
      byClientId.set(name, [order, ...(byClientId.get(name) ?? [])]);
    },
    byId: (id) => byId.get(id),
    byClientId: (account, clientId) => byClientId.get(key(account, clientId)) ?? [],
    of: (account) => byAccount.get(account) ?? [],
    live: (account) => {
      const known = live.get(account) ?? new Set();
      for (const order of known) if (!isLive(order)) known.delete(order);
      return [...known];
    },
    all: () => byId.values(),
  };
}
