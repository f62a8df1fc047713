import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Nothing new is risked while our books and the venue's may differ. */
export const reconciled: RiskCheck = {
  name: 'reconciled',
  refuse: (order, view) =>
    onlyReduces(order) || Object.is(view.reconciled, true) ? undefined : 'the books are not reconciled with the venue',
};
