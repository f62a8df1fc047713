import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/**
 * New risk needs data that are fresh and trusted: no gap in the sequence, no crossed book, no jump of the clock that has not been looked
 * into. A negative age is data from the future, which is worse than stale.
 */
export const dataFresh: RiskCheck = {
  name: 'data-fresh',
  refuse(order, { dataAgeMs, maxDataAgeMs, dataFault }) {
    if (onlyReduces(order)) return undefined;
    if (dataFault !== null) return `the data are not to be trusted now: ${dataFault}`;
    if (dataAgeMs >= 0 && dataAgeMs <= maxDataAgeMs) return undefined;
    return dataAgeMs < 0
      ? `the newest candle closes ${-dataAgeMs} ms in the future`
      : `the newest candle is ${dataAgeMs} ms old, more than ${maxDataAgeMs} ms`;
  },
};
