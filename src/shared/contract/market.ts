import { z } from 'zod';
import { call, event } from './define.ts';
import { decimalText, intervalText, purposeText, shortText, sideText, symbolText, unixMsNumber } from './primitives.ts';

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
});

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
      instrument: symbolText,
      interval: intervalText.optional(),
      limit: z.int().min(1).max(5000).default(500),
      cycle: z.int().optional(),
    }),
    chartView,
  ),
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
