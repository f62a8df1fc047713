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
  list(): readonly PriceAlert[];
  /** Which alerts a candle reaches, each with the price that did. The caller writes it down before anybody is told. */
  reached(seen: SeenPrices): readonly { readonly alert: PriceAlert; readonly price: string }[];
};

type Watched = { readonly alert: PriceAlert; readonly level: Decimal; armed: boolean };

/** Compares closed candles with the levels; exact, because a level is money. */
export function createPriceWatch(): PriceWatch {
  const watched = new Map<string, Watched>();
  return {
    set: (alert) => void watched.set(alert.id, { alert, level: parseDecimal(alert.level), armed: true }),
    remove: (id) => watched.delete(id),
    rest(id) {
      const found = watched.get(id);
      if (found !== undefined) found.armed = false;
    },
    list: () => [...watched.values()].map(({ alert }) => alert),
    reached({ market, symbol, high, low, close }) {
      return [...watched.values()].flatMap((one) => {
        const { alert, level } = one;
        if (alert.market !== market || alert.symbol !== symbol) return [];
        const sign = alert.side === 'above' ? 1 : -1;
        const extreme = parseDecimal(plainText(alert.side === 'above' ? high : low));
        if (one.armed && compare(extreme, level) * sign >= 0) {
          one.armed = false;
          return [{ alert, price: plainText(alert.side === 'above' ? high : low) }];
        }
        // Back on its side of the level: from here on it may reach it again.
        if (compare(parseDecimal(plainText(close)), level) * sign < 0) one.armed = true;
        return [];
      });
    },
  };
}
