import { onlyReduces } from '../exposure.ts';
import { intentKey } from '../intent-key.ts';
import type { RiskCheck } from '../types.ts';

/** The same order twice within two seconds is a stutter of whoever asks, even under a new id. */
export const duplicateIntent: RiskCheck = {
  name: 'duplicate-intent',
  refuse(order, { recentIntents, now, limits, instrument }) {
    if (onlyReduces(order)) return undefined;
    const key = intentKey(order, instrument.id);
    const twin = recentIntents.find(
      (intent) => intent.key === key && Math.abs(now - intent.ts) < limits.duplicateWindowMs,
    );
    return twin === undefined ? undefined : `the same order was sent ${now - twin.ts} ms ago`;
  },
};
