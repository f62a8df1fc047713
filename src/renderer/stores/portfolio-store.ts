import type { AppClient } from '#shared/contract/app-contract.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { frameBatch } from './frame-batch.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type PortfolioStore = LoadedStore<PortfolioView> & { dispose(): void };

export function createPortfolioStore(client: AppClient): PortfolioStore {
  const store = loadedStore<PortfolioView>(() => client.invoke('portfolio.get', {}));
  const batch = frameBatch<PortfolioView>((all) => {
    const view = all.at(-1);
    if (view !== undefined) store.put(view);
  });
  const off = client.on('portfolio.changed', batch.push);
  return {
    ...store,
    dispose() {
      off();
      batch.cancel();
    },
  };
}
