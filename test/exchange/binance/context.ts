import { createWindowCounter, type WindowCounter } from '../core/rate-limits.ts';
import type { Venue } from '../core/venue.ts';

/** The venue with what binance counts per address and per account. */
export type BinanceContext = {
  readonly venue: Venue;
  readonly weight: WindowCounter;
  ordersInTenSeconds(account: string): WindowCounter;
  ordersInDay(account: string): WindowCounter;
  /** Venue time until which the address is banned; zero when it is not. */
  bannedUntil: number;
};

export function createBinanceContext(venue: Venue): BinanceContext {
  const now = venue.clock.now;
  const counters = new Map<string, WindowCounter>();
  const counter = (account: string, windowMs: number): WindowCounter => {
    const name = `${account} ${windowMs}`;
    const known = counters.get(name) ?? createWindowCounter(now, windowMs);
    counters.set(name, known);
    return known;
  };
  return {
    venue,
    weight: createWindowCounter(now, 60_000),
    ordersInTenSeconds: (account) => counter(account, 10_000),
    ordersInDay: (account) => counter(account, 86_400_000),
    bannedUntil: 0,
  };
}
