import { z } from 'zod';
import { call } from './define.ts';
import { intervalText, shortText, symbolText, unixMsNumber } from './primitives.ts';

const filePath = z.string().min(1).max(4096);
const rate = z.number().min(0).max(1);
const count = z.int().min(0);
/** Below the whole, so that no fee or spread eats more than there is. */
const bpsText = z.string().regex(/^\d{1,4}(\.\d{1,8})?$/, 'not plain basis points below 10000');
const amountText = z.string().regex(/^\d{1,15}(\.\d{1,18})?$/, 'not a plain amount');
const assetText = z.string().regex(/^[A-Z0-9]{1,20}$/);

/** Candles of one market of one venue, and the taker's fee there: of a file, or what was imported from that venue. */
export const arbitrageMarket = z.strictObject({
  venue: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a venue is written in small letters, such as kraken'),
  instrument: symbolText,
  /** Left out: the imported series of this venue; `sim` is the one that came from files. */
  path: filePath.optional(),
  feeBps: bpsText.optional(),
});

/** Rates at which an order fails for reasons that no candle shows. */
const rates = z
  .strictObject({ rejected: rate.default(0.02), partial: rate.default(0.05), late: rate.default(0.02) })
  .refine(({ rejected, partial, late }) => rejected + partial + late <= 1, 'more orders fail than there are');

export const arbitrageRequest = z.strictObject({
  markets: z.array(arbitrageMarket).min(2).max(24),
  interval: intervalText.default('1m'),
  from: unixMsNumber.optional(),
  to: unixMsNumber.optional(),
  /** Of a market that names no fee of its own. */
  feeBps: bpsText.default('10'),
  halfSpreadBps: bpsText.default('2'),
  leastBps: bpsText.default('10'),
  /** Most that one trade puts in, in the asset in which its profit is counted. */
  most: amountText.default('10000'),
  volumeShare: rate.gt(0).default(0.1),
  /** Candles between seeing and acting. */
  latency: z.int().min(0).max(100).default(1),
  rates: rates.prefault({}),
  mostLossBps: bpsText.default('50'),
  patience: z.int().min(0).max(1000).default(5),
  /** Stock on each leg at the beginning, in trades of the largest size; with 0 everything stays detect-only. */
  stock: amountText.default('5'),
  seed: z.int().min(0).default(0),
  html: filePath.optional(),
  csv: filePath.optional(),
});

/** See `Sieve` of the engine: moments that passed each sieve, and what the trades came to. Sizes in parts per million. */
export const arbitrageSieve = z.strictObject({
  moments: count,
  gross: count,
  quoted: count,
  net: count,
  survived: count,
  certain: count,
  detectOnly: count,
  grossMedianPpm: z.int(),
  grossMostPpm: z.int(),
  netMostPpm: z.int(),
  parMostPpm: z.int(),
  trades: count,
  legFailures: count,
  forced: count,
  losing: count,
  open: count,
  profit: z.string(),
  losses: z.string(),
});
export type ArbitrageSieve = z.infer<typeof arbitrageSieve>;

export const arbitragePair = z.strictObject({
  pair: shortText,
  kind: z.enum(['cross-venue', 'cross-quote', 'triangular']),
  home: assetText,
  total: arbitrageSieve,
  days: z.array(arbitrageSieve.extend({ day: z.string() })),
  transfers: count,
  networkFees: z.string(),
  reasons: z.array(z.strictObject({ reason: shortText, times: count })).max(10),
});
export type ArbitragePair = z.infer<typeof arbitragePair>;

export const arbitrageView = z.strictObject({
  /** This family never sends an order: it is measured here and nowhere else. */
  mode: z.literal('detect-only'),
  family: z.strictObject({ name: shortText, summary: shortText, shouldNotTrade: z.array(shortText) }),
  from: unixMsNumber.nullable(),
  to: unixMsNumber.nullable(),
  dataHash: z.string(),
  conditions: z.array(shortText),
  notes: z.array(shortText),
  pairs: z.array(arbitragePair),
  files: z.array(z.strictObject({ path: filePath, bytes: z.int() })),
});
export type ArbitrageView = z.infer<typeof arbitrageView>;

const LOAD_MS = 600_000;

export const arbitrageContract = {
  /** Plays every pair of the given markets, and writes a report where a file is named. */
  'lab.arbitrage': call('trade', arbitrageRequest, arbitrageView, LOAD_MS),
} as const;
