import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { symbolText } from '../contract/primitives.ts';
import { command } from './command.ts';
import { amountArg, FORM, feeArg, intervalArg, momentArg, option, pathArg, repeated, seedArg } from './fields.ts';
import { countArg, LAB_FORM } from './lab-fields.ts';

const ARBITRAGE_FORM = {
  data: 'write VENUE:BASE/QUOTE=FILE, once for each market, for instance kraken:BTC/USD=kraken-btc-usd-1m.csv.gz',
  fee: 'write VENUE=BPS, once for each venue, for instance --fee kraken=26',
  rate: 'a share from 0 to 1, for instance 0.02',
} as const;

type Market = { readonly venue: string; readonly instrument: string; readonly path: string };

function marketOf(text: string): Market | string {
  const [, venue, name = '', path] = /^([^:=]+):([^=]+)=(.+)$/.exec(text) ?? [];
  if (venue === undefined || path === undefined) return `${JSON.stringify(text)} names no venue, market and file`;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(venue)) return `${JSON.stringify(venue)} is no venue in small letters`;
  const instrument = symbolText.safeParse(name.toUpperCase());
  return instrument.success ? { venue, instrument: instrument.data, path } : `${JSON.stringify(name)} is no market`;
}

const marketsArg = () =>
  z
    .array(z.string())
    .default([])
    .transform((texts, context) => {
      const markets = texts.map(marketOf);
      for (const market of markets) if (typeof market === 'string') context.addIssue(market);
      if (texts.length < 2) context.addIssue('names fewer than two markets');
      return markets.filter((market) => typeof market !== 'string');
    });

const BPS = /^\d{1,4}(\.\d{1,8})?$/;

const feesArg = () =>
  z
    .array(z.string())
    .default([])
    .transform((texts, context) => {
      const fees = new Map<string, string>();
      for (const text of texts) {
        const [venue = '', bps = ''] = text.split('=');
        if (!BPS.test(bps) || venue === '' || fees.has(venue))
          context.addIssue(`${JSON.stringify(text)} is no fee of a venue that has none yet`);
        else fees.set(venue, bps);
      }
      return Object.fromEntries(fees);
    });

const rateArg = () =>
  z
    .string()
    .regex(/^[01](\.\d{1,6})?$/, 'is not a share')
    .transform(Number)
    .pipe(z.number().max(1, 'is above 1'));

const labArbitrage = command({
  id: 'lab.arbitrage',
  words: ['lab', 'arbitrage'],
  summary: 'Find spreads between venues and quotes, and measure what survives costs and failing legs',
  detail:
    'Two markets of one pair, or two quotes of one asset and the market between them. Detect-only: nothing is ever ordered. Each ' +
    'figure stands beside the conditions under which it was measured.',
  risk: 'read',
  args: z.strictObject({
    data: repeated(marketsArg(), 'VENUE:BASE/QUOTE=FILE', 'candles of one market of one venue', ARBITRAGE_FORM.data),
    interval: option(
      intervalArg().optional(),
      'INTERVAL',
      'candle length of all of them; 1m when left out',
      FORM.interval,
    ),
    from: option(momentArg().optional(), 'MOMENT', 'look from here on (UTC)', FORM.moment),
    to: option(momentArg().optional(), 'MOMENT', 'look up to here (UTC)', FORM.moment),
    fee: repeated(feesArg(), 'VENUE=BPS', 'taker fee of a venue; 10 when left out', ARBITRAGE_FORM.fee),
    halfSpread: option(
      feeArg().optional(),
      'BPS',
      'half of the distance between bid and ask; 2 when left out',
      FORM.fee,
    ),
    leastProfit: option(feeArg().optional(), 'BPS', 'least profit after fees; 10 when left out', FORM.fee),
    most: option(
      amountArg().optional(),
      'AMOUNT',
      'most in one trade, in the asset of its profit; 10000 when left out',
      FORM.amount,
    ),
    share: option(
      rateArg().optional(),
      'SHARE',
      "of a candle's volume that a trade may take; 0.1 when left out",
      ARBITRAGE_FORM.rate,
    ),
    latency: option(
      countArg(0, 100).optional(),
      'N',
      'candles between seeing and acting; 1 when left out',
      LAB_FORM.count,
    ),
    rejected: option(
      rateArg().optional(),
      'RATE',
      'of the orders that are rejected; 0.02 when left out',
      ARBITRAGE_FORM.rate,
    ),
    partial: option(rateArg().optional(), 'RATE', 'that fill in part; 0.05 when left out', ARBITRAGE_FORM.rate),
    late: option(rateArg().optional(), 'RATE', 'that answer late; 0.02 when left out', ARBITRAGE_FORM.rate),
    stock: option(
      countArg(0, 1_000_000).optional(),
      'N',
      'trades for which each leg is funded; 5 when left out',
      LAB_FORM.count,
    ),
    seed: option(seedArg().optional(), 'N', 'seed of everything that is chance', FORM.seed),
    html: option(pathArg().optional(), 'FILE', 'report with charts', FORM.path),
    csv: option(pathArg().optional(), 'FILE', 'each pair and day as a table', FORM.path),
  }),
  examples: ['mt lab arbitrage --data kraken:BTC/USD=a.csv.gz --data binanceus:BTC/USD=b.csv.gz --fee kraken=26'],
  output: appContract['lab.arbitrage'].output,
});

export const arbitrageCommands = [labArbitrage] as const;
