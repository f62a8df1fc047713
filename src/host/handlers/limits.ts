import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type LimitHandlers = Pick<AppHandlers, 'risk.limits' | 'risk.set_limits'>;

/** `changed` tells the faces the status anew, which names the drawdown that must not be reached. */
export const createLimitHandlers = ({ limitBook, market }: EngineParts, changed: () => void): LimitHandlers => ({
  'risk.limits': () => limitBook.policy(),
  'risk.set_limits'({ changes, reason }) {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const rows = limitBook.change({ changes: given, reason }, market.clock.now());
    changed();
    return { policy: limitBook.policy(), changed: [...rows] };
  },
});
