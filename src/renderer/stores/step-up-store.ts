import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProofNeeded } from '#shared/contract/access.ts';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import type { ProveAgain } from '#shared/transport/with-step-up.ts';
import { type ViewError, viewError } from './loaded.ts';

export type Proof = AppInput<'access.step_up'>['proof'];

export type StepUpState = {
  /** What the engine wants proved, in its own sentence; null while it asks for nothing. */
  readonly asking: { readonly why: string; readonly needs: ProofNeeded; readonly biometric: string | null } | null;
  readonly busy: boolean;
  readonly error: ViewError | null;
};

/** The question for the proof of who asks. Several calls that need it at the same time share one question and one answer. */
export type StepUpStore = StoreApi<StepUpState> & {
  readonly prove: ProveAgain;
  give(proof: Proof): Promise<void>;
  /** The master would not; what was asked for stays refused. */
  refuse(): void;
};

const QUIET: StepUpState = { asking: null, busy: false, error: null };

export function createStepUpStore(client: AppClient): StepUpStore {
  const store = createStore<StepUpState>(() => QUIET);
  let waiting: ((proven: boolean) => void)[] = [];
  const settle = (proven: boolean): void => {
    const all = waiting;
    waiting = [];
    store.setState(QUIET);
    for (const tell of all) tell(proven);
  };
  return {
    ...store,
    async prove(_client, why) {
      const { needs, biometric } = await client.invoke('access.status', {});
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (store.getState().asking === null) store.setState({ asking: { why, needs, biometric }, error: null });
      });
    },
    async give(proof) {
      if (store.getState().busy) return;
      store.setState({ busy: true, error: null });
      try {
        await client.invoke('access.step_up', { proof });
        settle(true);
      } catch (thrown) {
        store.setState({ busy: false, error: viewError(thrown) });
      }
    },
    refuse: () => settle(false),
  };
}
