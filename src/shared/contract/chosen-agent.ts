import { z } from 'zod';
import { FAMILIES } from '../strategy-families.ts';
import { decimalText } from './primitives.ts';

/** An agent's id, as it is shown. */
const agentIdText = z.string().regex(/^A-[\w-]{1,38}$/, 'is not the id of an agent');

/**
 * An agent that whoever asks chooses himself. What is left out is as the parent has it, and never above what an agent may have now; without a
 * parent the family's usual value, and the most that an agent may have.
 */
export const chosenAgent = z.strictObject({
  /** Of the parent when left out. */
  family: z.enum(FAMILIES).optional(),
  /** By name; each bounded by what the family declares (`strategies.list`). */
  parameters: z.record(z.string().min(1).max(40), z.number()).default({}),
  limits: z
    .strictObject({
      /** The most that it may hold, in the asset of the account. */
      budget: decimalText.optional(),
      /** Fractions of the equity. */
      riskPerTrade: decimalText.optional(),
      dayLoss: decimalText.optional(),
      /** Candles that it may live. */
      maxBars: z.int().optional(),
    })
    .default({}),
  /** The agent that it is made after. */
  parent: agentIdText.optional(),
});
export type ChosenAgentInput = z.infer<typeof chosenAgent>;
