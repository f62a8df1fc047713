import type { AppClient, AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import type { PortfolioEvent, ProfitView } from '#shared/contract/profit.ts';
import type { RebalanceView } from '#shared/contract/rebalance.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';
import type { PortfolioStore } from './portfolio-store.ts';

export type Targets = AppOutput<'portfolio.targets'>['targets'];

/** Locked profit, target weights, and what was done with both. Each act throws what the engine refused. */
export type TreasuryStore = {
  readonly profit: LoadedStore<ProfitView>;
  readonly targets: LoadedStore<{ readonly targets: Targets }>;
  readonly log: LoadedStore<readonly PortfolioEvent[]>;
  refresh(): Promise<void>;
  setLock(given: AppInput<'portfolio.set_profit_lock'>): Promise<void>;
  release(given: AppInput<'portfolio.release_profit'>): Promise<void>;
  setTargets(given: AppInput<'portfolio.set_targets'>): Promise<void>;
  rebalance(preview: boolean): Promise<RebalanceView>;
  /** The simulated account begins anew; `account` is its name as it was typed. */
  reset(given: AppInput<'accounts.reset'>): Promise<void>;
  dispose(): void;
};

const SHOWN = 100;

/** Money that moved for good: a fill, a fee, cash. Marks alone lock nothing. */
const moved = (view: PortfolioView | null): string =>
  view === null ? '' : `${view.cash} ${view.realisedPnl} ${view.startingEquity} ${view.fills[0]?.tradeId ?? ''}`;

export function createTreasuryStore(client: AppClient, portfolio: PortfolioStore): TreasuryStore {
  const profit = loadedStore<ProfitView>(() => client.invoke('portfolio.profit', {}));
  const targets = loadedStore<{ readonly targets: Targets }>(() => client.invoke('portfolio.targets', {}));
  const log = loadedStore<readonly PortfolioEvent[]>(() => client.invoke('portfolio.log', { limit: SHOWN }));
  const off = portfolio.subscribe((now, before) => {
    if (moved(now.data) === moved(before.data)) return;
    // What no screen has asked for is not asked for here.
    for (const one of [profit, log]) if (one.getState().data !== null) void one.refresh();
  });
  const refresh = async (): Promise<void> =>
    void (await Promise.all([profit.refresh(), targets.refresh(), log.refresh()]));
  return {
    profit,
    targets,
    log,
    refresh,
    async setLock(given) {
      profit.put(await client.invoke('portfolio.set_profit_lock', given));
      await log.refresh();
    },
    async release(given) {
      const { released: _released, ...view } = await client.invoke('portfolio.release_profit', given);
      profit.put(view);
      await log.refresh();
    },
    async setTargets(given) {
      targets.put(await client.invoke('portfolio.set_targets', given));
      await log.refresh();
    },
    async rebalance(preview) {
      const view = await client.invoke('portfolio.rebalance', { preview });
      if (!preview) await refresh();
      return view;
    },
    async reset(given) {
      portfolio.put(await client.invoke('accounts.reset', given));
      await refresh();
    },
    dispose: off,
  };
}
