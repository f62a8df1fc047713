import { z } from 'zod';
import { call } from './define.ts';
import { decimalText, nothing, sideText, symbolText } from './primitives.ts';

/** Weights of what is held by hand on the simulated account, as fractions; what they leave is cash. */
export const portfolioTargets = z.strictObject({
  weights: z.record(symbolText, decimalText),
  /** Share of the whole by which a weight may be off before it is traded. */
  band: decimalText,
  minNotional: decimalText,
  /** How far below its price a purchase is given up. */
  stop: decimalText,
});

export const rebalanceView = z.strictObject({
  preview: z.boolean(),
  /** Holdings by hand and the cash that may be spent. */
  total: decimalText,
  trades: z.array(
    z.strictObject({
      instrument: symbolText,
      side: sideText,
      quantity: decimalText,
      why: z.string(),
      outcome: z.enum(['planned', 'sent', 'refused']),
      detail: z.string(),
    }),
  ),
  /** What is off and was left, or put right in part only. */
  left: z.array(z.strictObject({ instrument: symbolText, why: z.string() })),
});
export type RebalanceView = z.infer<typeof rebalanceView>;

export const targetsAnswer = z.strictObject({ targets: portfolioTargets.nullable() });

export const rebalanceContract = {
  'portfolio.targets': call('view', nothing, targetsAnswer),
  'portfolio.set_targets': call(
    'trade',
    portfolioTargets.extend({ reason: z.string().trim().min(1).max(200) }),
    targetsAnswer,
  ),
  /** Through the same gate, execution and journal as orders by hand. */
  'portfolio.rebalance': call('trade', z.strictObject({ preview: z.boolean() }), rebalanceView, 60_000),
} as const;
