import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';

/** Names go out, secrets only come in: there is no call that reads one back. */
export const createKeyHandlers = (keys: ExchangeKeys): Pick<AppHandlers, 'keys.list' | 'keys.put' | 'keys.remove'> => ({
  'keys.list': () => [...keys.names()],
  'keys.put': (change) => ({ done: keys.put(change) }),
  'keys.remove'({ name }) {
    keys.remove(name);
    return { removed: true };
  },
});
