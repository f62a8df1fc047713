import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AgentView, AgentWhy } from '#shared/contract/agents.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type AgentsState = { readonly selected: string | null };

export type AgentsStore = StoreApi<AgentsState> & {
  readonly list: LoadedStore<readonly AgentView[]>;
  readonly why: LoadedStore<AgentWhy | null>;
  select(agentId: string | null): void;
  /** Loads the list, and the open agent with it. */
  refresh(): Promise<void>;
};

export function createAgentsStore(client: AppClient): AgentsStore {
  const store = createStore<AgentsState>(() => ({ selected: null }));
  const list = loadedStore<readonly AgentView[]>(() => client.invoke('agents.list', { limit: 200 }));
  const why = loadedStore<AgentWhy | null>(async () => {
    const { selected } = store.getState();
    return selected === null ? null : await client.invoke('agents.why', { agentId: selected });
  });
  return {
    ...store,
    list,
    why,
    select(agentId) {
      if (agentId === store.getState().selected) return;
      store.setState({ selected: agentId });
      why.clear();
      void why.refresh();
    },
    async refresh() {
      await Promise.all([list.refresh(), store.getState().selected === null ? undefined : why.refresh()]);
    },
  };
}
