import { Fault } from '#core/kernel/fault.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { isOfChannel } from '../outbound/channel-secrets.ts';

/** Names that belong to the alerts: the same vault keeps them, and neither an account nor a model may use them. Throws Fault `refused`. */
export function refuseOfChannel(name: string): void {
  if (!isOfChannel(name)) return;
  throw new Fault(
    'refused',
    `${name} is the name of a secret that alerts are sent with`,
    'take another name; alerts are set with mt outbound or in Settings, Notifications',
  );
}

/** Names go out, secrets only come in: there is no call that reads one back. What alerts are sent with is no key of an exchange. */
export const createKeyHandlers = (keys: ExchangeKeys): Pick<AppHandlers, 'keys.list' | 'keys.put' | 'keys.remove'> => ({
  'keys.list': () => keys.names().filter(({ name }) => !isOfChannel(name)),
  'keys.put'(change) {
    refuseOfChannel(change.name);
    return { done: keys.put(change) };
  },
  'keys.remove'({ name }) {
    refuseOfChannel(name);
    keys.remove(name);
    return { removed: true };
  },
});
