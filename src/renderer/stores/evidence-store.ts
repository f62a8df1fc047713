import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { FactsView, ReceiptView, ReplayView } from '#shared/contract/receipts.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type EvidenceState = {
  /** The cycle whose evidence is looked at. */
  readonly cycle: number | null;
  readonly replaying: boolean;
  readonly replay: ReplayView | null;
  readonly replayError: ViewError | null;
};

export type EvidenceStore = StoreApi<EvidenceState> & {
  readonly facts: LoadedStore<FactsView | null>;
  /** Null for a run that asked no model. */
  readonly receipt: LoadedStore<ReceiptView | null>;
  open(cycle: number): void;
  /** Puts the recorded question again; it may take minutes. */
  askAgain(): Promise<void>;
};

const NO_REPLAY = { replaying: false, replay: null, replayError: null } as const;

/** What one run knew, and what a model was asked about it. */
export function createEvidenceStore(client: AppClient): EvidenceStore {
  const store = createStore<EvidenceState>(() => ({ cycle: null, ...NO_REPLAY }));
  const run = (): string => String(store.getState().cycle);
  const receipt = loadedStore<ReceiptView | null>(async () =>
    facts.getState().data?.asked === true ? client.invoke('receipts.get', { run: run() }) : null,
  );
  const facts = loadedStore<FactsView | null>(async () => {
    const { cycle } = store.getState();
    return cycle === null ? null : client.invoke('receipts.facts', { run: String(cycle) });
  });
  const load = async (): Promise<void> => {
    await facts.refresh();
    if (facts.getState().data?.asked === true) await receipt.refresh();
  };
  return {
    ...store,
    facts: { ...facts, refresh: load },
    receipt,
    open(cycle) {
      // A run that goes on may have judged since it was looked at last.
      if (cycle === store.getState().cycle && facts.getState().data?.facts !== undefined) return;
      store.setState({ cycle, ...NO_REPLAY });
      facts.clear();
      receipt.clear();
      void load();
    },
    async askAgain() {
      const { cycle, replaying } = store.getState();
      if (cycle === null || replaying) return;
      store.setState({ replaying: true, replay: null, replayError: null });
      const mine = (): boolean => store.getState().cycle === cycle;
      try {
        const replay = await client.invoke('receipts.replay', { run: String(cycle) });
        if (mine()) store.setState({ replaying: false, replay });
      } catch (thrown) {
        if (mine()) store.setState({ replaying: false, replayError: viewError(thrown) });
      }
    },
  };
}
