import { add, compare, type Decimal, formatDecimal, negate, subtract, ZERO } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';
import { type Inventory, TRANSIT } from './inventory.ts';

/** How an asset moves between venues. A venue's own conditions: none of them is guessed. */
export type TransferTerms = {
  /** From the request until it can be traded with on the other venue. */
  readonly takesMs: number;
  /** Kept by the network and the venue, in the asset itself. */
  readonly fee: Decimal;
  readonly least: Decimal;
  /** Most that leaves one venue in 24 hours. */
  readonly mostPerDay: Decimal;
};

export type TransferRequest = {
  readonly asset: Asset;
  readonly from: string;
  readonly to: string;
  readonly amount: Decimal;
};

export type TransferAnswer =
  | { readonly kind: 'sent'; readonly arrivesAt: UnixMs; readonly arrives: Decimal }
  | { readonly kind: 'refused'; readonly why: string };

type Pending = TransferRequest & { readonly sentAt: UnixMs; readonly arrivesAt: UnixMs; readonly arrives: Decimal };

export type Transfers = {
  /** Moves what has arrived by `now` to its venue. */
  settle(now: UnixMs): void;
  request(asked: TransferRequest, now: UnixMs): TransferAnswer;
  /** On its way to a venue. */
  underWay(to: string, asset: Asset): Decimal;
  readonly sent: number;
};

const DAY_MS = 86_400_000;

/**
 * Transfers between venues. They happen beside the trades and never inside one: what is sent is locked from the request until it arrives,
 * the network's fee is gone at once, and a venue lets out no more than its limit of a day.
 */
export function createTransfers(inventory: Inventory, termsOf: (asset: Asset) => TransferTerms): Transfers {
  const all: Pending[] = [];
  let pending: readonly Pending[] = [];

  const sentWithinADay = (from: string, asset: Asset, now: UnixMs): Decimal => {
    let total: Decimal = ZERO;
    for (const transfer of all)
      if (transfer.from === from && transfer.asset === asset && now - transfer.sentAt < DAY_MS)
        total = add(total, transfer.amount);
    return total;
  };

  function whyNot({ asset, from, to, amount }: TransferRequest, now: UnixMs): string | undefined {
    const { fee, least, mostPerDay } = termsOf(asset);
    const text = formatDecimal(amount);
    if (from === to) return `${from} can't send to itself`;
    if (compare(amount, least) < 0) return `${text} ${asset} is below the least withdrawal of ${formatDecimal(least)}`;
    if (compare(amount, fee) <= 0) return `${text} ${asset} is no more than the network's fee of ${formatDecimal(fee)}`;
    if (compare(amount, inventory.balance(from, asset)) > 0)
      return `${from} holds ${formatDecimal(inventory.balance(from, asset))} ${asset}`;
    if (compare(add(sentWithinADay(from, asset, now), amount), mostPerDay) > 0)
      return `${from} lets out ${formatDecimal(mostPerDay)} ${asset} in 24 hours`;
    return undefined;
  }

  return {
    get sent() {
      return all.length;
    },
    settle(now) {
      const arrived = pending.filter(({ arrivesAt }) => arrivesAt <= now);
      if (arrived.length === 0) return;
      pending = pending.filter(({ arrivesAt }) => arrivesAt > now);
      for (const { asset, to, arrives, arrivesAt } of arrived)
        inventory.post([
          { at: arrivesAt, venue: TRANSIT, asset, amount: negate(arrives), cause: 'arrived' },
          { at: arrivesAt, venue: to, asset, amount: arrives, cause: 'arrived' },
        ]);
    },
    request(asked, now) {
      const why = whyNot(asked, now);
      if (why !== undefined) return { kind: 'refused', why };
      const { asset, from, amount } = asked;
      const { takesMs, fee } = termsOf(asset);
      const arrives = subtract(amount, fee);
      const arrivesAt = (now + takesMs) as UnixMs;
      inventory.post([
        { at: now, venue: from, asset, amount: negate(amount), cause: 'sent' },
        { at: now, venue: TRANSIT, asset, amount, cause: 'sent' },
        { at: now, venue: TRANSIT, asset, amount: negate(fee), cause: 'network-fee' },
      ]);
      const transfer = { ...asked, sentAt: now, arrivesAt, arrives };
      all.push(transfer);
      pending = [...pending, transfer];
      return { kind: 'sent', arrivesAt, arrives };
    },
    underWay(to, asset) {
      let total: Decimal = ZERO;
      for (const transfer of pending)
        if (transfer.to === to && transfer.asset === asset) total = add(total, transfer.arrives);
      return total;
    },
  };
}
