import { compare } from '../../domain/decimal.ts';
import { expectedPrice, onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** No entry without a stop below it; a target, when there is one, lies above. */
export const hasProtectiveStop: RiskCheck = {
  name: 'has-protective-stop',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    if (order.stop === undefined) return 'an entry needs a protective stop';
    const entry = expectedPrice(order, view);
    if (compare(order.stop, entry) >= 0) return 'the stop must lie below the entry';
    return order.target !== undefined && compare(order.target, entry) <= 0
      ? 'the target must lie above the entry'
      : undefined;
  },
};
