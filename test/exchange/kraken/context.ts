import { createLeakyCounter, type LeakyCounter } from '../core/rate-limits.ts';
import type { Venue } from '../core/venue.ts';
import { createDeadMan, type DeadMan } from './dead-man.ts';

/** Limits of the middle tier: calls an account may make at once, and how many it gets back each second. */
const CALLS = { limit: 20, perSecond: 0.5 };
const ORDERS = { limit: 125, perSecond: 2.34 };

export type KrakenContext = {
  readonly venue: Venue;
  readonly deadMan: DeadMan;
  calls(account: string): LeakyCounter;
  /** Counted for each pair, as the matching engine does. */
  orders(account: string, instrument: string): LeakyCounter;
  /** Tokens that open private streams, with the account that each stands for. */
  readonly tokens: Map<string, string>;
};

export function createKrakenContext(venue: Venue): KrakenContext {
  const counters = new Map<string, LeakyCounter>();
  const counter = (name: string, { limit, perSecond }: typeof CALLS): LeakyCounter => {
    const known = counters.get(name) ?? createLeakyCounter(venue.clock.now, limit, perSecond);
    counters.set(name, known);
    return known;
  };
  return {
    venue,
    deadMan: createDeadMan(venue),
    calls: (account) => counter(`calls ${account}`, CALLS),
    orders: (account, instrument) => counter(`orders ${account} ${instrument}`, ORDERS),
    tokens: new Map(),
  };
}
