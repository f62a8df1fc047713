import type { Accounts } from './accounts.ts';
import { brokenFilter } from './admit.ts';
import { type FeeRules, withFee } from './fees.ts';
import { type Fixed, timesUp } from './fixed.ts';
import type { Market } from './market.ts';
import type { Matching } from './matching.ts';
import { isLive } from './new-order.ts';
import type { Order, Refusal } from './types.ts';

export type AmendResult =
  | { readonly kind: 'amended' }
  | { readonly kind: 'refused'; readonly reason: Refusal | 'closed_order' | 'below_filled' };

/** Changes price or quantity of an open order in place; a smaller quantity keeps its place in the queue, everything else loses it. */
export function createAmend(accounts: Accounts, fees: FeeRules, matching: Matching) {
  return (
    market: Market,
    order: Order,
    change: { readonly price?: Fixed | undefined; readonly quantity?: Fixed | undefined },
  ): AmendResult => {
    if (!isLive(order)) return { kind: 'refused', reason: 'closed_order' };
    const price = change.price ?? order.price;
    const quantity = change.quantity ?? order.quantity;
    const filter = brokenFilter({ ...order, price, quantity }, market.instrument, market.last);
    if (filter !== undefined) return { kind: 'refused', reason: filter };
    if (quantity <= order.filled) return { kind: 'refused', reason: 'below_filled' };
    const asset = order.side === 'sell' ? market.instrument.base : market.instrument.quote;
    const rest = quantity - order.filled;
    const limit = price ?? order.triggerPrice ?? 0n;
    const needed = order.side === 'sell' ? rest : withFee(fees, timesUp(limit, rest));
    const missing = needed - order.held;
    if (missing > accounts.balance(order.account, asset).free) return { kind: 'refused', reason: 'funds' };
    if (missing > 0n) accounts.hold(order.account, asset, missing);
    else accounts.release(order.account, asset, -missing);
    order.held = needed;
    const resting = order.status === 'open';
    if (resting && price === order.price && quantity <= order.quantity) market.book.resize(order, quantity);
    else {
      if (resting) market.book.remove(order);
      order.price = price;
      order.quantity = quantity;
      if (resting) matching.reenter(market, order);
    }
    order.updatedAt = matching.now();
    matching.onOrder({ order, change: 'amended' });
    return { kind: 'amended' };
  };
}
