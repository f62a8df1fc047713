import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { RiskPolicyView } from '#shared/contract/limits.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type LimitsStore = {
  readonly policy: LoadedStore<RiskPolicyView>;
  readonly change: StoreApi<{ readonly saving: boolean; readonly error: ViewError | null }>;
  /** Answers whether it was kept. The engine says what is tighter and what needs a reason. */
  set(changes: Partial<RiskPolicyView>, reason: string): Promise<boolean>;
};

export function createLimitsStore(client: AppClient): LimitsStore {
  const policy = loadedStore<RiskPolicyView>(() => client.invoke('risk.limits', {}));
  const change = createStore<{ saving: boolean; error: ViewError | null }>(() => ({ saving: false, error: null }));
  return {
    policy,
    change,
    async set(changes, reason) {
      if (change.getState().saving) return false;
      change.setState({ saving: true, error: null });
      try {
        const answer = await client.invoke('risk.set_limits', { changes, ...(reason === '' ? {} : { reason }) });
        policy.put(answer.policy);
        change.setState({ saving: false });
        return true;
      } catch (thrown) {
        change.setState({ saving: false, error: viewError(thrown) });
        return false;
      }
    },
  };
}
