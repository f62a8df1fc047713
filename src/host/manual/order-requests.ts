import { sha256 } from '#adapters/digest/sha256.ts';
import type { ClientOrderId } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Placed } from '#core/manual/manual-desk.ts';

/** Requests that are remembered; a repeat comes within moments, and the id of its order tells later ones from the journal. */
const REMEMBERED = 1_000;

type Known = { readonly what: string; readonly placed: Placed };

/** Makes one order of a request that arrives more than once: a double click, Enter held down, a call repeated after a lost answer. */
export type OrderRequests = {
  /**
   * Places what `place` places, or answers with what it placed when this key came before. A refusal is not remembered: nothing was sent, and
   * the same key may be tried again. Throws Fault `usage` when the key came with another order.
   */
  once(account: string, key: string | undefined, what: unknown, place: (id?: ClientOrderId) => Placed): Placed;
};

/** A function of account and key, so that a repeat after a restart finds the order in the journal. */
const orderIdOf = (account: string, key: string): ClientOrderId =>
  `mt${sha256(`order-request\n${account}\n${key}`).slice(0, 16)}` as ClientOrderId;

export function createOrderRequests(): OrderRequests {
  const known = new Map<ClientOrderId, Known>();
  const remember = (id: ClientOrderId, one: Known): void => {
    known.set(id, one);
    const oldest = known.keys().next();
    if (known.size > REMEMBERED && oldest.done !== true) known.delete(oldest.value);
  };
  return {
    once(account, key, asked, place) {
      if (key === undefined) return place();
      const id = orderIdOf(account, key);
      const what = JSON.stringify(asked);
      const before = known.get(id);
      if (before === undefined) {
        const placed = place(id);
        remember(id, { what, placed });
        return placed;
      }
      if (before.what === what) return before.placed;
      throw new Fault(
        'usage',
        `the key ${key} belongs to another order on ${account}`,
        'take a new key for each order; nothing was sent',
      );
    },
  };
}
