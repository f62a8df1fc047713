import { z } from 'zod';
import { call } from './define.ts';
import { decimalText, nothing, shortText, unixMsNumber } from './primitives.ts';

/** The locked profit of the simulated account: money that no entry may spend and nothing is sized from. */
export const profitView = z.strictObject({
  asset: z.string(),
  /** Share of each new profit that is locked, from 0 to 1, and the least new profit that is looked at. */
  share: decimalText,
  threshold: decimalText,
  locked: decimalText,
  /** Closed results minus all costs, since the account was opened. */
  realised: decimalText,
  /** Profit up to here is not new. */
  highWater: decimalText,
  equity: decimalText,
  /** What is left of the equity to size from. */
  atWork: decimalText,
});
export type ProfitView = z.infer<typeof profitView>;

export const portfolioEvent = z.strictObject({
  seq: z.int(),
  at: unixMsNumber,
  kind: z.string(),
  what: z.string(),
  why: z.string(),
});
export type PortfolioEvent = z.infer<typeof portfolioEvent>;

const reason = z.string().trim().min(1).max(200);

export const profitContract = {
  'portfolio.profit': call('view', nothing, profitView),
  /** Locking less than before needs a reason. What is left out stays as it is. */
  'portfolio.set_profit_lock': call(
    'trade',
    z.strictObject({
      share: decimalText.optional(),
      threshold: decimalText.optional(),
      reason: shortText.optional(),
    }),
    profitView,
  ),
  /** Lets locked profit be risked again. All of it without an amount. */
  'portfolio.release_profit': call(
    'admin',
    z.strictObject({ amount: decimalText.optional(), reason }),
    profitView.extend({ released: decimalText }),
  ),
  /** What was done with the portfolio and why, newest first. */
  'portfolio.log': call(
    'view',
    z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
    z.array(portfolioEvent),
  ),
} as const;
