import { z } from 'zod';
import { fillView, orderView } from './cycle.ts';
import { call, event } from './define.ts';
import { decimalText, environmentText, shortText, symbolText, unixMsNumber } from './primitives.ts';

export const positionView = z.strictObject({
  instrument: symbolText,
  direction: z.enum(['long', 'short', 'flat']),
  quantity: decimalText,
  averagePrice: decimalText.nullable(),
  lastPrice: decimalText.nullable(),
  value: decimalText,
  unrealisedPnl: decimalText,
  realisedPnl: decimalText,
  fees: decimalText,
});
export type PositionView = z.infer<typeof positionView>;

export const portfolioView = z.strictObject({
  environment: environmentText,
  quoteAsset: z.string(),
  startingEquity: decimalText,
  cash: decimalText,
  positionValue: decimalText,
  equity: decimalText,
  peakEquity: decimalText,
  drawdownFraction: decimalText,
  realisedPnl: decimalText,
  unrealisedPnl: decimalText,
  fees: decimalText,
  /** Basis of the figures, in words: `equity minus net deposits, marked at the last close`. */
  basis: shortText,
  asOf: unixMsNumber,
  positions: z.array(positionView),
  openOrders: z.array(orderView),
  fills: z.array(fillView),
  equityCurve: z.array(z.strictObject({ ts: unixMsNumber, equity: decimalText })),
});
export type PortfolioView = z.infer<typeof portfolioView>;

export const portfolioContract = {
  'portfolio.get': call('view', z.strictObject({}), portfolioView),
  'portfolio.changed': event('view', portfolioView),
} as const;
