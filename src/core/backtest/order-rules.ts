import type { ColumnOrder } from '../agent/column-family.ts';
import { compare, type Decimal, decimal } from '../domain/decimal.ts';
import type { Grid } from '../matching/grid.ts';

/** A venue's smallest sizes, for the limits profile `default`. */
export type QuantityRules = { readonly minLots: number; readonly minNotional: Decimal };

const isCount = (value: number | undefined): boolean => value !== undefined && Number.isSafeInteger(value) && value > 0;

/** Which prices each type needs. */
const NEEDS: Readonly<Record<ColumnOrder['type'], readonly ('limit' | 'trigger' | 'trail')[]>> = {
  market: [],
  limit: ['limit'],
  take_profit: ['limit'],
  stop: ['trigger'],
  stop_limit: ['trigger', 'limit'],
  trailing_stop: ['trail'],
};

/**
 * Why an order is refused, or undefined. What makes no sense at all throws RangeError, because it is a bug of the strategy: a quantity or
 * price that is no positive whole number, or a missing price.
 */
export function orderFault(
  order: ColumnOrder,
  held: number,
  rules: QuantityRules | undefined,
  lends = false,
): string | undefined {
  if (!isCount(order.lots))
    throw new RangeError(`an order of ${order.lots} lots: quantities are whole lots above zero`);
  for (const field of NEEDS[order.type])
    if (!isCount(order[field]))
      throw new RangeError(`a ${order.type} order with ${field} ${order[field]}: prices are whole ticks above zero`);
  if (order.trigger !== undefined && !isCount(order.trigger))
    throw new RangeError(`a trigger of ${order.trigger} ticks`);
  const reduces = lends ? order.reduceOnly === true : order.side === 'sell';
  if (reduces && (order.side === 'sell' ? held <= 0 : held >= 0)) return 'nothing is held';
  if (rules !== undefined && !reduces && order.lots < rules.minLots) return 'below the least quantity';
  return undefined;
}

/** True when a purchase is worth less than the venue takes. Sales are let through: dust that is left may always be sold. */
export const isTooSmall = (grid: Grid, ticks: number, lots: number, { minNotional }: QuantityRules): boolean =>
  compare(decimal(grid.amount(ticks, lots), grid.moneyScale), minNotional) < 0;
