import { z } from 'zod';
import { createRng } from '#core/kernel/rng.ts';
import { createVenueClock, type VenueClock } from './clock.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { createFaultInjector, type FaultInjector, faultRuleSchema } from './faults.ts';
import type { FeeRules } from './fees.ts';
import { fixed } from './fixed.ts';
import { type ApiKey, type ApiKeys, apiKeySchema, createApiKeys } from './keys.ts';
import { createMarketMaker, type MarketMaker } from './market-maker.ts';
import type { SelfTrade } from './matching.ts';
import { createTape, type Tape } from './tape.ts';
import type { Instrument } from './types.ts';

const amount = z.string().regex(/^\d+(\.\d{1,8})?$/);

/** What the process is started with; everything has a default. */
export const venueOptionsSchema = z.strictObject({
  venue: z.enum(['binance', 'kraken']),
  seed: z.int().nonnegative().default(1),
  /** Pause between two moves of the market; zero: it stands still unless a test moves it. */
  marketIntervalMs: z.int().nonnegative().default(200),
  skewMs: z.int().default(0),
  /** `venue`: the venue's own rate limits. */
  limits: z.enum(['off', 'venue']).default('off'),
  keys: z.array(apiKeySchema).optional(),
  /** Account -> asset -> amount; added to nothing, so it replaces the default riches of `master`. */
  balances: z.record(z.string(), z.record(z.string(), amount)).optional(),
  faults: z.array(faultRuleSchema).default([]),
  port: z.int().min(0).max(65_535).default(0),
  adminPort: z.int().min(0).max(65_535).default(0),
});
export type VenueOptions = z.infer<typeof venueOptionsSchema>;

/** What makes one venue differ from the other below its protocol. */
export type VenueRules = {
  readonly instruments: readonly Instrument[];
  readonly fees: FeeRules;
  readonly selfTrade: SelfTrade;
  readonly maxOpenOrders: number;
  readonly defaultKey: ApiKey;
  readonly defaultBalances: Readonly<Record<string, string>>;
};

/** Everything behind a venue's protocol, ready to be spoken to. */
export type Venue = {
  readonly options: VenueOptions;
  readonly clock: VenueClock;
  readonly exchange: Exchange;
  readonly maker: MarketMaker;
  readonly tape: Tape;
  readonly faults: FaultInjector;
  readonly keys: ApiKeys;
  /** Requests by name since the start: `POST /api/v3/order` -> 4. */
  readonly requests: Record<string, number>;
  /** True while the venue answers nothing but that it is being maintained. */
  maintenance: boolean;
};

export function createVenue(options: VenueOptions, rules: VenueRules): Venue {
  const rng = createRng(options.seed);
  const clock = createVenueClock(options.skewMs);
  const exchange = createExchange({ ...rules, now: clock.now });
  const balances = options.balances ?? { [rules.defaultKey.account]: rules.defaultBalances };
  for (const [account, assets] of Object.entries(balances))
    for (const [asset, text] of Object.entries(assets)) exchange.accounts.deposit(account, asset, fixed(text));
  const tape = createTape(exchange, options.seed);
  const maker = createMarketMaker(exchange, rng.fork('market maker'));
  const faults = createFaultInjector(rng.fork('faults'));
  faults.replace(options.faults);
  // A book to trade against from the first request on.
  for (let step = 0; step < 3; step++) maker.step();
  const keys = createApiKeys(options.keys ?? [rules.defaultKey]);
  return { options, clock, exchange, maker, tape, faults, keys, requests: {}, maintenance: false };
}
