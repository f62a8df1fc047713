import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** New risk only in instruments that the master has allowed. */
export const instrumentAllowed: RiskCheck = {
  name: 'instrument-allowed',
  refuse: (order, { instrument, allowedInstruments }) =>
    onlyReduces(order) || allowedInstruments.includes(instrument.id)
      ? undefined
      : `${instrument.id} is not an allowed instrument`,
};
