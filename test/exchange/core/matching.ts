import type { Accounts } from './accounts.ts';
import { available, crosses, holdFor, opposite, reached } from './admit.ts';
import { type FeeRules, withFee } from './fees.ts';
import { type Fixed, over, smaller, times } from './fixed.ts';
import type { Market } from './market.ts';
import type { Settle } from './settle.ts';
import type { Order, OrderEvent, PublicTrade } from './types.ts';

/** Which order gives way when an account would trade with itself. */
export type SelfTrade = 'maker_expires' | 'taker_cancels';

export type MatchingParts = {
  readonly accounts: Accounts;
  readonly fees: FeeRules;
  readonly selfTrade: SelfTrade;
  readonly now: () => number;
  readonly nextId: () => number;
  readonly settle: Settle;
  readonly onTrade: (trade: PublicTrade) => void;
  readonly onOrder: (event: OrderEvent) => void;
};

export type Matching = {
  /** A new or triggered order meets the book; what is left rests, waits or ends by its own terms. */
  enter(market: Market, order: Order): void;
  /** Takes an order out of the market and gives back what it held. */
  end(market: Market, order: Order, status: 'canceled' | 'expired', reason?: string): void;
  /** An order that left the book because its terms changed comes back, behind the others of its price. */
  reenter(market: Market, order: Order): void;
  fillResting(market: Market, order: Order, quantity: Fixed): void;
  /** Runs every stop that the last price has reached, and what those set off. */
  runTriggers(market: Market): void;
  readonly onOrder: (event: OrderEvent) => void;
  readonly now: () => number;
};

export function createMatching(parts: MatchingParts): Matching {
  const { accounts, fees, now } = parts;

  const end = (market: Market, order: Order, status: 'canceled' | 'expired', reason?: string): void => {
    if (order.status === 'untriggered') market.waiting.delete(order);
    else if (market.book.has(order)) market.book.remove(order);
    order.status = status;
    order.reason = reason;
    order.updatedAt = now();
    giveBack(market, order);
    parts.onOrder({ order, change: status });
  };
  const giveBack = (market: Market, order: Order): void => {
    if (order.held === 0n) return;
    const asset = order.side === 'sell' ? market.instrument.base : market.instrument.quote;
    accounts.release(order.account, asset, order.held);
    order.held = 0n;
  };

  const trade = (market: Market, taker: Order, maker: Order, quantity: Fixed): void => {
    const price = maker.price ?? 0n;
    const cost = times(price, quantity);
    const at = now();
    const tradeId = parts.nextId();
    market.last = price;
    const common = { instrument: market.instrument, tradeId, price, quantity, cost, at };
    const made = parts.settle({ ...common, order: maker, maker: true });
    market.book.reduce(maker, quantity);
    if (maker.filled === maker.quantity) finished(market, maker);
    const took = parts.settle({ ...common, order: taker, maker: false });
    if (taker.quantity > 0n && taker.filled === taker.quantity) finished(market, taker);
    const [buyer, seller] = taker.side === 'buy' ? [taker, maker] : [maker, taker];
    parts.onTrade({
      id: tradeId,
      instrument: market.instrument.id,
      price,
      quantity,
      buyOrderId: buyer.id,
      sellOrderId: seller.id,
      buyerIsMaker: taker.side === 'sell',
      limitTaker: taker.price !== undefined,
      at,
    });
    parts.onOrder({ order: maker, change: 'trade', execution: made });
    parts.onOrder({ order: taker, change: 'trade', execution: took });
  };
  const finished = (market: Market, order: Order): void => {
    order.status = 'filled';
    giveBack(market, order);
  };

  /** How much the taker may still buy or sell at this price. */
  const wanted = (market: Market, taker: Order, price: Fixed): Fixed => {
    if (taker.budget === undefined) return taker.quantity - taker.filled;
    const spent = taker.cost + (fees.takenIn === 'quote' ? taker.fee : 0n);
    const affordable = over(taker.budget - spent, withFee(fees, price));
    return affordable - (affordable % market.instrument.step);
  };

  /** True when the taker itself had to give way. */
  const metItself = (market: Market, taker: Order, maker: Order): boolean => {
    if (parts.selfTrade === 'maker_expires' || maker.account.startsWith('house')) {
      end(market, maker, 'expired', 'self trade');
      return false;
    }
    end(market, taker, 'canceled', 'self trade');
    return true;
  };

  const take = (market: Market, taker: Order): void => {
    for (;;) {
      const maker = market.book.best(opposite(taker.side))?.orders[0];
      if (maker === undefined || !crosses(taker.side, taker.price, maker.price ?? 0n)) return;
      if (maker.account === taker.account) {
        if (metItself(market, taker, maker)) return;
        continue;
      }
      const quantity = smaller(wanted(market, taker, maker.price ?? 0n), maker.quantity - maker.filled);
      if (quantity <= 0n) return;
      trade(market, taker, maker, quantity);
      if (taker.status !== 'open') return;
    }
  };

  const enter = (market: Market, order: Order): void => {
    if (order.triggerPrice !== undefined && !order.triggered) {
      market.waiting.add(order);
      parts.onOrder({ order, change: 'new' });
      return;
    }
    parts.onOrder({ order, change: order.triggered ? 'triggered' : 'new' });
    const rest = order.quantity - order.filled;
    if (order.timeInForce === 'FOK' && available(market.book, order.side, order.price, rest).quantity < rest) {
      end(market, order, 'expired', 'fill or kill');
      return;
    }
    take(market, order);
    if (order.status !== 'open') return;
    if (order.budget !== undefined && order.filled > 0n) {
      // A buy by cost is done when less than a step is left of its budget.
      order.quantity = order.filled;
      finished(market, order);
    } else if (order.price === undefined || order.timeInForce !== 'GTC')
      end(market, order, 'expired', 'no more liquidity');
    else market.book.add(order);
  };

  const runTriggers = (market: Market): void => {
    for (;;) {
      const order = [...market.waiting].find((waiting) =>
        reached(waiting.kind, waiting.side, waiting.triggerPrice ?? 0n, market.last),
      );
      if (order === undefined) return;
      market.waiting.delete(order);
      order.triggered = true;
      order.status = 'open';
      order.updatedAt = now();
      if (order.price === undefined && order.side === 'buy' && !coverMarketBuy(market, order)) continue;
      enter(market, order);
    }
  };
  /** A stop that buys at any price may need more than it set aside at its trigger price. */
  const coverMarketBuy = (market: Market, order: Order): boolean => {
    const needed = holdFor({ ...order, triggerPrice: undefined }, market.book, fees);
    const missing = needed - order.held;
    if (missing <= 0n) return true;
    if (accounts.balance(order.account, market.instrument.quote).free < missing) {
      end(market, order, 'expired', 'insufficient funds when triggered');
      return false;
    }
    accounts.hold(order.account, market.instrument.quote, missing);
    order.held += missing;
    return true;
  };

  return {
    enter,
    end,
    runTriggers,
    onOrder: parts.onOrder,
    now,
    reenter: (market, order) => {
      take(market, order);
      if (order.status === 'open') market.book.add(order);
    },
    fillResting: (market, order, quantity) => {
      if (!market.book.has(order)) return;
      const filled = smaller(quantity, order.quantity - order.filled);
      if (filled <= 0n) return;
      trade(market, houseTaker(market, order, filled), order, filled);
    },
  };

  function houseTaker(market: Market, maker: Order, quantity: Fixed): Order {
    const side = opposite(maker.side);
    const cost = times(maker.price ?? 0n, quantity);
    const held = side === 'sell' ? quantity : cost;
    accounts.hold('house-taker', side === 'sell' ? market.instrument.base : market.instrument.quote, held);
    return {
      ...maker,
      id: parts.nextId(),
      account: 'house-taker',
      side,
      kind: 'limit',
      quantity,
      filled: 0n,
      cost: 0n,
      fee: 0n,
      held,
      status: 'open',
      executions: [],
    };
  }
}
