import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import type { AuditRecord, AuditStatus, AuditVerdict } from '#shared/contract/audit.ts';
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
  /** What is signed, and by which key. */
  readonly status: LoadedStore<AuditStatus>;
  /** Writes a proof of the whole journal, or of one record; throws what the engine refused. */
  export(given: { readonly dir?: string; readonly seq?: number }): Promise<AppOutput<'audit.export'>>;
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
  const status = loadedStore<AuditStatus>(() => client.invoke('audit.status', {}));
  return {
    ...store,
    records,
    status,
    async export(given) {
      const written = await client.invoke('audit.export', given);
      await status.refresh();
      return written;
    },
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
