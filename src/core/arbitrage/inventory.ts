import { add, type Decimal, formatDecimal, isNegative, isZero, ZERO } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';

/** What changed a balance. `transit` is what left one venue and has not arrived at another. */
export type Cause = 'start' | 'bought' | 'sold' | 'paid' | 'received' | 'fee' | 'sent' | 'arrived' | 'network-fee';

export type InventoryEntry = {
  readonly at: UnixMs;
  readonly venue: string;
  readonly asset: Asset;
  /** Signed. */
  readonly amount: Decimal;
  readonly cause: Cause;
};

/** Where assets are between two venues: no trade can use them there. */
export const TRANSIT = 'in transit';

export type Inventory = {
  balance(venue: string, asset: Asset): Decimal;
  /** All of an asset, on its venues and in transit. */
  total(asset: Asset): Decimal;
  /** All entries or none. Throws RangeError when a balance would fall below zero: nothing here is lent. */
  post(entries: readonly InventoryEntry[]): void;
  readonly entries: readonly InventoryEntry[];
};

const keyOf = (venue: string, asset: Asset): string => `${venue} ${asset}`;

/** Balances on each venue, put there before the first trade. Every change is an entry, so that all of it can be added up again. */
export function createInventory(start: readonly Omit<InventoryEntry, 'cause'>[]): Inventory {
  const balances = new Map<string, Decimal>();
  const entries: InventoryEntry[] = [];
  const held = (key: string): Decimal => balances.get(key) ?? ZERO;

  function post(added: readonly InventoryEntry[]): void {
    const after = new Map<string, Decimal>();
    for (const { venue, asset, amount } of added) {
      const key = keyOf(venue, asset);
      after.set(key, add(after.get(key) ?? held(key), amount));
    }
    for (const [key, amount] of after)
      if (isNegative(amount)) throw new RangeError(`${key} would be ${formatDecimal(amount)}`);
    for (const [key, amount] of after) balances.set(key, amount);
    for (const entry of added) if (!isZero(entry.amount)) entries.push(entry);
  }

  post(start.map((entry) => ({ ...entry, cause: 'start' })));
  return {
    balance: (venue, asset) => held(keyOf(venue, asset)),
    total: (asset) => {
      let total: Decimal = ZERO;
      for (const [key, amount] of balances) if (key.endsWith(` ${asset}`)) total = add(total, amount);
      return total;
    },
    post,
    entries,
  };
}
