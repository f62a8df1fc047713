import type { Rng } from '#core/kernel/rng.ts';
import type { Exchange } from './exchange.ts';
import { type Fixed, fixed, larger, smaller } from './fixed.ts';
import type { Market } from './market.ts';
import type { Order, Side } from './types.ts';

const MAKER = 'house-maker';
const TAKER = 'house-taker';
const LEVELS = 12;
/** Ticks between the levels, as a part of the price: about half a basis point. */
const SPACING_PARTS = 20_000n;
const PURSE = fixed('1000000000');

/** Quotes both sides around a price that wanders by a seed, and trades a little with itself, so that books and candles move. */
export type MarketMaker = {
  /** One step of the walk: new quotes and perhaps a trade. */
  step(): void;
  /** Takes the market to this price: trades through every order on the way and prints one trade at the price itself. */
  moveTo(instrument: string, price: Fixed): void;
  price(instrument: string): Fixed | undefined;
};

type Quotes = { mid: Fixed; readonly spacing: Fixed; readonly rng: Rng; orders: Order[] };

export function createMarketMaker(exchange: Exchange, rng: Rng): MarketMaker {
  const quotes = new Map<string, Quotes>();
  for (const instrument of exchange.instruments()) {
    for (const account of [MAKER, TAKER])
      for (const asset of [instrument.base, instrument.quote])
        if (exchange.accounts.balance(account, asset).free === 0n) exchange.accounts.deposit(account, asset, PURSE);
    const ticks = instrument.startPrice / instrument.tick / SPACING_PARTS;
    quotes.set(instrument.id, {
      mid: instrument.startPrice,
      spacing: (ticks < 1n ? 1n : ticks) * instrument.tick,
      rng: rng.fork(instrument.id),
      orders: [],
    });
  }

  const marketOf = (instrument: string): Market => {
    const market = exchange.market(instrument);
    if (market === undefined) throw new Error(`no such instrument: ${instrument}`);
    return market;
  };
  const limit = (market: Market, account: string, side: Side, price: Fixed, quantity: Fixed): Order | undefined => {
    const kind = 'limit';
    const result = exchange.place({ account, instrument: market.instrument.id, side, kind, price, quantity });
    return result.kind === 'accepted' ? result.order : undefined;
  };
  /** At least what the venue accepts: between `from` and about forty times as much. */
  const size = ({ instrument }: Market, price: Fixed, rng: Rng, from: bigint): Fixed => {
    const least = larger(instrument.minQuantity, (instrument.minNotional * fixed('1')) / price + instrument.step);
    const wanted = least * from * BigInt(1 + rng.integer(40));
    return smaller(wanted - (wanted % instrument.step) + instrument.step, instrument.maxQuantity);
  };

  const requote = (market: Market, own: Quotes): void => {
    const wanted = new Map<string, { readonly side: Side; readonly price: Fixed }>();
    for (let level = 1n; level <= BigInt(LEVELS); level++)
      for (const side of ['buy', 'sell'] as const) {
        const price = side === 'buy' ? own.mid - level * own.spacing : own.mid + level * own.spacing;
        if (price > 0n) wanted.set(`${side} ${price}`, { side, price });
      }
    const kept: Order[] = [];
    for (const order of own.orders) {
      if (order.status !== 'open') continue;
      const name = `${order.side} ${order.price}`;
      if (wanted.has(name) && own.rng.integer(10) > 0) {
        wanted.delete(name);
        kept.push(order);
      } else exchange.cancel(order);
    }
    for (const { side, price } of wanted.values()) {
      const order = limit(market, MAKER, side, price, size(market, price, own.rng, 50n));
      if (order !== undefined) kept.push(order);
    }
    own.orders = kept;
  };

  return {
    price: (instrument) => quotes.get(instrument)?.mid,
    step: () => {
      for (const [id, own] of quotes) {
        const market = marketOf(id);
        own.mid = larger(own.mid + BigInt(own.rng.integer(3) - 1) * own.spacing, own.spacing * BigInt(LEVELS + 1));
        requote(market, own);
        if (own.rng.integer(3) > 0) continue;
        const side = own.rng.integer(2) === 0 ? 'buy' : 'sell';
        const quantity = size(market, own.mid, own.rng, 1n);
        exchange.place({ account: TAKER, instrument: id, side, kind: 'market', quantity });
      }
    },
    moveTo: (id, price) => {
      const own = quotes.get(id);
      if (own === undefined) throw new Error(`no such instrument: ${id}`);
      const market = marketOf(id);
      const { instrument, book } = market;
      for (const order of own.orders) exchange.cancel(order);
      own.orders = [];
      own.mid = price - (price % instrument.tick);
      // Quotes first, so that a stop that is set off on the way meets a market and not an empty book.
      requote(market, own);
      // Everything that customers offer on the way is taken; what they rest at the very price is only touched, not filled.
      for (const side of ['buy', 'sell'] as const)
        for (;;) {
          const best = book.best(side)?.orders[0];
          const price = best?.price ?? own.mid;
          if (best === undefined || (side === 'buy' ? price <= own.mid : price >= own.mid)) break;
          exchange.fillResting(best, best.quantity - best.filled);
        }
      const least = size(market, own.mid, own.rng, 1n);
      requote(market, own);
      // Behind what customers have there, on their side, so that it does not take them.
      const resting = book.best('buy')?.price === own.mid ? 'buy' : 'sell';
      const offer = limit(market, MAKER, resting, own.mid, least);
      if (offer !== undefined) exchange.fillResting(offer, least);
    },
  };
}
