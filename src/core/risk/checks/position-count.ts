import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** No more positions at once than the envelope allows. */
export const positionCount: RiskCheck = {
  name: 'position-count',
  refuse: (order, { openPositions, envelope }) =>
    onlyReduces(order) || openPositions < envelope.maxPositions
      ? undefined
      : `${openPositions} of ${envelope.maxPositions} positions are open`,
};
