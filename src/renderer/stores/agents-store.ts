import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AgentDraft, AgentPrompt, AgentView, AgentWhy } from '#shared/contract/agents.ts';
import type { AppClient, AppContract } from '#shared/contract/app-contract.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type AgentsState = {
  readonly selected: string | null;
  /** The agent whose instructions are looked at. */
  readonly prompted: string | null;
  /** The run whose candles are looked at. */
  readonly charted: { readonly cycle: number; readonly instrument: string } | null;
};

export type DraftRequest = CallRequest<AppContract, 'agents.draft'>;

export type AgentsStore = StoreApi<AgentsState> & {
  readonly list: LoadedStore<readonly AgentView[]>;
  readonly why: LoadedStore<AgentWhy | null>;
  /** What it was told, beside its templates and beside an earlier agent. */
  readonly prompt: LoadedStore<AgentPrompt | null>;
  /** The candles of its run, with what it did on them. */
  readonly chart: LoadedStore<ChartView | null>;
  select(agentId: string | null): void;
  openPrompt(agentId: string): void;
  openChart(of: NonNullable<AgentsState['charted']>): void;
  /** Loads the list, and the open agent with it. */
  refresh(): Promise<void>;
  /** The brief of an agent before it is started. Throws what the engine answered. */
  draft(request: DraftRequest): Promise<AgentDraft>;
  /** Lets it sell what it holds in order, and end; or takes its hands off. Both throw what the engine answered. */
  retire(agentId: string, reason: string): Promise<void>;
  release(agentId: string, reason: string): Promise<void>;
  /** Keeps it from opening and adding anything, at once; or lets it again, which asks for a proof. Both throw what the engine answered. */
  pause(agentId: string, reason: string): Promise<void>;
  resume(agentId: string, reason: string): Promise<void>;
};

const CANDLES = 500;

export function createAgentsStore(client: AppClient): AgentsStore {
  const store = createStore<AgentsState>(() => ({ selected: null, prompted: null, charted: null }));
  const list = loadedStore<readonly AgentView[]>(() => client.invoke('agents.list', { limit: 200 }));
  const why = loadedStore<AgentWhy | null>(async () => {
    const { selected } = store.getState();
    return selected === null ? null : await client.invoke('agents.why', { agentId: selected });
  });
  const prompt = loadedStore<AgentPrompt | null>(async () => {
    const { prompted } = store.getState();
    return prompted === null ? null : await client.invoke('agents.prompt', { agent: prompted });
  });
  const chart = loadedStore<ChartView | null>(async () => {
    const { charted } = store.getState();
    return charted === null ? null : await client.invoke('market.chart', { ...charted, limit: CANDLES });
  });
  const refresh = async (): Promise<void> => {
    await Promise.all([list.refresh(), store.getState().selected === null ? undefined : why.refresh()]);
  };
  return {
    ...store,
    list,
    why,
    prompt,
    chart,
    select(agentId) {
      if (agentId === store.getState().selected) return;
      store.setState({ selected: agentId });
      why.clear();
      void why.refresh();
    },
    openPrompt(agentId) {
      if (agentId === store.getState().prompted && prompt.getState().phase !== 'failed') return;
      store.setState({ prompted: agentId });
      prompt.clear();
      void prompt.refresh();
    },
    openChart(of) {
      if (of.cycle !== store.getState().charted?.cycle) chart.clear();
      store.setState({ charted: of });
      void chart.refresh();
    },
    refresh,
    draft: (request) => client.invoke('agents.draft', request),
    async retire(agentId, reason) {
      await client.invoke('agents.retire', { agent: agentId, reason });
      await refresh();
    },
    async pause(agentId, reason) {
      await client.invoke('agents.pause', { agent: agentId, reason, by: 'window' });
      await refresh();
    },
    async resume(agentId, reason) {
      await client.invoke('agents.resume', { agent: agentId, reason, by: 'window' });
      await refresh();
    },
    async release(agentId, reason) {
      await client.invoke('agents.release', { agent: agentId, reason });
      await refresh();
    },
  };
}
