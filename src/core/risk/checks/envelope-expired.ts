import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** An agent past its lifespan may only get out. */
export const envelopeExpired: RiskCheck = {
  name: 'envelope-expired',
  refuse: (order, { now, envelopeExpiresAt }) =>
    onlyReduces(order) || now < envelopeExpiresAt ? undefined : "the agent's envelope has expired",
};
