import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** New risk needs fresh data. A negative age is data from the future, which is worse than stale. */
export const dataFresh: RiskCheck = {
  name: 'data-fresh',
  refuse(order, { dataAgeMs, maxDataAgeMs }) {
    if (onlyReduces(order)) return undefined;
    if (dataAgeMs >= 0 && dataAgeMs <= maxDataAgeMs) return undefined;
    return dataAgeMs < 0
      ? `the newest candle closes ${-dataAgeMs} ms in the future`
      : `the newest candle is ${dataAgeMs} ms old, more than ${maxDataAgeMs} ms`;
  },
};
