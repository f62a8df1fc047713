import { z } from 'zod';
import { decimalText } from './primitives.ts';

/** What it puts at stake, as planned; a gap in the price may cost more. Fractions of the equity. */
export const impactView = z.strictObject({
  asset: z.string().max(20),
  equity: decimalText,
  exposure: decimalText,
  exposureFraction: decimalText,
  worstTrade: decimalText,
  worstTradeFraction: decimalText,
  worstDay: decimalText,
  worstDayFraction: decimalText,
  drawdown: decimalText,
  drawdownAfter: decimalText,
  drawdownBudget: decimalText,
});
