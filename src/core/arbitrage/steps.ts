import { type Decimal, divide, ONE, quantize, type RoundingMode } from '../domain/decimal.ts';

/** The value as whole steps, with no more decimals than the step has: amounts that are made from amounts must not grow digits for ever. */
export const inSteps = (value: Decimal, step: Decimal, mode: RoundingMode): Decimal =>
  divide(quantize(value, step, mode), ONE, step.scale, 'down');
