import { compare, formatDecimal } from '../../domain/decimal.ts';
import type { RiskCheck } from '../types.ts';

/**
 * A stop that takes the place of one that rests may only lie nearer to the market: moving it away would risk more than was approved with the
 * entry. At or beyond the newest price it would be a sale at market under another name.
 */
export const stopTightens: RiskCheck = {
  name: 'stop-tightens',
  refuse({ purpose, side, price, reduceOnly }, { ownOrders, referencePrice }) {
    if (purpose !== 'stop' || !reduceOnly || price === undefined) return 'only the stop of a position can be tightened';
    const toMarket = (from: typeof price, to: typeof price): number =>
      side === 'sell' ? compare(to, from) : compare(from, to);
    const resting = ownOrders.filter((order) => order.type === 'stop' && order.side === side);
    if (resting.length === 0) return 'no stop rests that could be moved';
    if (toMarket(price, referencePrice) <= 0)
      return `a stop at ${formatDecimal(price)} would be hit at once, the newest price is ${formatDecimal(referencePrice)}`;
    const nearest = resting.find((order) => order.price === undefined || toMarket(order.price, price) <= 0);
    return nearest === undefined
      ? undefined
      : `a stop is only moved toward less risk, and one rests at ${nearest.price === undefined ? 'an unknown price' : formatDecimal(nearest.price)}`;
  },
};
