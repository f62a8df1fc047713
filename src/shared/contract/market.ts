import { z } from 'zod';
import { call, event } from './define.ts';
import {
  decimalText,
  intervalText,
  priceDecimals,
  purposeText,
  shortText,
  sideText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';

/** Chart data as columns of equal length; floats for drawing, never money. */
export const candleColumns = z.strictObject({
  openTime: z.instanceof(Float64Array),
  open: z.instanceof(Float64Array),
  high: z.instanceof(Float64Array),
  low: z.instanceof(Float64Array),
  close: z.instanceof(Float64Array),
  volume: z.instanceof(Float64Array),
});
export type CandleColumnsView = z.infer<typeof candleColumns>;

export const tradeMarker = z.strictObject({
  ts: unixMsNumber,
  side: sideText,
  purpose: purposeText,
  price: decimalText,
  quantity: decimalText,
  agentId: z.string(),
});
export const priceLine = z.strictObject({
  kind: z.enum(['entry', 'stop', 'target']),
  price: decimalText,
  agentId: z.string(),
  /** Of the entry: a stop lies below a purchase and above a short sale. */
  side: sideText,
  /** The position is held now; false for the levels of a run that has ended. */
  open: z.boolean(),
});
export type PriceLineView = z.infer<typeof priceLine>;

export const chartView = z.strictObject({
  instrument: symbolText,
  interval: intervalText,
  source: shortText,
  columns: candleColumns,
  markers: z.array(tradeMarker),
  lines: z.array(priceLine),
  /** Decimals of the instrument's tick. */
  priceDecimals: z.int(),
  asOf: unixMsNumber,
});
export type ChartView = z.infer<typeof chartView>;

/** What is drawn: of the running market, or of a cycle. */
const drawn = {
  instrument: symbolText,
  interval: intervalText.optional(),
  limit: z.int().min(1).max(5000).default(500),
  cycle: z.int().optional(),
};

/** An indicator with its numbers, such as `ema:21`, `bollinger:20:2` or `macd:12:26:9`. What is left out is what is usual. */
export const indicatorText = z
  .string()
  .regex(/^[a-z]{2,12}(:\d{1,3}){0,3}$/, 'is no indicator such as ema:21 or macd:12:26:9');

const indicatorSeries = z.strictObject({
  id: indicatorText,
  /** Over the candles, or in a pane of its own below them. */
  place: z.enum(['overlay', 'pane']),
  /** One value for each candle; not a number where there are too few candles before it. Floats for drawing, never money. */
  lines: z.array(
    z.strictObject({
      name: z.string().max(20),
      style: z.enum(['line', 'bars']),
      values: z.instanceof(Float64Array),
    }),
  ),
});

const indicatorsView = z.strictObject({
  instrument: symbolText,
  interval: intervalText,
  openTime: z.instanceof(Float64Array),
  series: z.array(indicatorSeries),
  asOf: unixMsNumber,
});

/** What the analyst reads in the candles that are drawn. */
export const readingView = z.strictObject({
  instrument: symbolText,
  interval: intervalText,
  /** What kind of market it was, judged by rules on the candles known at that time; from one judgement to the next. */
  bands: z.array(
    z.strictObject({
      from: unixMsNumber,
      to: unixMsNumber,
      regime: z.string().max(20),
      confidence: z.number(),
    }),
  ),
  /** Candles from one judgement to the next. */
  judgedEvery: z.int(),
  /** Newest first. */
  patterns: z.array(
    z.strictObject({
      name: z.string().max(40),
      label: z.string().max(80),
      kind: z.enum(['candle', 'chart']),
      direction: z.enum(['bullish', 'bearish', 'neutral']),
      /** Open of the candle with whose close it was complete. */
      openTime: unixMsNumber,
      knownAt: unixMsNumber,
    }),
  ),
  asOf: unixMsNumber,
});
export type ReadingView = z.infer<typeof readingView>;

const level = z.strictObject({ price: z.number(), quantity: z.number() });

/** The order book and the newest trades where there are any. Floats for the eye, never money. */
export const depthView = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), why: z.enum(['simulated', 'recorded', 'ended']) }),
  z.strictObject({
    kind: z.literal('book'),
    venue: z.string(),
    priceDecimals,
    /** Best first. */
    bids: z.array(level),
    asks: z.array(level),
    /** When the book came; null before the first one. */
    at: unixMsNumber.nullable(),
    /** Why it must not be traded on; null while it is good. */
    trouble: z.string().nullable(),
    /** Newest first. */
    trades: z.array(z.strictObject({ price: z.number(), quantity: z.number(), side: sideText, at: unixMsNumber })),
    asOf: unixMsNumber,
  }),
]);
export type DepthView = z.infer<typeof depthView>;

export const quoteView = z.strictObject({
  symbol: symbolText,
  /** Close of the newest candle of a minute; null before the first. */
  last: decimalText.nullable(),
  priceDecimals: z.int(),
  /** Against the close of 24 hours before, as a share; null when that is not known. */
  change: z.number().nullable(),
  /** When the newest candle closed. */
  at: unixMsNumber.nullable(),
  asOf: unixMsNumber,
});
export type QuoteView = z.infer<typeof quoteView>;

export const instrumentView = z.strictObject({
  symbol: symbolText,
  venue: z.string(),
  tickSize: decimalText,
  lotSize: decimalText,
  minNotional: decimalText,
});

export const marketContract = {
  'market.chart': call(
    'view',
    z.strictObject({
      ...drawn,
      /** Only candles that opened before it: the page that comes before one that is known. Empty where the market begins. */
      before: unixMsNumber.optional(),
    }),
    chartView,
  ),
  /** Computed by the engine on closed candles, with candles before the first one drawn to warm up on. */
  'market.indicators': call(
    'view',
    z.strictObject({ ...drawn, indicators: z.array(indicatorText).min(1).max(8) }),
    indicatorsView,
  ),
  'market.reading': call('view', z.strictObject(drawn), readingView),
  /** Of the running market, which is simulated, or of a cycle on live prices. */
  'market.depth': call('view', z.strictObject({ cycle: z.int().optional() }), depthView),
  /** Every instrument of the simulated market. */
  'market.quotes': call('view', z.strictObject({}), z.array(quoteView)),
  'market.instruments': call('view', z.strictObject({}), z.array(instrumentView)),
  /** Imports a CSV or CSV.gz into the store. Nothing is kept when any row is refused. */
  'market.import': call(
    'trade',
    z.strictObject({
      path: z.string().min(1).max(4096),
      instrument: symbolText,
      interval: intervalText,
      /** Replaces stored candles that differ and keeps their old values, instead of refusing the file. */
      revise: z.boolean().optional(),
    }),
    z.strictObject({
      instrument: symbolText,
      interval: intervalText,
      candles: z.int(),
      added: z.int(),
      known: z.int(),
      revised: z.int(),
      gaps: z.array(z.strictObject({ after: unixMsNumber, before: unixMsNumber, missing: z.int() })),
      firstOpen: unixMsNumber,
      lastOpen: unixMsNumber,
    }),
    600_000,
  ),
  /** A candle closed on the simulated market; at most ten a second. */
  'market.candle': event(
    'view',
    z.strictObject({
      instrument: symbolText,
      interval: intervalText,
      openTime: unixMsNumber,
      open: z.number(),
      high: z.number(),
      low: z.number(),
      close: z.number(),
      volume: z.number(),
    }),
  ),
} as const;
