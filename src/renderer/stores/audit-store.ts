import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { AuditRecord, AuditVerdict } from '#shared/contract/audit.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export const AUDIT_PAGE = 50;

export type AuditState = {
  /** Upper ends of the pages walked through; empty shows the newest page. */
  readonly path: readonly number[];
  readonly verifying: boolean;
  readonly verdict: AuditVerdict | null;
  readonly verifyError: ViewError | null;
};

export type AuditStore = StoreApi<AuditState> & {
  /** Newest first. */
  readonly records: LoadedStore<readonly AuditRecord[]>;
  older(): void;
  newer(): void;
  newest(): void;
  verify(): Promise<void>;
};

export function createAuditStore(client: AppClient): AuditStore {
  const store = createStore<AuditState>(() => ({ path: [], verifying: false, verdict: null, verifyError: null }));
  const records = loadedStore<readonly AuditRecord[]>(async () => {
    const beforeSeq = store.getState().path.at(-1);
    const page = await client.invoke('audit.list', {
      limit: AUDIT_PAGE,
      ...(beforeSeq === undefined ? {} : { beforeSeq }),
    });
    return page.toSorted((a, b) => b.seq - a.seq);
  });
  const walk = (path: readonly number[]): void => {
    store.setState({ path });
    void records.refresh();
  };
  return {
    ...store,
    records,
    older() {
      const oldest = records.getState().data?.at(-1)?.seq;
      if (oldest !== undefined) walk([...store.getState().path, oldest]);
    },
    newer: () => walk(store.getState().path.slice(0, -1)),
    newest: () => walk([]),
    async verify() {
      if (store.getState().verifying) return;
      store.setState({ verifying: true, verifyError: null });
      try {
        store.setState({ verifying: false, verdict: await client.invoke('audit.verify', {}) });
      } catch (thrown) {
        store.setState({ verifying: false, verifyError: viewError(thrown) });
      }
    },
  };
}
