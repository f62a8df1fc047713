import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { TightenedStopView } from '#shared/contract/orders.ts';
import { type ViewError, viewError } from './loaded.ts';

/** A stop that is about to be moved: nothing was sent yet. */
export type StopDraft = { readonly agentId: string; readonly instrument: string; readonly to: string };

export type StopState = {
  readonly draft: StopDraft | null;
  readonly busy: boolean;
  readonly error: ViewError | null;
  /** The newest one that was moved by this window. */
  readonly moved: TightenedStopView | null;
};

export type StopStore = StoreApi<StopState> & {
  draft(draft: StopDraft | null): void;
  /** Sends the draft. Whether it may be moved there is for the engine to say; what it refuses stands as the error, and the draft stays. */
  send(): Promise<void>;
};

/** Under which orders by hand stand in the records. */
export const BY_HAND = 'A-master';

/** Moving the stop of an open position. `onMoved` is told when one was moved. */
export function createStopStore(client: AppClient, onMoved: () => void): StopStore {
  const store = createStore<StopState>(() => ({ draft: null, busy: false, error: null, moved: null }));
  return {
    ...store,
    draft: (draft) => store.setState({ draft, error: null, moved: null }),
    async send() {
      const { draft, busy } = store.getState();
      if (draft === null || busy) return;
      store.setState({ busy: true, error: null });
      const { agentId, instrument, to } = draft;
      const whose = agentId === BY_HAND ? {} : { agent: agentId };
      try {
        const moved = await client.invoke('orders.tighten', { instrument, stop: to, ...whose });
        store.setState({ draft: null, moved });
        onMoved();
      } catch (thrown) {
        store.setState({ error: viewError(thrown) });
      } finally {
        store.setState({ busy: false });
      }
    },
  };
}
