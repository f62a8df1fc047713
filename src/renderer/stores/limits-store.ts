import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { RiskPolicyView } from '#shared/contract/limits.ts';
import { type Acting, AT_REST, actor } from './acting.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type LimitsStore = {
  readonly policy: LoadedStore<RiskPolicyView>;
  readonly change: StoreApi<Acting>;
  /** Answers whether it was kept. The engine says what is tighter and what needs a reason. */
  set(changes: Partial<RiskPolicyView>, reason: string): Promise<boolean>;
};

export function createLimitsStore(client: AppClient): LimitsStore {
  const policy = loadedStore<RiskPolicyView>(() => client.invoke('risk.limits', {}));
  const change = createStore<Acting>(() => AT_REST);
  const act = actor(change);
  return {
    policy,
    change,
    set: (changes, reason) =>
      act(async () => {
        const answer = await client.invoke('risk.set_limits', { changes, ...(reason === '' ? {} : { reason }) });
        policy.put(answer.policy);
      }),
  };
}
