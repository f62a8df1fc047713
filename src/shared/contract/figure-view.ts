import { z } from 'zod';
import { shortText } from './primitives.ts';

/** A statistic with what it rests on, or the reason why there is none. Never money. */
export const figureView = z.union([
  z.strictObject({
    value: z.number(),
    n: z.number(),
    interval: z
      .strictObject({ low: z.number(), high: z.number(), confidence: z.number(), method: shortText })
      .optional(),
  }),
  z.strictObject({ notEnough: z.strictObject({ have: z.number(), need: z.number(), of: shortText }) }),
  z.strictObject({ undefinable: shortText }),
]);
export type FigureView = z.infer<typeof figureView>;
