import { z } from 'zod';
import { call } from './define.ts';
import { figureView } from './figure-view.ts';
import { decimalText, environmentText, shortText, unixMsNumber } from './primitives.ts';

/** The result of an account, from the one function that computes it. `total` = equity - netDeposits = realised + unrealised - fees. */
export const profitAndLossView = z.strictObject({
  equity: decimalText,
  netDeposits: decimalText,
  total: decimalText,
  realised: decimalText,
  unrealised: decimalText,
  fees: decimalText,
  /** When the account was opened: from then on `total` counts. */
  since: unixMsNumber,
});
export type ProfitAndLossView = z.infer<typeof profitAndLossView>;

const periodResult = z.strictObject({ start: unixMsNumber, result: decimalText, trades: z.int(), won: z.int() });
export type PeriodResultView = z.infer<typeof periodResult>;

const groupView = z.strictObject({
  /** An agent, a regime, an instrument or a family; `by hand` for the master's own orders. */
  key: shortText,
  result: decimalText,
  trades: z.int(),
  winRate: figureView,
  expectancyR: figureView,
});
export type GroupView = z.infer<typeof groupView>;

const bin = z.strictObject({ from: z.number(), to: z.number(), count: z.int() });
export type BinView = z.infer<typeof bin>;

export const performanceAccount = z.strictObject({ name: shortText, environment: environmentText });

/** One trade: a position from its first fill until nothing of it is held. */
const tradeView = z.strictObject({
  agentId: z.string().nullable(),
  instrument: shortText,
  direction: z.enum(['long', 'short']),
  entryTime: unixMsNumber,
  exitTime: unixMsNumber,
  quantity: decimalText,
  fees: decimalText,
  net: decimalText,
  r: z.number().nullable(),
});

export const performanceView = z.strictObject({
  account: performanceAccount,
  accounts: z.array(performanceAccount),
  quoteAsset: z.string(),
  /** Since the opening, whatever stretch of time is looked at. */
  pnl: profitAndLossView,
  since: unixMsNumber,
  until: unixMsNumber,
  /** In the time that is looked at; periods and groups add up to it. */
  result: decimalText,
  fees: decimalText,
  basis: shortText,
  curve: z.strictObject({
    time: z.array(unixMsNumber),
    equity: z.array(z.number()),
    depth: z.array(z.number()),
  }),
  days: z.array(periodResult),
  weeks: z.array(periodResult),
  months: z.array(periodResult),
  by: z.strictObject({
    agent: z.array(groupView),
    regime: z.array(groupView),
    symbol: z.array(groupView),
    family: z.array(groupView),
  }),
  figures: z.strictObject({
    trades: z.int(),
    won: z.int(),
    winRate: figureView,
    expectancyR: figureView,
    expectancyMoney: figureView,
    profitFactor: figureView,
    payoffRatio: figureView,
    longestLosingStreak: figureView,
    maxDrawdown: figureView,
    yearlyReturn: figureView,
    sharpe: figureView,
    wholeDays: z.int(),
  }),
  distribution: z.strictObject({ r: z.array(bin), money: z.array(bin) }),
  /** Newest first. */
  trades: z.array(tradeView),
  /** Of a shadow account: orders compared with the venue's book, and by how much it was worse on average. */
  shadow: z.strictObject({ compared: z.int(), averageSlippageBps: decimalText.nullable() }).nullable(),
  /** What holding each instrument would have brought, from recorded prices. */
  hold: z.array(z.strictObject({ instrument: shortText, from: decimalText, to: decimalText, return: z.number() })),
});
export type PerformanceView = z.infer<typeof performanceView>;

const targetView = z.strictObject({
  id: z.enum(['wins', 'accuracy', 'yearly-return', 'drawdown', 'uptime']),
  subject: shortText,
  goal: z.union([z.strictObject({ least: z.number() }), z.strictObject({ most: z.number() })]),
  measured: figureView,
  state: z.enum(['met', 'not met', 'not enough data']),
  rule: shortText,
});
export type TargetView = z.infer<typeof targetView>;

export const targetsView = z.strictObject({
  account: performanceAccount,
  asOf: unixMsNumber,
  basis: shortText,
  targets: z.array(targetView),
});
export type TargetsView = z.infer<typeof targetsView>;

const accountName = z.string().min(1).max(200);

export const performanceContract = {
  /** `days`: how far back, on the clock of the account; all of its time when left out. */
  'performance.get': call(
    'view',
    z.strictObject({
      account: accountName.default('simulated'),
      days: z.int().min(1).max(3_650).nullable().default(null),
    }),
    performanceView,
  ),
  'performance.targets': call('view', z.strictObject({ account: accountName.default('simulated') }), targetsView),
} as const;
