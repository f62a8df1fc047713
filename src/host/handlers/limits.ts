import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type LimitHandlers = Pick<AppHandlers, 'risk.limits' | 'risk.set_limits'>;

export const createLimitHandlers = ({ limitBook, market }: EngineParts): LimitHandlers => ({
  'risk.limits': () => limitBook.policy(),
  'risk.set_limits'({ changes, reason }) {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const changed = limitBook.change({ changes: given, reason }, market.clock.now());
    return { policy: limitBook.policy(), changed: [...changed] };
  },
});
