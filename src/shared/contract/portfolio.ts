import { z } from 'zod';
import { fillView, orderView } from './cycle.ts';
import { call, event } from './define.ts';
import { accountText, SIMULATED_ACCOUNT } from './orders.ts';
import { profitAndLossView } from './performance.ts';
import { decimalText, environmentText, priceDecimals, shortText, symbolText, unixMsNumber } from './primitives.ts';

export const positionView = z.strictObject({
  instrument: symbolText,
  direction: z.enum(['long', 'short', 'flat']),
  quantity: decimalText,
  averagePrice: decimalText.nullable(),
  lastPrice: decimalText.nullable(),
  priceDecimals,
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
  /** From the one function that computes a result; every face shows its total. */
  pnl: profitAndLossView,
  /** Basis of the figures, in words: `equity minus net deposits, marked at the last close`. */
  basis: shortText,
  asOf: unixMsNumber,
  positions: z.array(positionView),
  openOrders: z.array(orderView),
  fills: z.array(fillView),
  equityCurve: z.array(z.strictObject({ ts: unixMsNumber, equity: decimalText })),
});
export type PortfolioView = z.infer<typeof portfolioView>;

export const PORTFOLIO_FILES = ['fills', 'orders', 'positions'] as const;

/** A table of the portfolio as CSV (RFC 4180): UTC times, exact decimals, an ASCII minus. */
export const portfolioFile = z.strictObject({
  what: z.enum(PORTFOLIO_FILES),
  environment: environmentText,
  rows: z.int(),
  name: z.string().max(120),
  csv: z.string(),
});
export type PortfolioFile = z.infer<typeof portfolioFile>;

export const portfolioContract = {
  'portfolio.get': call('view', z.strictObject({}), portfolioView),
  /** Everything of the standing account, or what was traded by hand on an account at a venue; positions are those of the standing one. */
  'portfolio.export': call(
    'view',
    z.strictObject({ what: z.enum(PORTFOLIO_FILES), account: accountText.default(SIMULATED_ACCOUNT) }),
    portfolioFile,
    60_000,
  ),
  'portfolio.changed': event('view', portfolioView),
} as const;
