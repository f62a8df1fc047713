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
  all(): Iterable<Order>;
};

export function createOrderKeeper(): OrderKeeper {
  const byId = new Map<number, Order>();
  const byClientId = new Map<string, Order[]>();
  const byAccount = new Map<string, Order[]>();
  return {
    add: (order) => {
      byId.set(order.id, order);
      const list = byAccount.get(order.account) ?? [];
      byAccount.set(order.account, list);
      list.push(order);
      if (order.clientId === undefined) return;
      const name = key(order.account, order.clientId);
      byClientId.set(name, [order, ...(byClientId.get(name) ?? [])]);
    },
    byId: (id) => byId.get(id),
    byClientId: (account, clientId) => byClientId.get(key(account, clientId)) ?? [],
    of: (account) => byAccount.get(account) ?? [],
    all: () => byId.values(),
  };
}
