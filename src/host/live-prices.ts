import { createSteadyClock, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { openLiveMarket } from '#adapters/venue-ccxt/open-live-market.ts';
import type { Clock } from '#core/kernel/clock.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';

/** A venue, or its stand-in on this machine. */
export type VenueReach = { readonly venue: string; readonly url?: string | undefined };

/** Where live prices come from, and the time that goes with them. No keys: prices are public, and nothing here can send an order. */
export type LivePrices = {
  /** The machine's clock. */
  readonly clock: Clock;
  /** Never jumps; for waits. */
  readonly steady: Clock;
  /** Throws Fault when the venue is not one that is known, or the address not one of this machine. */
  open(reach: VenueReach): Promise<LiveMarket>;
};

export function livePrices(): LivePrices {
  const clocks = { wall: createSystemClock(), steady: createSteadyClock() };
  return {
    clock: clocks.wall,
    steady: clocks.steady,
    open: ({ venue, url }) =>
      openLiveMarket({ id: venue, clocks, chance: Math.random, ...(url === undefined ? {} : { url }) }),
  };
}
