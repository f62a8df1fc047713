import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import type { AccountReset } from '../portfolio/account-reset.ts';
import type { VenueAccounts } from '../venue-accounts/venue-accounts.ts';

type AccountHandlers = Pick<AppHandlers, 'accounts.list' | 'accounts.add' | 'accounts.remove' | 'accounts.reset'>;

/** Why the books of an account are not those of its venue yet; undefined when they are, and when nobody can say because it is out of reach. */
export const uncleanAccount = (views: readonly AccountView[]): string | undefined =>
  views
    .filter(({ state }) => state === 'reconciling' || state === 'broken')
    .map(({ name, state }) => `account ${name} is ${state}`)
    .at(0);

/** `added`: there is an account now. `reset` lets the simulated one begin anew, and `portfolio` is what it is then. */
export const createAccountHandlers = (
  accounts: VenueAccounts,
  added: () => void,
  reset: (wanted: AccountReset) => void,
  portfolio: () => PortfolioView,
): AccountHandlers => ({
  'accounts.list': () => [...accounts.views()],
  async 'accounts.add'({ url, ...config }) {
    const view = await accounts.add({ ...config, ...(url === undefined ? {} : { url }) });
    added();
    return view;
  },
  async 'accounts.remove'({ name }) {
    await accounts.remove(name);
    return [...accounts.views()];
  },
  'accounts.reset'(wanted) {
    reset(wanted);
    return portfolio();
  },
});
