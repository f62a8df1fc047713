import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { VenueAccounts } from '../venue-accounts/venue-accounts.ts';

type AccountHandlers = Pick<AppHandlers, 'accounts.list' | 'accounts.add' | 'accounts.remove'>;

export const createAccountHandlers = (accounts: VenueAccounts): AccountHandlers => ({
  'accounts.list': () => [...accounts.views()],
  'accounts.add': ({ url, ...config }) => accounts.add({ ...config, ...(url === undefined ? {} : { url }) }),
  async 'accounts.remove'({ name }) {
    await accounts.remove(name);
    return [...accounts.views()];
  },
});
