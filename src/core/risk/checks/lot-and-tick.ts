import { compare, type Decimal, formatDecimal, isMultipleOf, isPositive } from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/**
 * The shape a venue accepts: quantity in lots, prices in ticks, a price exactly where the type needs one. It judges the
 * very numbers that will be sent and alters none. The minimum quantity binds new risk only: whether dust can be sold
 * is for the venue to say.
 */
export const lotAndTick: RiskCheck = {
  name: 'lot-and-tick',
  refuse(order, { instrument }) {
    const { quantity, type, price, limitPrice, trail, stop, target } = order;
    if (!isPositive(quantity)) return 'the quantity must be positive';
    if (!isMultipleOf(quantity, instrument.lotSize))
      return `quantity ${formatDecimal(quantity)} is not a multiple of the lot ${formatDecimal(instrument.lotSize)}`;
    if (!onlyReduces(order) && compare(quantity, instrument.minQuantity) < 0)
      return `quantity ${formatDecimal(quantity)} is below the minimum ${formatDecimal(instrument.minQuantity)}`;
    if (type === 'market' && price !== undefined) return 'a market order carries no price';
    if (type !== 'market' && price === undefined) return `a ${type} order needs a price`;
    if ((type === 'stop_limit') !== (limitPrice !== undefined))
      return 'a stop-limit order, and no other, has a limit price';
    if ((type === 'trailing_stop') !== (trail !== undefined)) return 'a trailing stop, and no other, has a distance';
    const prices: readonly (readonly [string, Decimal | undefined])[] = [
      ['price', price],
      ['limit price', limitPrice],
      ['distance', trail],
      ['stop', stop],
      ['target', target],
    ];
    const off = prices.find(
      ([, value]) => value !== undefined && !(isPositive(value) && isMultipleOf(value, instrument.tickSize)),
    );
    return off === undefined
      ? undefined
      : `the ${off[0]} is not a positive multiple of the tick ${formatDecimal(instrument.tickSize)}`;
  },
};
