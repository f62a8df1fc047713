import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import { type EngineStatus, openStatus } from '#shared/contract/engine.ts';
import type { KillPreview, KillVerb } from '#shared/contract/kill.ts';
import { frameBatch } from './frame-batch.ts';
import { type ViewError, viewError } from './loaded.ts';

export type KillReport = AppOutput<'engine.kill'>;
export type { KillPreview };
export type KillState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending' }
  | { readonly phase: 'done'; readonly report: KillReport }
  | { readonly phase: 'failed'; readonly error: ViewError };

export type EngineState = {
  readonly status: EngineStatus | null;
  /** When that status came, on the page's steady clock in milliseconds. */
  readonly receivedAt: number;
  readonly error: ViewError | null;
  readonly kill: KillState;
  /** What each way to stop would do; null until it was asked for. */
  readonly preview: KillPreview | ViewError | null;
  readonly resuming: boolean;
  readonly resumeError: ViewError | null;
};

export type EngineStore = StoreApi<EngineState> & {
  refresh(): Promise<void>;
  /** Idempotent in the engine; a second press while one is on its way sends nothing. */
  kill(reason: string, verb?: KillVerb): Promise<void>;
  askPreview(): Promise<void>;
  dismissKill(): void;
  /** Answers whether the gate is open again. */
  resume(reason: string): Promise<boolean>;
  dispose(): void;
};

export function createEngineStore(client: AppClient): EngineStore {
  const store = createStore<EngineState>(() => ({
    status: null,
    receivedAt: performance.now(),
    error: null,
    kill: { phase: 'idle' },
    preview: null,
    resuming: false,
    resumeError: null,
  }));
  const set = store.setState;
  const take = (status: EngineStatus): Pick<EngineState, 'status' | 'receivedAt'> => ({
    status,
    receivedAt: performance.now(),
  });
  const batch = frameBatch<EngineStatus>((all) => {
    const newest = all.at(-1);
    if (newest !== undefined) set({ ...take(newest), error: null });
  });
  const off = client.on('engine.changed', batch.push);

  const refresh = async (): Promise<void> => {
    try {
      set({ ...take(openStatus(await client.invoke('engine.status', {}))), error: null });
    } catch (thrown) {
      set({ error: viewError(thrown) });
    }
  };

  return {
    ...store,
    refresh,
    async askPreview() {
      set({ preview: null });
      try {
        set({ preview: await client.invoke('engine.kill_preview', {}) });
      } catch (thrown) {
        set({ preview: viewError(thrown) });
      }
    },
    async kill(reason, verb = 'flatten') {
      if (store.getState().kill.phase === 'sending') return;
      set({ kill: { phase: 'sending' } });
      try {
        set({ kill: { phase: 'done', report: await client.invoke('engine.kill', { reason, verb }) } });
        await refresh();
      } catch (thrown) {
        set({ kill: { phase: 'failed', error: viewError(thrown) } });
      }
    },
    dismissKill: () => set({ kill: { phase: 'idle' } }),
    async resume(reason) {
      if (store.getState().resuming) return false;
      set({ resuming: true, resumeError: null });
      try {
        const status = await client.invoke('engine.resume', { reason });
        set({ ...take(status), resuming: false, kill: { phase: 'idle' } });
        return true;
      } catch (thrown) {
        set({ resuming: false, resumeError: viewError(thrown) });
        return false;
      }
    },
    dispose() {
      off();
      batch.cancel();
    },
  };
}
