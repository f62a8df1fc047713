import { compare, type Decimal, parseDecimal, plainText } from '../domain/decimal.ts';

/** Tells when a price reaches a level. `market`: `simulated`, or ccxt's id of the venue whose prices are meant. */
export type PriceAlert = {
  readonly id: string;
  readonly symbol: string;
  readonly market: string;
  readonly side: 'above' | 'below';
  readonly level: string;
  /** Gone once it was told; otherwise told again whenever the price comes back to the level from the other side. */
  readonly once: boolean;
};

/** What of a closed candle decides. */
export type SeenPrices = {
  readonly market: string;
  readonly symbol: string;
  readonly high: number;
  readonly low: number;
  readonly close: number;
};

export type PriceWatch = {
  set(alert: PriceAlert): void;
  remove(id: string): boolean;
  /** As if it had been told: it speaks again when the price has been on the other side. */
  rest(id: string): void;
  /** The price has been on the other side since. */
  arm(id: string): void;
  list(): readonly PriceAlert[];
  /** What a candle does. Nothing changes by the look itself: the caller writes it down first, then calls `rest`, `remove` or `arm`. */
  look(seen: SeenPrices): PriceLook;
};

export type PriceLook = {
  /** Each with the price that did it. */
  readonly reached: readonly { readonly alert: PriceAlert; readonly price: string }[];
  /** Those that were told before and are back on their side of the level: from here on it may reach it again. */
  readonly back: readonly PriceAlert[];
};

type Watched = { readonly alert: PriceAlert; readonly level: Decimal; armed: boolean };

/** Compares closed candles with the levels; exact, because a level is money. */
export function createPriceWatch(): PriceWatch {
  const watched = new Map<string, Watched>();
  const turn = (id: string, armed: boolean): void => {
    const found = watched.get(id);
    if (found !== undefined) found.armed = armed;
  };
  return {
    set: (alert) => void watched.set(alert.id, { alert, level: parseDecimal(alert.level), armed: true }),
    remove: (id) => watched.delete(id),
    rest: (id) => turn(id, false),
    arm: (id) => turn(id, true),
    list: () => [...watched.values()].map(({ alert }) => alert),
    look({ market, symbol, high, low, close }) {
      const reached: { readonly alert: PriceAlert; readonly price: string }[] = [];
      const back: PriceAlert[] = [];
      for (const { alert, level, armed } of watched.values()) {
        if (alert.market !== market || alert.symbol !== symbol) continue;
        const sign = alert.side === 'above' ? 1 : -1;
        const price = plainText(alert.side === 'above' ? high : low);
        if (armed && compare(parseDecimal(price), level) * sign >= 0) reached.push({ alert, price });
        else if (!armed && compare(parseDecimal(plainText(close)), level) * sign < 0) back.push(alert);
      }
      return { reached, back };
    },
  };
}
